"""What a branch has of mutual help and of exams in the world: two of each thing."""

from services.training.tests.district import Client
from tests.contracts.places import World, answered


async def fill_mutual_aid(world: World, officer: Client, place: str) -> None:
    """A menu of two items that are voted on and were provided, and two essays that are commented."""
    branch, person = str(world.at("organization_id", place)), str(world.at("member_id", place))
    member = Client(await world.client("member", place, world.at("member_id", place)))
    for name in ("家电维修", "接送学生"):
        entry = {"organization_id": branch, "name": name, "provider_ids": [person], "form": "上门", "time": "周六"}
        item = await answered(officer.post("/service-items", {**entry, "notice": "提前预约"}))
        world.put("service_item_id", place, item["id"])
        told = {"service_item_id": item["id"], "member_id": person, "provided_on": "2025-04-01", "helped": 3}
        made = await answered(officer.post("/service-provisions", {**told, "content": "上门服务"}))
        world.put("service_provision_id", place, made["id"])
        essay = await answered(member.post("/essays", {"title": name, "topic": "创业创意", "text": f"{name}的点子"}))
        world.put("essay_id", place, essay["id"])
        comment = await answered(member.post("/essay-comments", {"essay_id": essay["id"], "text": "可以再具体些"}))
        world.put("essay_comment_id", place, comment["id"])
    for title in ("春季投票", "夏季投票"):
        vote = {"organization_id": branch, "title": title, "closes_on": "2025-04-10"}
        world.put("service_vote_id", place, (await answered(officer.post("/service-votes", vote)))["id"])
