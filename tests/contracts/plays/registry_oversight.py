"""What a superior looks over: a weak branch is rectified, and a campaign of a hundred days is driven."""

from tests.contracts.plays.playing import Player

ASKED = frozenset[str]()
PLAN = {"cause": "书记长期空缺,组织生活停顿", "measures": "选派书记,补建班子,恢复三会一课", "responsible": "陈光"}
DATED = {"listed_on": "2025-01-10", "due_on": "2025-06-30"}


async def play(player: Player) -> None:
    await rectify(player)
    await drive_a_campaign(player)
    await tell_apart(player)


async def rectify(player: Player) -> None:
    """The first report is not accepted; the branch goes on and is signed off the second time."""
    listing = {"organization_id": player.id("organization_id"), "ground": "by_hand", **PLAN, **DATED}
    running = player.id("rectification_id")
    await player.play("void_rectification", {"reason": "重复列入"}, rectification_id=running)
    listed = await player.play("create_rectification", listing)
    player.keep("rectification_id", listed)
    await player.play("correct_rectification", {"responsible": "陈光、孙立"})
    await player.play("note_rectification", {"noted_on": "2025-02-10", "content": "已选派书记人选"})
    report = {"submission": "书记已到任,三会一课恢复"}
    await player.play("submit_rectification", report)
    again = {"is_accepted": False, "opinion": "班子仍缺两人", "due_on": "2025-09-30"}
    await player.play("decide_rectification", again)
    await player.play("submit_rectification", {"submission": "班子已补齐"})
    await player.play("decide_rectification", {"is_accepted": True, "opinion": "整改到位,同意销号"})


async def drive_a_campaign(player: Player) -> None:
    """Two units are drawn by lot, and the first one is looked at; a sample of another town was a mistake."""
    planned = {"title": "覆盖质量提升百日攻坚", "goal": "应建尽建,空白点清零", "first_on": "2025-03-01"}
    campaign = {**planned, "organization_id": player.id("organization_id", "root")}
    mistaken = await player.play("create_campaign", {**campaign, "days": 10})
    await player.play("void_campaign", {"reason": "天数写错"}, campaign_id=mistaken["id"])
    player.keep("campaign_id", await player.play("create_campaign", campaign))
    await player.play("note_campaign_meeting", {"held_on": "2025-03-31", "content": "第一次调度:空白点还剩 12 家"})
    drawing = {"subject_kind": "unit", "size": 2}
    wrong = await player.play("draw_campaign_sample", {**drawing, "seed": "试抽"})
    await player.play("void_campaign_sample", {"reason": "试抽"}, campaign_sample_id=wrong["id"])
    sample = await player.play("draw_campaign_sample", {**drawing, "seed": "2025年第一周"})
    player.keep("campaign_sample_id", sample)
    checks = await player.play("list_campaign_checks", sample_id=sample["id"], sort="position")
    check = player.keep("campaign_check_id", checks["items"][0])
    found = {"checked_on": "2025-04-02", "is_passed": True, "result": "已选派党建指导员,台账完整"}
    await player.play("record_campaign_check", found, campaign_check_id=check)


async def tell_apart(player: Player) -> None:
    """Two of one name and one birthday, whom somebody knows; the first judgement named the wrong reason."""
    alike = (await player.play("list_lookalikes", kind="member"))["items"][-1]
    judged = {"kind": "member", "first_id": alike["first_id"], "second_id": alike["second_id"]}
    mistaken = await player.play("create_distinct_pair", {**judged, "reason": "待核"})
    await player.play("void_distinct_pair", {"reason": "没有核对"}, distinct_pair_id=mistaken["id"])
    reason = "两人在不同企业工作,身份证件均已核对"
    player.keep("distinct_pair_id", await player.play("create_distinct_pair", {**judged, "reason": reason}))
