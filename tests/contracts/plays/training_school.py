"""Activities of a branch: every Friday, with guests, and planned for a quarter."""

from typing import Any

from tests.contracts.plays.playing import Player

SECRETARY: dict[str, Any] = {"by": "branch_secretary"}


async def play(player: Player) -> None:
    await keep_fridays(player)
    await plan_a_quarter(player)


async def keep_fridays(player: Player) -> None:
    fridays = {
        "organization_id": player.id("organization_id"),
        "kind": "culture_sport",
        "title": "艺术活动日",
        "starts_at": "2025-04-11T18:30:00+08:00",
        "ends_at": "2025-04-11T20:00:00+08:00",
        "repeats_until": "2025-04-25",
    }
    planned = await player.play("plan_series", fridays, **SECRETARY)
    first = planned["meetings"][0]
    heads = {"teams": 4, "guests": 36, "enterprise_heads": 2, "enterprises": 2}
    await player.play("count_heads", heads, meeting_id=first["id"], **SECRETARY)
    await player.world.home.clock("2025-04-12T09:00:00")
    lines = [{"member_id": player.id("member_id"), "attended": True, "spoke": True}]
    await player.play("record_attendances", {"items": lines}, meeting_id=first["id"], **SECRETARY)
    reason = {"without_minutes_reason": "活动以照片存档"}
    await player.play("confirm_meeting", reason, meeting_id=first["id"], **SECRETARY)
    await player.play("read_activity_figures", **SECRETARY)


async def plan_a_quarter(player: Player) -> None:
    plan = {"organization_id": player.id("organization_id"), "year": 2025, "quarter": 2, "kind": "culture_sport"}
    player.keep("training_plan_id", await player.play("create_training_plan", {**plan, "planned": 12}, **SECRETARY))
    await player.play("correct_training_plan", {"planned": 3}, **SECRETARY)
    await player.play("void_training_plan", {"reason": "季度填错"}, **SECRETARY)
