"""Paths after moves, and which stages make a member of the Party."""

from collections.abc import Iterable
from typing import NamedTuple

PARTY_MEMBER_STAGES = ("formal", "probationary")
GROUP_KINDS = ("party_group", "project_group")
NOT_OF_THE_COMMITTEE = ("instructor",)


SEPARATOR = "/"


class PathMove(NamedTuple):
    old_path: str
    new_path: str


def repathed(path: str, moves: Iterable[PathMove]) -> str:
    """`path` as it reads after the moves, given oldest first."""
    for old, new in moves:
        if path.startswith(old):
            path = new + path[len(old) :]
    return path


def ancestors(paths: Iterable[str]) -> set[str]:
    """Every path on the way down to one of `paths`, itself included."""
    found: set[str] = set()
    for path in paths:
        parts = path.split(SEPARATOR)[:-1]
        found.update(SEPARATOR.join(parts[: depth + 1]) + SEPARATOR for depth in range(len(parts)))
    return found
