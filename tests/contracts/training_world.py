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


async def fill_exams(world: World, officer: Client, place: str) -> None:
    """Two questions, two exams that a member sat, two results of contests, and two live contests."""
    branch, person = str(world.at("organization_id", place)), str(world.at("member_id", place))
    member = Client(await world.client("member", place, world.at("member_id", place)))
    for text in ("安全生产以预防为主", "党员可以不参加组织生活"):
        question = {"organization_id": branch, "topic": "安全知识", "kind": "true_false", "text": text, "answers": "对"}
        made = await answered(officer.post("/questions", question))
        world.put("question_id", place, made["id"])
    for title in ("春季测试", "夏季测试"):
        await sit(world, officer, member, place, title)
        won = {"organization_id": branch, "kind": "skill_drill", "contest": title, "held_on": "2025-04-01"}
        result = await answered(officer.post("/contest-results", {**won, "member_id": person, "is_passed": True}))
        world.put("contest_result_id", place, result["id"])
        await compete(world, officer, member, place, title)


async def sit(world: World, officer: Client, member: Client, place: str, title: str) -> None:
    window = {"opens_at": "2025-04-01T08:00:00+08:00", "closes_at": "2025-06-30T18:00:00+08:00"}
    exam = {"organization_id": str(world.at("organization_id", place)), "title": title, "questions": 2}
    set_exam = await answered(officer.post("/exams", {**exam, **window}))
    world.put("exam_id", place, set_exam["id"])
    begun = await answered(member.post(f"/exams/{set_exam['id']}/attempts"))
    attempt = world.put("exam_attempt_id", place, begun["attempt"]["id"])
    await answered(member.post(f"/exam-attempts/{attempt}/hand-in", If_Match='"1"'))
    [result] = (await answered(member.get("/exam-results", exam_id=set_exam["id"])))["items"]
    world.put("exam_result_id", place, result["id"])


async def compete(world: World, officer: Client, member: Client, place: str, title: str) -> None:
    people = [str(world.at(kind, place)) for kind in ("member_id", "second_member_id")]
    teams = [{"name": f"第{number}组", "member_ids": [one]} for number, one in enumerate(people, start=1)]
    contest = {"organization_id": str(world.at("organization_id", place)), "title": title, "held_on": "2025-04-02"}
    planned = await answered(
        officer.post("/live-contests", {**contest, "questions": 2, "smallest_team": 1, "teams": teams})
    )
    world.put("live_contest_id", place, planned["id"])
    asked = await answered(officer.post(f"/live-contests/{planned['id']}/rounds"))
    await answered(member.post(f"/live-rounds/{world.put('live_round_id', place, asked['id'])}/buzzes"))
