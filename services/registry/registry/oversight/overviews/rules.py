"""Comparing a figure that was told with the sum of what the register holds."""

from collections.abc import Mapping
from typing import NamedTuple

from registry.tree.organizations.kinds import OrganizationKind


class Comparison(NamedTuple):
    stated: int
    counted: int
    difference: int
    statement: str


def compare(stated: int, kinds: Mapping[str, int]) -> Comparison:
    """Kinds without any organisation are not listed in the sentence."""
    counted = sum(kinds.values())
    listed = "、".join(f"{kind.label} {kinds[kind.value]}" for kind in OrganizationKind if kinds.get(kind.value))
    sums = f"{listed or '没有党组织'},合计 {counted}"
    difference = stated - counted
    if difference == 0:
        return Comparison(stated, counted, 0, f"{sums},与所报 {stated} 相符")
    more = "多" if difference > 0 else "少"
    return Comparison(stated, counted, difference, f"{sums};所报 {stated},{more} {abs(difference)},请核对")
