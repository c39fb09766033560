"""The days of an action of a pairing, and whose points it may earn."""

from registry.dates import After, DateRules
from registry.liaison.pairings.kinds import PairingKind

ACTION_DATES = DateRules(
    {"acted_on": "活动日期", "paired_on": "结对日期"}, (After("acted_on", "paired_on"),), facts=frozenset({"acted_on"})
)
EARNING = frozenset({PairingKind.DEMONSTRATION, PairingKind.VILLAGE})
"""Of demonstration points for others, and of enterprises for villages (O46); mutual help among enterprises is not."""
