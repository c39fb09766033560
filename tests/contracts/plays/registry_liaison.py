"""Liaison work of a district: contacts of instructors with the units they serve, pairings, appeals and leaders."""

from uuid import UUID

from tests.contracts.plays.playing import Player

ASKED = frozenset({"read_own_contact_duties"})


async def play(player: Player) -> None:
    await contact_a_unit(player)
    await help_a_village(player)
    await hear_people(player)
    await look_after_a_branch(player)
    await hold_a_council(player)


async def contact_a_unit(player: Player) -> None:
    """The instructor of the branch visits the unit and looks at what is still due; a call was a mistake."""
    token = player.world.token("instructor", "branch", UUID(player.id("instructor_id")))
    player.clients["instructor", "", ""] = await player.signed_in(token)
    contact = {"assignment_id": player.id("assignment_id"), "contacted_on": "2025-04-01"}
    visit = {**contact, "kind": "visit", "content": "走访车间,了解两名流动党员的组织关系"}
    call = await player.play("create_contact", {**contact, "kind": "call", "content": "电话联系"}, by="instructor")
    player.keep("contact_id", await player.play("create_contact", visit, by="instructor"))
    await player.play("void_contact", {"reason": "电话打给了另一家单位"}, contact_id=call["id"])
    await player.play("read_own_contact_duties", by="instructor")


async def help_a_village(player: Player) -> None:
    """An action and a pairing that were written down twice are void; the pairing itself ends."""
    pairing = {"kind": "village", "helper_unit_id": player.id("unit_id"), "paired_on": "2025-03-01"}
    twice = await player.play("create_pairing", {**pairing, "partner_village": "清溪镇红旗村二组"})
    await player.play("void_pairing", {"reason": "村名写错"}, pairing_id=twice["id"])
    pairing_id = player.keep(
        "pairing_id", await player.play("create_pairing", {**pairing, "partner_village": "红旗村"})
    )
    action = {"pairing_id": pairing_id, "acted_on": "2025-03-20", "content": "招工进村,签约四人"}
    brought = {"jobs": 4, "money": "26000.00"}
    again = await player.play("create_pairing_action", {**action, **brought})
    await player.play("void_pairing_action", {"reason": "重复登记"}, action_id=again["id"])
    player.keep("action_id", await player.play("create_pairing_action", {**action, **brought}))
    await player.play("end_pairing", {"ended_on": "2025-04-01"}, pairing_id=pairing_id)


async def hear_people(player: Player) -> None:
    """A member's own appeal is answered by its day; an appeal and a talk written down twice are void."""
    branch = {"organization_id": player.id("organization_id")}
    asked = {
        "topic": "停车难",
        "content": "园区停车位不够,职工停车难",
        "raised_on": "2025-03-10",
        "due_on": "2025-04-30",
    }
    appeal_id = player.keep("appeal_id", await player.play("create_appeal", {**branch, **asked}, by="member"))
    answer = {"answer": "已与园区协调,新增车位四十个", "answered_on": "2025-04-01", "is_solved": True}
    await player.play("answer_appeal", answer, appeal_id=appeal_id)
    twice = await player.play("create_appeal", {**branch, **asked, "author_name": "企业职工"})
    await player.play("void_appeal", {"reason": "重复登记"}, appeal_id=twice["id"])
    talk = {"speaker": "镇街两新党委", "counterpart": "园区企业出资人", "way": "meeting", "held_on": "2025-03-12"}
    told = {"content": "通报扶持政策,听取意见", "result": "形成三条意见,交园区办理"}
    again = await player.play("create_talk", {**branch, **talk, **told})
    await player.play("void_talk", {"reason": "重复登记"}, talk_id=again["id"])
    player.keep("talk_id", await player.play("create_talk", {**branch, **talk, **told}))


async def look_after_a_branch(player: Player) -> None:
    """A leader's contact point with a visit; what was written down by mistake is void."""
    point = {"organization_id": player.id("organization_id"), "leader_post": "区政府副区长", "valid_from": "2025-01-02"}
    mistake = await player.play("create_leader_contact", {**point, "leader_name": "吴钧"})
    await player.play("void_leader_contact", {"reason": "姓名写错"}, leader_contact_id=mistake["id"])
    made = await player.play("create_leader_contact", {**point, "leader_name": "吴均"})
    contact = player.keep("leader_contact_id", made)
    visit = {"leader_contact_id": contact, "visited_on": "2025-03-18", "content": "调研企业党建,协调用地手续"}
    again = await player.play("create_leader_visit", visit)
    await player.play("void_leader_visit", {"reason": "重复登记"}, leader_visit_id=again["id"])
    player.keep("leader_visit_id", await player.play("create_leader_visit", visit))
    await player.play("end_leader_contact", {"ended_on": "2025-04-01"}, leader_contact_id=contact)


async def hold_a_council(player: Player) -> None:
    """Six of the seven bodies were there; what was decided is done before its day."""
    held = {"organization_id": player.id("organization_id", "root"), "title": "一季度联席会议", "held_on": "2025-03-14"}
    present = ["organization_department", "commerce_federation", "civil_affairs", "market_regulation"]
    said = {"present": [*present, "trade_unions", "women_federation"], "minutes": "通报两个覆盖情况,研究信息共享"}
    twice = await player.play("create_council_meeting", {**held, **said})
    await player.play("void_council_meeting", {"reason": "重复登记"}, council_meeting_id=twice["id"])
    meeting = player.keep("council_meeting_id", await player.play("create_council_meeting", {**held, **said}))
    decided = {"meeting_id": meeting, "body": "market_regulation", "due_on": "2025-06-30"}
    item = {**decided, "content": "每月向组织部提供新登记企业名单"}
    again = await player.play("create_council_decision", item)
    await player.play("void_council_decision", {"reason": "重复登记"}, decision_id=again["id"])
    player.keep("decision_id", await player.play("create_council_decision", item))
    await player.play("complete_council_decision", {"done_on": "2025-04-01", "result": "已建立按月推送"})
