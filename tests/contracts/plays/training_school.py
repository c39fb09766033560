"""Activities of a branch: every Friday, with guests, and planned for a quarter; and its place on the net."""

from typing import Any

from tests.contracts.plays.playing import Player

SECRETARY: dict[str, Any] = {"by": "branch_secretary"}


async def play(player: Player) -> None:
    await keep_fridays(player)
    await plan_a_quarter(player)
    await open_a_site(player)
    await write_on_it(player)
    await close_it(player)


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


async def open_a_site(player: Player) -> None:
    await player.play("void_branch_site", {"reason": "重复申请"}, **SECRETARY)
    site = {"organization_id": player.id("organization_id"), "name": "先锋网上支部", "monthly_posts": 1}
    player.keep("branch_site_id", await player.play("create_branch_site", site, **SECRETARY))
    await player.play("correct_branch_site", {"monthly_check_ins": 1}, **SECRETARY)
    met = ["webmaster", "columns", "content", "members", "rules"]
    await player.play("check_branch_site", {"met": met}, by="town_officer")
    await player.play("put_branch_site_online", by="town_officer")
    await player.play("name_exemplary_site", {"is_exemplary": True}, by="town_officer")
    await player.play("read_branch_site_figures", planned=150, by="town_officer")


async def write_on_it(player: Player) -> None:
    site = {"branch_site_id": player.id("branch_site_id")}
    talk = {**site, "name": "说说心里话", "kind": "talk", "is_moderated": True}
    column = player.keep("site_column_id", await player.play("create_site_column", talk, **SECRETARY))
    await player.play("end_site_moderator", **SECRETARY)
    tending = {**site, "member_id": player.id("member_id"), "office": "moderator", "site_column_id": column}
    player.keep("site_moderator_id", await player.play("create_site_moderator", tending, **SECRETARY))
    await player.play("check_in_to_site", site)
    for step, body in (("hide_site_post", {"reason": "与栏目无关"}), ("approve_site_post", None)):
        post = {"site_column_id": column, "text": "车间里的空调修好了,谢谢支部"}
        player.keep("site_post_id", await player.play("create_site_post", post))
        await player.play(step, body, by="member")
    await meet_on_it(player, column)
    await player.world.home.clock("2025-05-02T09:00:00")
    published = await player.play("publish_site_month", {**site, "month": "2025-04"}, **SECRETARY)
    player.keep("site_month_id", published)


async def meet_on_it(player: Player, column: str) -> None:
    """A lecture on the site; who was away signs for its minutes."""
    evening = {"starts_at": "2025-04-15T19:00:00+08:00", "ends_at": "2025-04-15T20:30:00+08:00"}
    lecture = {"organization_id": player.id("organization_id"), "kind": "party_lecture", "title": "网上党课", **evening}
    meeting = (await player.play("plan_meeting", lecture, **SECRETARY))["id"]
    where = {"meeting_id": meeting, "site_column_id": column}
    await player.play("void_online_meeting", {"reason": "改为现场开"}, **SECRETARY)
    online = player.keep("online_meeting_id", await player.play("create_online_meeting", where, **SECRETARY))
    await player.world.home.clock("2025-04-15T19:20:00")
    said = {"site_column_id": column, "text": "学习体会:从严治党从我做起", "online_meeting_id": online}
    player.keep("site_post_id", await player.play("create_site_post", said))
    await player.play("approve_site_post", by="member")
    await player.world.home.clock("2025-04-15T21:00:00")
    await player.play("write_minutes", {"text": "网上党课,逐人留言。"}, meeting_id=meeting, **SECRETARY)
    await player.play("approve_minutes", meeting_id=meeting, **SECRETARY)
    lines = [{"member_id": player.id("member_id"), "attended": False, "absence_reason": "夜班"}]
    await player.play("record_attendances", {"items": lines}, meeting_id=meeting, **SECRETARY)
    await player.play("confirm_meeting", {}, meeting_id=meeting, **SECRETARY)
    await player.play("sign_minutes", meeting_id=meeting)
    await player.play("read_online_meeting_figures", by="town_officer")


async def close_it(player: Player) -> None:
    await player.play("withdraw_branch_site", {"withdrawal": "stale"}, by="town_officer")
    await player.play("end_site_column", **SECRETARY)
