"""From stored text back to the enum member it stands for."""

from enum import StrEnum
from typing import TypeVar

E = TypeVar("E", bound=StrEnum)


def known(kind: type[E], value: str) -> E:
    return kind(value)
