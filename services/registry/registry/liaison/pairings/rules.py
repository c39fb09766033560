"""Who may be paired with whom. Pure."""

from collections.abc import Mapping

from registry.dates import After, DateRules
from registry.liaison.pairings.kinds import PairingKind

HELPERS = ("helper_organization_id", "helper_unit_id")
PARTNERS = ("partner_organization_id", "partner_unit_id", "partner_village")
TITLES = {
    "helper_organization_id": "帮扶党组织",
    "helper_unit_id": "帮扶单位",
    "partner_organization_id": "结对党组织",
    "partner_unit_id": "结对单位",
    "partner_village": "结对村",
}
SHAPES: Mapping[PairingKind, tuple[frozenset[str], frozenset[str]]] = {
    PairingKind.DEMONSTRATION: (
        frozenset({"helper_organization_id"}),
        frozenset({"partner_organization_id", "partner_unit_id"}),
    ),
    PairingKind.VILLAGE: (frozenset({"helper_unit_id"}), frozenset({"partner_village"})),
    PairingKind.MUTUAL: (frozenset({"helper_unit_id"}), frozenset({"partner_unit_id"})),
}
PAIRING_DATES = DateRules(
    {"paired_on": "结对日期", "ended_on": "结束日期"},
    (After("ended_on", "paired_on", strictly=True),),
    facts=frozenset({"paired_on"}),
)


def shape_fault(kind: PairingKind, given: Mapping[str, object]) -> str | None:
    """Which side is missing, given twice or of the wrong kind, in Chinese."""
    for side, allowed in zip((HELPERS, PARTNERS), SHAPES[kind], strict=True):
        named = {name for name in side if given.get(name) is not None}
        if len(named) != 1 or not named <= allowed:
            return f"{kind.label}须写明{'或'.join(TITLES[name] for name in side if name in allowed)}中的一个"
    return None


def is_with_itself(given: Mapping[str, object]) -> bool:
    return any(
        given.get(f"helper_{one}") is not None and given.get(f"helper_{one}") == given.get(f"partner_{one}")
        for one in ("organization_id", "unit_id")
    )
