"""Which paths lie above a path."""

from collections.abc import Iterable

SEPARATOR = "/"


def ancestors(paths: Iterable[str]) -> set[str]:
    """Every path on the way down to one of `paths`, itself included."""
    found: set[str] = set()
    for path in paths:
        parts = path.split(SEPARATOR)[:-1]
        found.update(SEPARATOR.join(parts[: depth + 1]) + SEPARATOR for depth in range(len(parts)))
    return found
