"""The tree of a district: elections that begin a term, and who of a team holds a post in a unit as well."""

from tests.contracts.plays.playing import Player

MISTAKE = {"reason": "登记到别的支部"}


async def play(player: Player) -> None:
    await elect(player)
    await appoint_across(player)
    await convert_a_group(player)
    await rely_on_a_market(player)


async def elect(player: Player) -> None:
    branch = {"organization_id": player.id("organization_id")}
    election = {**branch, "entitled": 20, "present": 18, "result": "选举产生支部委员会委员三名,书记一名"}
    mistaken = await player.play("create_election", {**election, "held_on": "2025-03-10"})
    await player.play("void_election", MISTAKE, election_id=mistaken["id"])
    player.keep("election_id", await player.play("create_election", {**election, "held_on": "2025-03-20"}))


async def appoint_across(player: Player) -> None:
    held = {"member_id": player.id("member_id"), "unit_id": player.id("unit_id"), "valid_from": "2025-01-01"}
    mistaken = await player.play("create_unit_post", {**held, "title": "财务总监"})
    await player.play("void_unit_post", MISTAKE, unit_post_id=mistaken["id"])
    player.keep("unit_post_id", await player.play("create_unit_post", {**held, "title": "生产部经理"}))
    await player.play("end_unit_post", {"ended_on": "2025-04-01"})
    await player.play("read_cross_appointments")


async def convert_a_group(player: Player) -> None:
    """The project goes on: its group becomes a branch."""
    group = {"name": "跨江大桥项目党小组", "kind": "project_group", "parent_id": player.id("organization_id", "town")}
    founded = await player.play(
        "create_organization", {**group, "founded_on": "2024-10-01", "term_ends_on": "2025-03-31"}
    )
    longer = {"name": "跨江大桥项目党支部", "converted_on": "2025-04-01", "term_ends_on": "2026-03-31"}
    await player.play("convert_project_group", longer, organization_id=founded["id"])


async def rely_on_a_market(player: Player) -> None:
    town = {"parent_id": player.id("organization_id", "town"), "kind": "branch", "founded_on": "2024-03-01"}
    market = await player.play("create_organization", {**town, "name": "城东建材市场党支部", "host_kind": "market"})
    await player.play("create_organization", {**town, "name": "市场商户联合党支部", "carrier_id": market["id"]})
    await player.play("list_carried_organizations", at="town")
