"""Every read and every export of a service, asked once everything else has been played."""

from tests.contracts.plays.playing import Player
from tests.support.applications import Operation


async def read_everything(player: Player, but: frozenset[str] = frozenset()) -> None:
    """`but` are those that the play has asked itself, because they need more than an id."""
    for operation in player.world.service.operations:
        if operation.method == "get" and operation.name not in but:
            await player.play(operation.name, **manner_of(operation))


def manner_of(operation: Operation) -> dict[str, str]:
    """One row of a list is enough of an example; a file is shown as text."""
    names = {one["name"] for one in operation.parameters("query")}
    return {name: value for name, value in (("limit", "1"), ("format", "csv")) if name in names}
