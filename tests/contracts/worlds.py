"""The same small world in every service, as its own tests would make it."""

from contextlib import AsyncExitStack
from typing import Any
from uuid import UUID

from kit.ids import uuid7
from services.scoring.tests.conftest import Client as ScoringClient
from services.scoring.tests.conftest import District as ScoringDistrict
from services.training.tests.district import Client as TrainingClient
from services.training.tests.district import District as TrainingDistrict
from services.training.tests.district import plan
from tests.contracts.places import BRANCHES, MEETING_PLACES, PLACES, World, answered
from tests.contracts.registry_world import fill_registry
from tests.contracts.training_online_world import fill_messages, fill_online_meetings, fill_remote_classes
from tests.contracts.training_world import fill_exams, fill_mutual_aid
from tests.support.applications import Service
from tests.support.clients import ServiceClient
from tests.support.pictures import picture
from tests.support.tokens import IssueToken


async def make_world(
    service: Service, issue_token: IssueToken, service_client: ServiceClient, stack: AsyncExitStack
) -> World:
    world = World(service, issue_token, service_client, stack)
    await stack.enter_async_context(service_client(service.app))
    await {"registry": fill_registry, "scoring": fill_scoring, "training": fill_training}[service.name](world)
    return world


async def fill_projection(world: World, home: Any, abroad: Any) -> None:
    """The organisations and people as registry's events tell them, and the clock in April 2025."""
    world.home = home
    root = await home.organization("district_committee", level=1)
    town = await home.organization("committee", root, level=3)
    branch = await home.organization("branch", town)
    other_town = await home.organization("committee", root, level=3)
    sibling = await home.organization("branch", other_town)
    abroad.paths.update(home.paths)
    foreign_root = await abroad.organization("district_committee", level=1)
    foreign = await abroad.organization("branch", await abroad.organization("committee", foreign_root, level=3))
    for place, organization in zip(PLACES, (root, town, branch, sibling, foreign), strict=True):
        world.put("organization_id", place, organization)
    world.put("organization_id", "foreign root", foreign_root)
    for place in BRANCHES:
        district, branch = abroad if place == "foreign" else home, world.at("organization_id", place)
        world.put("member_id", place, await district.member(branch))
        secretary = await district.member(branch)
        await tell_secretary(district, secretary, branch)
        world.put("second_member_id", place, secretary)
        if place == "branch":
            world.put("member_id", "colleague", secretary)
    await home.clock("2025-04-02T12:00:00")


async def tell_secretary(district: Any, member: UUID, branch: UUID) -> None:
    post = uuid7()
    data = {"id": str(post), "member_id": str(member), "organization_id": str(branch), "kind": "secretary"}
    dated = {"valid_from": "2020-01-01", "valid_to": None, "is_current_record": True}
    await district.tell("registry.post.changed.v1", post, {**data, **dated})


async def fill_training(world: World) -> None:
    home, abroad = TrainingDistrict(world.service.app), TrainingDistrict(world.service.app)
    await fill_projection(world, home, abroad)
    for place in MEETING_PLACES:
        organization, member = world.at("organization_id", place), world.objects["member_id"].get(place)
        officer = TrainingClient(
            await world.client("district_officer", "foreign root" if place == "foreign" else "root")
        )
        kind = {"kind": "class", "class_kind": "expert", "audience": "leaders"} if place == "town" else {}
        made = await answered(officer.post("/meetings", plan(organization, **kind)))
        meeting = world.put("meeting_id", place, made["id"])
        if member is None:
            continue
        await answered(officer.list_present(meeting, [{"member_id": member, "attended": True}]))
        await answered(officer.confirm(meeting))
        settled = await answered(officer.post("/study-years/2024/settlements", {"organization_id": str(organization)}))
        world.put("settlement_id", place, settled["id"])
        await fill_plans(world, officer, place)
        await fill_site(world, officer, place)
        await fill_online_meetings(world, officer, place)
        await fill_remote_classes(world, officer, place)
        await fill_messages(world, officer, place)
        await fill_mutual_aid(world, officer, place)
        await fill_exams(world, officer, place)
    for place in ("town", "root"):
        rotation = {"organization_id": str(world.at("organization_id", place)), "year": 2025, "title": f"{place}轮训"}
        officer = TrainingClient(await world.client("district_officer", "root"))
        world.put("rotation_id", place, (await answered(officer.post("/rotations", rotation)))["id"])


async def fill_plans(world: World, officer: TrainingClient, place: str) -> None:
    plan = {"organization_id": str(world.at("organization_id", place)), "year": 2025, "kind": "volunteering"}
    for quarter in (1, 2):
        made = await answered(officer.post("/training-plans", {**plan, "quarter": quarter, "planned": 2}))
        world.put("training_plan_id", place, made["id"])


async def fill_site(world: World, officer: TrainingClient, place: str) -> None:
    """On line since March, with two of each thing; the month is published in April."""
    branch, person = world.at("organization_id", place), world.at("member_id", place)
    member = TrainingClient(await world.client("member", place, person))
    applied = {"organization_id": str(branch), "name": f"{place}网上支部", "monthly_posts": 1, "monthly_check_ins": 0}
    site = await answered(officer.post("/branch-sites", applied))
    path = f"/branch-sites/{world.put('branch_site_id', place, site['id'])}"
    met = ["webmaster", "columns", "content", "members", "rules"]
    await answered(officer.post(f"{path}/checks", {"met": met}, If_Match='"1"'))
    await answered(officer.post(f"{path}/online", None, If_Match='"2"'))
    for name in ("学习资料", "说说心里话"):
        column = {"branch_site_id": site["id"], "name": name, "kind": "study"}
        made = await answered(officer.post("/site-columns", column))
        world.put("site_column_id", place, made["id"])
        post = {"site_column_id": made["id"], "text": f"{name}:学习党章", "study_minutes": 30}
        world.put("site_post_id", place, (await answered(member.post("/site-posts", post)))["id"])
    tending = {"branch_site_id": site["id"], "member_id": str(person), "office": "webmaster"}
    tended = await answered(officer.post("/site-moderators", tending))
    world.put("site_moderator_id", place, tended["id"])


async def fill_scoring(world: World) -> None:
    home, abroad = ScoringDistrict(world.service.app), ScoringDistrict(world.service.app)
    await fill_projection(world, home, abroad)
    for place, root in (("branch", "root"), ("foreign", "foreign root")):
        officer = ScoringClient(await world.client("district_officer", root))
        cycle = {"organization_id": str(world.at("organization_id", root)), "year": 2026, "subject_kind": "member"}
        opened = await answered(officer.post("/cycles", {**cycle, "name": "2026 年度评议"}))
        world.put("cycle_id", place, opened["id"])
        item = {"organization_id": str(world.at("organization_id", root)), "year": 2025, "maximum": "30"}
        for position in (1, 2):
            made = await answered(officer.post("/upper-items", {**item, "position": position, "name": "组织覆盖"}))
            world.put("upper_item_id", place, made["id"])
    for place in BRANCHES:
        await fill_branch(world, abroad if place == "foreign" else home, place)


async def fill_branch(world: World, district: ScoringDistrict, place: str) -> None:
    branch, person = world.at("organization_id", place), world.at("member_id", place)
    member = ScoringClient(await world.client("member", place, person))
    secretary = ScoringClient(await world.client("branch_secretary", place))
    world.put("subject_id", place, person)
    await district.meeting(branch, [person])
    [entry] = (await answered(member.get("/entries", subject_id=str(person), limit=1)))["items"]
    world.put("entry_id", place, entry["id"])
    claim = {"subject_kind": "member", "subject_id": str(person), "indicator_code": "M48"}
    filed = await answered(member.post("/claims", {**claim, "occurred_on": "2025-03-12", "description": "稿件被采用"}))
    world.put("claim_id", place, filed["id"])
    practice = {"practised_on": "2025-04-01", "kind": "service", "content": "走访老党员"}
    world.put("diary_entry_id", place, (await answered(member.post("/diary-entries", practice)))["id"])
    month = {"organization_id": str(branch), "month": "2025-03"}
    world.put("evaluation_id", place, (await answered(secretary.post("/monthly-evaluations", month)))["id"])
    await fill_contests(world, secretary, branch, place)
    cycle = world.at("cycle_id", "foreign" if place == "foreign" else "branch")
    wanted = {"cycle_id": str(cycle), "organization_id": str(branch)}
    review = world.put("review_id", place, (await answered(secretary.post("/reviews", wanted)))["id"])
    superior = ScoringClient(await world.client("district_officer", "foreign root" if place == "foreign" else "root"))
    veto = {"review_id": review, "subject_id": str(person), "ground": "处分", "reason": "处分期内"}
    for _ in range(2):
        world.put("veto_id", place, (await answered(superior.post("/vetoes", veto)))["id"])
    pledge = {"review_id": review, "subject_id": str(person), "contents": ["按时参加"]}
    pledged = await answered(member.post("/pledges", pledge))
    world.put("pledge_id", place, pledged["items"][0]["id"])
    uploaded = await answered(member.upload("证明.png", picture()))
    world.put("file_id", place, uploaded["id"])


async def fill_contests(world: World, secretary: ScoringClient, branch: UUID, place: str) -> None:
    """Two posts, two projects, two contests and two suggestions of each branch."""
    common = {"organization_id": str(branch), "name": "一线"}
    post = {**common, "kind": "model_post", "set_up_on": "2025-03-03"}
    project = {**common, "kind": "breakthrough", "goal": "减少人工搬运", "opened_on": "2025-02-10"}
    contest = {**common, "form": "show_identity", "held_on": "2025-03-10", "participants": 9, "result": "全部亮明身份"}
    advice = {**common, "kind": "saving", "content": "错峰用电", "proposed_on": "2025-03-10"}
    kinds = {"duty_post": post, "project": project, "contest": contest, "suggestion": advice}
    for _ in range(2):
        for name, body in kinds.items():
            made = await answered(secretary.post(f"/{name.replace('_', '-')}s", body))
            world.put(f"{name}_id", place, made["id"])
