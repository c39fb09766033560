"""Liaison work of a district: contacts of instructors with the units they serve."""

from uuid import UUID

from tests.contracts.plays.playing import Player

ASKED = frozenset({"read_own_contact_duties"})


async def play(player: Player) -> None:
    await contact_a_unit(player)


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
