import re
from collections.abc import Iterable

from kit.edge import LabelledEnum

WORD_START = re.compile(r"(?<!^)(?=[A-Z])")


def terms_of(kinds: Iterable[type[LabelledEnum]]) -> dict[str, list[tuple[str, str]]]:
    """Keyed by the enum's name in snake case; each member as value and label, in the order of its definition."""
    return {
        WORD_START.sub("_", kind.__name__).lower(): [(member.value, member.label) for member in kind] for kind in kinds
    }
