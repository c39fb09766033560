"""What a branch has from afar: meetings on its site with signed minutes, classes, messages and a paper."""

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


async def fill_remote_classes(world: World, officer: Client, place: str) -> None:
    """Two classes, of each of which a member has watched half an hour."""
    member = Client(await world.client("member", place, world.at("member_id", place)))
    lesson = {"organization_id": str(world.at("organization_id", place)), "minutes": 90, "opens_on": "2025-01-01"}
    for hour, title in ((7, "党史专题"), (8, "法治专题")):
        made = await answered(officer.post("/remote-classes", {**lesson, "title": title, "closes_on": "2025-12-31"}))
        path = f"/remote-classes/{world.put('remote_class_id', place, made['id'])}/viewings"
        piece = {"started_at": f"2025-04-02T0{hour}:00:00+08:00", "from_minute": 0, "to_minute": 30}
        world.put("class_viewing_id", place, (await answered(member.post(path, piece)))["id"])


async def fill_messages(world: World, officer: Client, place: str) -> None:
    """Two messages to the branch and one in draft, two people known to the SMS platform, and a paper's two issues."""
    organization_id = str(world.at("organization_id", place))
    for kind in ("member_id", "second_member_id"):
        known = {"member_id": str(world.at(kind, place)), "channel": "sms", "reference": f"平台-{kind}"}
        made = await answered(officer.post("/channel-registrations", known))
        world.put("channel_registration_id", place, made["id"])
    for title in ("防汛通知", "学习通知", "待发通知"):
        text = {"organization_id": organization_id, "audience": "members", "title": title, "text": f"{title}内容"}
        path = f"/messages/{world.put('message_id', place, (await answered(officer.post('/messages', text)))['id'])}"
        if title != "待发通知":
            await answered(officer.post(f"{path}/dispatch", If_Match='"1"'))
    member = Client(await world.client("member", place, world.at("member_id", place)))
    [delivery, *_] = (await answered(member.get("/deliveries")))["items"]
    world.put("delivery_id", place, delivery["id"])
    for name in ("先锋报", "先锋刊"):
        paper = {"organization_id": organization_id, "name": name, "form": "newspaper", "founded_on": "2020-01-01"}
        made = await answered(officer.post("/publications", paper))
        world.put("publication_id", place, made["id"])
        issue = {"publication_id": made["id"], "number": 1, "published_on": "2025-03-01", "headline": "发刊词"}
        world.put("publication_issue_id", place, (await answered(officer.post("/publication-issues", issue)))["id"])
