"""Two meetings that a branch held on its site; one of two absent members signed for the minutes of both."""

from services.training.tests.district import Client, plan
from tests.contracts.places import World, answered


async def fill_online_meetings(world: World, officer: Client, place: str) -> None:
    branch, people = world.at("organization_id", place), ("member_id", "second_member_id")
    member = Client(await world.client("member", place, world.at("member_id", place)))
    lines = [{"member_id": str(world.at(kind, place)), "attended": False} for kind in people]
    for day in ("2025-03-12", "2025-03-13"):
        planned = await answered(officer.post("/meetings", plan(branch, kind="theme_day", day=day)))
        where = {"meeting_id": planned["id"], "site_column_id": str(world.at("site_column_id", place))}
        world.put("online_meeting_id", place, (await answered(officer.post("/online-meetings", where)))["id"])
        await answered(officer.put(f"/meetings/{planned['id']}/minutes", {"text": "网上主题党日"}))
        await answered(officer.list_present(planned["id"], lines))
        await answered(officer.confirm(planned["id"]))
        await answered(member.post(f"/meetings/{planned['id']}/minutes/readings"))
