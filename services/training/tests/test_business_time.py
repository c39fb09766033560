"""Every instant of a business row is the business clock's, in each table that has instants."""

from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import DateTime, select

from kit.calendar import day_of
from kit.database import app_transaction
from services.training.tests.district import Client, District, Hold, Planned, SignIn, Town, plan
from training.database import CHANGES, Base

pytestmark = pytest.mark.anyio
COLUMNS = [
    (table, column)
    for table in Base.metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, DateTime) and table is not CHANGES
]
NOT_PLAYED = {
    "moves.moved_at",  # told by registry, with the time of its event
    "site_months.recorded_at",  # published in the month after
}
PLANNED_FOR = {"starts_at", "ends_at", "opens_at", "closes_at", "due_at", "meeting_starts_at", "meeting_ends_at"}


async def moments(district: District) -> dict[str, set[datetime]]:
    found: dict[str, set[datetime]] = {}
    async with app_transaction(district.app) as db:
        for table, column in COLUMNS:
            rows = select(column).where(column.is_not(None))
            if "effective_from" in table.c:
                rows = rows.where(table.c.root_id.is_not(None))
            found[f"{table.name}.{column.name}"] = set(await db.scalars(rows))
    return found


async def fill(town: Town, district: District, hold: Hold, planned: Planned, sign_in: SignIn) -> None:
    """A row in each table, all of it on 20 March 2031 but the year's settlement."""
    officer = await sign_in(("district_officer", district.root))
    root: dict[str, object] = {"root_id": str(district.root), "effective_from": "2031-12-01"}
    kind: dict[str, object] = {"kind": "theme_day", "counts_hours": True, "needs_make_up": True}
    bodies: dict[str, dict[str, object]] = {
        "/study-hour-requirements": {"group": "member", "hours": "40", "source": "区委通知"},
        "/training-limits": {},
        "/meeting-kind-rules": kind,
    }
    for path, body in bodies.items():
        assert (await officer.post(path, root | body)).status_code == 201
    meeting = (await town.secretary.post("/meetings", planned(town.branch, day="2031-03-20"))).json()["id"]
    code = (await town.secretary.issue_code(meeting, {})).json()["code"]
    assert (await town.secretary.post("/check-ins", {"code": code})).status_code == 201
    await town.secretary.issue_code(meeting, {})
    minutes = f"/meetings/{meeting}/minutes"
    await town.secretary.put(minutes, {"text": "学习党章"})
    await town.secretary.post(f"{minutes}/approval", If_Match='"1"')
    await town.secretary.post(f"{minutes}/addenda", {"text": "补记"}, If_Match='"2"')
    held = await hold(town.secretary, town.branch, town.people[:3], day="2031-03-10")
    await town.officer.reopen(held)
    absent = await sign_in(("member", town.branch), person=town.people[4])
    await town.secretary.put(f"/meetings/{held}/minutes", {"text": "学习党章"})
    await town.secretary.list_present(held, [{"member_id": str(one), "attended": True} for one in town.people[:4]])
    assert (await town.secretary.confirm(held)).status_code == 201
    assert (await absent.post(f"/meetings/{held}/minutes/readings")).status_code == 201
    rotation = {"organization_id": str(town.id), "year": 2031, "title": "书记轮训", "audience": "secretaries"}
    made = (await town.officer.post("/rotations", rotation | {"planned_batches": 1})).json()["id"]
    batch = planned(town.id, kind="class", class_kind="rotation", audience="secretaries", day="2031-03-21")
    of = {"number": 1, "meeting_id": (await town.officer.post("/meetings", batch)).json()["id"]}
    assert (await town.officer.post(f"/rotations/{UUID(made)}/batches", of, If_Match='"1"')).status_code == 201
    plan = {"organization_id": str(town.id), "year": 2031, "quarter": 1, "kind": "class", "planned": 1}
    assert (await town.officer.post("/training-plans", plan)).status_code == 201
    await open_site(town)
    await help_each_other(town)
    await examine(town, await sign_in(("member", town.branch), person=town.people[1]))
    await study_from_afar(town)
    await reach_people(town)
    settled = await town.officer.post("/study-years/2030/settlements", {"organization_id": str(town.branch)})
    assert settled.status_code == 201


async def open_site(town: Town) -> None:
    site = (await town.officer.post("/branch-sites", {"organization_id": str(town.branch), "name": "网上支部"})).json()
    path = f"/branch-sites/{site['id']}"
    met = ["webmaster", "columns", "content", "members", "rules"]
    await town.officer.post(f"{path}/checks", {"met": met}, If_Match='"1"')
    await town.officer.post(f"{path}/online", If_Match='"2"')
    of_site = {"branch_site_id": site["id"]}
    column = (await town.officer.post("/site-columns", {**of_site, "name": "学习", "kind": "study"})).json()["id"]
    evening = plan(town.branch, kind="theme_day", day="2031-03-20")
    meeting = (await town.officer.post("/meetings", evening)).json()["id"]
    where = {"meeting_id": meeting, "site_column_id": column}
    assert (await town.officer.post("/online-meetings", where)).status_code == 201
    await town.officer.post("/site-moderators", {**of_site, "member_id": str(town.people[1]), "office": "webmaster"})
    assert (await town.secretary.post("/site-posts", {"site_column_id": column, "text": "学习"})).status_code == 201


async def help_each_other(town: Town) -> None:
    entry = {"organization_id": str(town.branch), "provider_ids": [str(town.people[0])], "form": "上门", "time": "周六"}
    items = [
        (await town.secretary.post("/service-items", {**entry, "name": name, "notice": "预约"})) for name in "甲乙"
    ]
    told = {"service_item_id": items[0].json()["id"], "member_id": str(town.people[0]), "provided_on": "2031-03-19"}
    assert (
        await town.secretary.post("/service-provisions", {**told, "helped": 1, "content": "维修"})
    ).status_code == 201
    vote = {"organization_id": str(town.branch), "title": "投票", "closes_on": "2031-03-31"}
    assert (await town.secretary.post("/service-votes", vote)).status_code == 201
    essay = await town.secretary.post("/essays", {"title": "点子", "topic": "创业创意", "text": "第一稿"})
    comment = {"essay_id": essay.json()["id"], "text": "可行"}
    assert (await town.secretary.post("/essay-comments", comment)).status_code == 201


async def study_from_afar(town: Town) -> None:
    lesson = {"organization_id": str(town.branch), "title": "党史", "minutes": 60, "opens_on": "2031-03-01"}
    remote = (await town.secretary.post("/remote-classes", {**lesson, "closes_on": "2031-03-31"})).json()["id"]
    piece = {"started_at": "2031-03-20T09:00:00+08:00", "from_minute": 0, "to_minute": 20}
    assert (await town.secretary.post(f"/remote-classes/{remote}/viewings", piece)).status_code == 201


async def reach_people(town: Town) -> None:
    known = {"member_id": str(town.people[0]), "channel": "sms", "reference": "平台"}
    assert (await town.secretary.post("/channel-registrations", known)).status_code == 201
    text = {"organization_id": str(town.branch), "audience": "members", "title": "通知", "text": "学习"}
    message = f"/messages/{(await town.secretary.post('/messages', text)).json()['id']}"
    assert (await town.secretary.post(f"{message}/dispatch", If_Match='"1"')).status_code == 201
    own = (await town.secretary.get("/deliveries", member_id=str(town.people[0]))).json()["items"][0]["id"]
    assert (await town.secretary.post(f"/deliveries/{own}/reading", If_Match='"1"')).status_code == 201
    paper = {"organization_id": str(town.branch), "name": "报", "form": "newspaper", "founded_on": "2020-01-01"}
    made = (await town.secretary.post("/publications", paper)).json()["id"]
    issue = {"publication_id": made, "number": 1, "published_on": "2031-03-20", "headline": "要目"}
    assert (await town.secretary.post("/publication-issues", issue)).status_code == 201


async def examine(town: Town, member: Client) -> None:
    common = {"organization_id": str(town.branch)}
    question = {**common, "topic": "党章", "kind": "true_false", "text": "对不对", "answers": "对"}
    assert (await town.secretary.post("/questions", question)).status_code == 201
    window = {"opens_at": "2031-03-20T08:00:00+08:00", "closes_at": "2031-03-20T18:00:00+08:00"}
    exam = (await town.secretary.post("/exams", {**common, "title": "测试", "questions": 1, **window})).json()["id"]
    sat = (await member.post(f"/exams/{exam}/attempts")).json()["attempt"]["id"]
    assert (await member.post(f"/exam-attempts/{sat}/hand-in", If_Match='"1"')).status_code == 201
    won = {**common, "kind": "skill_drill", "contest": "练兵", "held_on": "2031-03-19", "is_passed": True}
    assert (await town.officer.post("/contest-results", {**won, "member_id": str(town.people[0])})).status_code == 201
    teams = [{"name": f"{one}组", "member_ids": [str(town.people[one])]} for one in (0, 1)]
    live = {**common, "title": "抢答", "held_on": "2031-03-20", "questions": 1, "smallest_team": 1, "teams": teams}
    contest = (await town.officer.post("/live-contests", live)).json()["id"]
    asked = (await town.officer.post(f"/live-contests/{contest}/rounds")).json()["id"]
    assert (await town.secretary.post(f"/live-rounds/{asked}/buzzes")).status_code == 201


class TestABusinessRow:
    async def test_takes_its_instants_from_the_business_clock(
        self, town: Town, district: District, hold: Hold, planned: Planned, sign_in: SignIn
    ) -> None:
        await district.clock("2031-03-20T09:30:00")
        await fill(town, district, hold, planned, sign_in)

        found = await moments(district)

        assert {name for name, rows in found.items() if not rows} == NOT_PLAYED
        recorded = {name: rows for name, rows in found.items() if name.partition(".")[2] not in PLANNED_FOR}
        strange = {name for name, rows in recorded.items() for one in rows if day_of(one).isoformat() != "2031-03-20"}
        assert strange == set()
