"""What the district asks of a year that has been rated."""

from tests.contracts.plays.playing import Player

ASKED = frozenset({"list_what_if"})


async def play(player: Player) -> None:
    """Attendance would weigh less and the year's points more."""
    await player.play("list_what_if", weight_attendance=5, weight_performance=55, cap="M01=1.00", limit=2)
