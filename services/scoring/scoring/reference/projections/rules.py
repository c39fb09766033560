"""Paths after moves, and which stages make a member of the Party."""

from collections.abc import Iterable
from typing import NamedTuple

PARTY_MEMBER_STAGES = ("formal", "probationary")
GROUP_KINDS = ("party_group", "project_group")
NOT_OF_THE_COMMITTEE = ("instructor",)


class PathMove(NamedTuple):
    old_path: str
    new_path: str


def repathed(path: str, moves: Iterable[PathMove]) -> str:
    """`path` as it reads after the moves, given oldest first."""
    for old, new in moves:
        if path.startswith(old):
            path = new + path[len(old) :]
    return path
