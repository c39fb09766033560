"""Liaison work of a district: contacts of instructors with the units they serve, and pairings."""

from uuid import UUID

from tests.contracts.plays.playing import Player

ASKED = frozenset({"read_own_contact_duties"})


async def play(player: Player) -> None:
    await contact_a_unit(player)
    await help_a_village(player)


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
