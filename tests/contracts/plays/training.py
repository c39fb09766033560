"""A spring in a branch: meetings planned, held, confirmed and made up for, a rotation, next year's rules."""

from typing import Any

from tests.contracts.plays import training_aid, training_exams, training_media, training_school
from tests.contracts.plays.playing import Player

AFTERNOON = {"starts_at": "2025-04-08T14:00:00+08:00", "ends_at": "2025-04-08T16:00:00+08:00"}
NEXT_YEAR = "2026-01-01"
ASKED: frozenset[str] = frozenset()


async def play(player: Player) -> None:
    player.values = {"year": "2024"}
    await set_rules(player)
    await talk(player)
    await hold_a_meeting(player)
    await make_up(player)
    await run_a_rotation(player)
    await training_aid.play(player)
    await training_exams.play(player)
    await training_school.play(player)
    await training_media.play(player)


async def set_rules(player: Player) -> None:
    root = {"root_id": player.id("organization_id", "root"), "effective_from": NEXT_YEAR}
    hours = {"group": "member", "hours": 40, "superior_classes": 1, "source": "2026 年区委教育培训计划"}
    await player.play("set_study_hour_requirement", {**root, **hours})
    lecture = {"kind": "party_lecture", "cadence": "quarter", "counts_hours": True, "needs_make_up": True}
    await player.play("set_meeting_kind_rule", {**root, **lecture})
    limits = {"check_in_opens_minutes": 30, "confirmation_days": 60, "make_up_days": 30}
    await player.play("set_training_limits", {**root, **limits})


async def planned(player: Player, **changes: Any) -> str:
    meeting = {
        "organization_id": player.id("organization_id"),
        "kind": "party_lecture",
        "title": "学习党章",
        **AFTERNOON,
    }
    return player.keep("meeting_id", await player.play("plan_meeting", {**meeting, **changes}, by="branch_secretary"))


async def talk(player: Player) -> None:
    member, colleague = player.id("member_id"), player.id("member_id", "colleague")
    talk = {"kind": "heart_talk", "title": "谈心谈话", "audience": "chosen", "participant_ids": [member]}
    await planned(player, **talk)
    await player.play("choose_participants", {"participant_ids": [member, colleague]}, by="branch_secretary")


async def hold_a_meeting(player: Player) -> None:
    secretary: dict[str, Any] = {"by": "branch_secretary"}
    member, colleague = player.id("member_id"), player.id("member_id", "colleague")
    await planned(player)
    await player.play("cancel_meeting", {"reason": "台风停课"}, **secretary)
    await planned(player)
    await player.play("change_meeting", {"place": "党群服务中心", "lecturer": "区委党校教师"}, **secretary)
    code = await player.play("issue_check_in_code", {}, **secretary)
    await player.world.home.clock("2025-04-08T14:10:00")
    await player.play("check_in", {"code": code["code"]})
    await player.world.home.clock("2025-04-08T17:00:00")
    lines = [{"member_id": member, "attended": True}]
    lines += [{"member_id": colleague, "attended": False, "absence_reason": "出差"}]
    await player.play("record_attendances", {"items": lines}, **secretary)
    await player.play("write_minutes", {"text": "集中学习党章,逐章研讨。"}, **secretary)
    await player.play("approve_minutes", **secretary)
    await player.play("add_minutes_addendum", {"text": "补记:两名党员作交流发言。"}, **secretary)
    await player.play("confirm_meeting", {}, **secretary)


async def make_up(player: Player) -> None:
    gap = {"meeting_id": player.id("meeting_id"), "member_id": player.id("member_id", "colleague")}
    told = {**gap, "made_up_on": "2025-04-08", "note": "自学并交心得"}
    player.keep("make_up_id", await player.play("record_make_up", told, by="town_officer"))


async def run_a_rotation(player: Player) -> None:
    root = player.id("organization_id", "root")
    rotation = {
        "organization_id": root,
        "audience": "subtree_members",
        "planned_batches": 2,
        "title": "全员轮训",
        "year": 2025,
    }
    player.keep("rotation_id", await player.play("plan_rotation", rotation))
    lesson = {"organization_id": root, "kind": "class", "class_kind": "rotation", "audience": "subtree_members"}
    meeting = await player.play("plan_meeting", {**lesson, "title": "轮训第一期", **AFTERNOON})
    await player.play("assign_rotation_batch", {"meeting_id": meeting["id"], "number": 1})
    await player.play(
        "settle_study_year", {"organization_id": player.id("organization_id"), "correction_reason": "补录学时"}
    )
    await player.play("reopen_attendance", {"reason": "考勤登记有误"}, by="town_officer")
