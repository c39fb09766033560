"""A branch sets up posts, carries a project to its measured effect, and holds the three contests."""

from tests.contracts.plays.playing import Player


async def keep_contests(player: Player) -> None:
    branch, member, secretary = player.id("organization_id"), player.id("member_id"), {"by": "branch_secretary"}
    common = {"organization_id": branch, "name": "包装线自动化"}
    post = {**common, "kind": "pioneer_post", "holder_id": member, "set_up_on": "2025-03-03", "duties": "带班排障"}
    made = await player.play("create_duty_post", post, **secretary)
    player.keep("duty_post_id", made)
    await player.play("judge_duty_post", {"year": 2025, "meets_standard": True}, **secretary)
    await player.play("end_duty_post", {"ended_on": "2025-03-31"}, **secretary)
    given = {"organization_id": branch, "set_up_on": "2025-04-01", "posts": [{"member_id": member}]}
    await player.play("list_duty_post_proposals", limit=1, **secretary)
    await player.play("accept_duty_post_proposals", given, **secretary)
    project = {**common, "kind": "breakthrough", "goal": "减少人工搬运", "opened_on": "2025-01-10"}
    player.keep("project_id", await player.play("create_project", project, **secretary))
    await player.play("claim_project", {"claimant_id": member}, **secretary)
    closure = {"closed_on": "2025-03-20", "effect": "用工减少三分之一,效率提高一倍"}
    await player.play("close_project", closure, **secretary)
    contest = {"organization_id": branch, "form": "contest_skill", "name": "焊接技能比武", "held_on": "2025-03-12"}
    told = {**contest, "participants": 24, "result": "三名党员获名次"}
    player.keep("contest_id", await player.play("create_contest", told, **secretary))
    advice = {"kind": "saving", "name": "错峰用电", "content": "烘干工序改在夜间", "proposed_on": "2025-03-10"}
    saving = {"organization_id": branch, "member_id": member, **advice}
    player.keep("suggestion_id", await player.play("create_suggestion", saving, by="member"))
    adopted = {"is_adopted": True, "reply": "自四月起执行", "effect": "每月节电 1200 度"}
    await player.play("decide_suggestion", adopted, **secretary)
    for kind, body in (("duty_post", post), ("project", project), ("contest", told), ("suggestion", saving)):
        wrong = await player.play(f"create_{kind}", body, **secretary)
        await player.play(f"void_{kind}", {"reason": "重复登记"}, **secretary, **{f"{kind}_id": wrong["id"]})


async def keep_the_upper_table(player: Player) -> None:
    """A district enters an item with its own score, then what its superior gave; another item was a mistake."""
    item = {"organization_id": player.id("organization_id", "root"), "year": 2025, "position": 11, "name": "组织覆盖"}
    scored = {**item, "maximum": "30", "own_score": "28", "evidence_link": "甬两新〔2025〕3号"}
    player.keep("upper_item_id", await player.play("create_upper_item", scored))
    await player.play("correct_upper_item", {"upper_score": "27.5"})
    await player.play("read_upper_sums", organization_id=item["organization_id"], year=2025)
    wrong = await player.play("create_upper_item", {**scored, "position": 12})
    await player.play("void_upper_item", {"reason": "录错年度"}, upper_item_id=wrong["id"])
