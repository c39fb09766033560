"""What members learn and hear from afar: remote classes, messages with their receipts, and the paper's issues."""

from typing import Any

from tests.contracts.plays.playing import Player

SECRETARY: dict[str, Any] = {"by": "branch_secretary"}


async def play(player: Player) -> None:
    await learn_from_afar(player)


async def learn_from_afar(player: Player) -> None:
    lesson = {"organization_id": player.id("organization_id"), "title": "安全生产法", "minutes": 120, "daily_cap": 60}
    opened = {"opens_on": "2025-04-01", "closes_on": "2025-06-30"}
    await player.play("void_class_viewing", {"reason": "挂机"}, **SECRETARY)
    await player.play("void_remote_class", {"reason": "重复开设"}, **SECRETARY)
    made = await player.play("create_remote_class", {**lesson, **opened}, **SECRETARY)
    player.keep("remote_class_id", made)
    await player.play("correct_remote_class", {"lecturer": "区应急管理局"}, **SECRETARY)
    await player.world.home.clock("2025-05-06T21:00:00")
    piece = {"started_at": "2025-05-06T19:00:00+08:00", "from_minute": 0, "to_minute": 90}
    player.keep("class_viewing_id", await player.play("create_class_viewing", piece))
