"""What stands at every place of the registry's world."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from kit.database import app_transaction
from registry.units.ledgers.kinds import LedgerBlock
from registry.units.ledgers.models import FrozenLedger
from registry.units.units.models import Unit
from services.registry.tests.members.course_hours.told import of_class, tell
from services.registry.tests.registers import Office, Registers
from tests.contracts.places import BRANCHES, SIX, STANDARDS, World, answered


async def fill_registry(world: World) -> None:
    app, database = world.service.app, world.service.database
    registers = world.home = Registers(app, database, world.issue_token, world.service_client, world.stack)
    home, abroad = await registers.district(), await registers.district()
    places = {
        "root": home.root, "town": home.towns[0], "branch": home.branches[0],
        "sibling": home.branches[1], "foreign": abroad.branches[0],
    }  # fmt: skip
    for place, organization in places.items():
        district = abroad if place == "foreign" else home
        world.put("organization_id", place, organization["id"])
        officer = await registers.office("district_officer", district.root)
        if place in BRANCHES:
            await fill_register(world, registers, officer, place, organization)
        if place == "branch":
            world.put("member_id", "colleague", (await registers.member(organization))["id"])
        report = await officer.made("/coverage-reports", organization_id=organization["id"], title="年度报告")
        world.put("report_id", place, report["id"])


async def fill_register(world: World, registers: Registers, officer: Office, place: str, branch: Any) -> None:
    town = {"id": branch["parent_id"]}
    unit = await registers.unit(town)
    world.put("unit_id", place, unit["id"])
    for _ in range(2):
        await registers.unit(branch)
    link = {"organization_id": branch["id"], "mode": "single", "valid_from": "2021-01-01"}
    covered = await officer.made(f"/units/{unit['id']}/coverage-links", **link)
    world.put("link_id", place, covered["coverage_links"][0]["id"])
    member = world.put("member_id", place, (await registers.member(branch))["id"])
    correction = {"id_number": registers.id_number(), "reason": "录入有误"}
    asked = await answered(officer.post(f"/members/{member}/id-number-corrections", correction, version=1))
    world.put("correction_id", place, asked["id"])
    await fill_membership(world, registers, officer, place, branch)
    since = {"valid_from": "2022-01-01"}
    post = {"member_id": member, "organization_id": branch["id"], "kind": "secretary", **since}
    world.put("post_id", place, (await officer.made("/posts", **post))["id"])
    await fill_tree(world, officer, place, member, unit["id"])
    await fill_units(world, registers, officer, place, town)
    person = {"name": "赵指导", "id_number": registers.id_number(), "source": "sent", "engaged_on": "2022-01-01"}
    instructor = await officer.made("/instructors", **person, organization_id=branch["id"])
    world.put("instructor_id", place, instructor["id"])
    assignment = {"instructor_id": instructor["id"], "unit_id": unit["id"], **since}
    served = world.put("assignment_id", place, (await officer.made("/instructor-assignments", **assignment))["id"])
    await fill_liaison(world, officer, place, served)
    await fill_pairings(world, officer, place, unit["id"])
    await fill_appeals(world, officer, place, member)
    await fill_leaders(world, officer, place)
    await fill_councils(world, officer, place, branch)
    await fill_sites(world, registers, officer, place, branch)
    await fill_oversight(world, officer, place)
    await fill_distinct_pairs(world, officer, place)
    point = {"organization_id": branch["id"], "level": "town", **since}
    world.put("point_id", place, (await officer.made("/demonstration-points", **point))["id"])
    found = await officer.get("/findings", organization_id=branch["id"], code="unit_without_coverage")
    world.put("finding_id", place, found.json()["items"][0]["id"])


async def fill_distinct_pairs(world: World, officer: Office, place: str) -> None:
    """Two pairs that were told apart; those of its other members stay in the queue."""
    alike = await officer.get("/lookalikes", under=world.objects["organization_id"][place], kind="member")
    for one in alike.json()["items"][:2]:
        judged = {"kind": "member", "first_id": one["first_id"], "second_id": one["second_id"], "reason": "同名同日生"}
        world.put("distinct_pair_id", place, (await officer.made("/distinct-pairs", **judged))["id"])


async def fill_oversight(world: World, officer: Office, place: str) -> None:
    """A rectification that is signed off, and one that runs; campaigns."""
    plan = {"ground": "by_hand", "cause": "组织生活停顿", "measures": "补建班子", "responsible": "陈光"}
    dated = {
        "listed_on": "2025-01-10",
        "due_on": "2025-06-30",
        "organization_id": world.objects["organization_id"][place],
    }
    steps = {
        "notes": {"noted_on": "2025-02-10", "content": "已补选两名委员"},
        "submission": {"submission": "班子已配齐"},
        "acceptance": {"is_accepted": True, "opinion": "同意销号"},
    }
    listed = await officer.made("/rectifications", **plan, **dated)
    for name, body in steps.items():
        path = f"/rectifications/{listed['id']}/{name}"
        listed = await answered(officer.post(path, body, version=listed["version"]))
    running = await officer.made("/rectifications", **plan, **dated)
    world.put("rectification_id", place, running["id"])
    await fill_campaigns(world, officer, place)


async def fill_campaigns(world: World, officer: Office, place: str) -> None:
    """Two campaigns, the second with two samples of the branch's two units."""
    drive = {"title": "百日攻坚", "goal": "空白点清零", "first_on": "2025-01-01", "days": 1000}
    for _ in range(2):
        campaign = await officer.made("/campaigns", **drive, organization_id=world.objects["organization_id"][place])
        world.put("campaign_id", place, campaign["id"])
    for number in range(2):
        path, drawing = f"/campaigns/{campaign['id']}/samples", {"subject_kind": "unit", "size": 2}
        sample = await officer.made(path, **drawing, seed=f"第{number}周")
        world.put("campaign_sample_id", place, sample["id"])
    checks = (await officer.get("/campaign-checks", sample_id=sample["id"])).json()["items"]
    world.put("campaign_check_id", place, checks[0]["id"])


async def fill_tree(world: World, officer: Office, place: str, member: str, unit: str) -> None:
    """Two elections, the second of which begins the term of today, and two posts in the unit."""
    elected = {"organization_id": world.objects["organization_id"][place], "entitled": 5, "present": 5}
    for day in ("2021-03-01", "2024-02-20"):
        election = await officer.made("/elections", **elected, held_on=day, result="选举产生支部委员会")
        world.put("election_id", place, election["id"])
    for title in ("董事", "总经理"):
        held = {"member_id": member, "unit_id": unit, "title": title, "valid_from": "2022-01-01"}
        world.put("unit_post_id", place, (await officer.made("/unit-posts", **held))["id"])


async def fill_units(world: World, registers: Registers, officer: Office, place: str, town: Any) -> None:
    """Two units with ledgers, a plan and a head of the union each, told of from outside and looked at in two rounds."""
    organization_id = world.objects["organization_id"][place]
    rounds = {"organization_id": organization_id, "title": "春季排查"}
    for day in ("2024-02-01", "2025-02-01"):
        opened = await officer.made("/survey-rounds", **rounds, opened_on=day)
        world.put("survey_round_id", place, opened["id"])
    signed = {"organization_id": organization_id, "name": "电池二期", "signed_on": "2025-02-18"}
    for number in range(2):
        project = await officer.made("/investment-projects", **signed, checks=["in_the_contract"])
        world.put("investment_project_id", place, project["id"])
        unit = await registers.unit({"id": organization_id}, mass_organizations=["union"])
        about = {"unit_id": unit["id"]}
        entry = {"block": "staff", "checked_on": "2025-03-01", "content": "职工 60 人"}
        world.put("ledger_entry_id", place, (await officer.made("/ledger-entries", **about, **entry))["id"])
        plan = {"content": "选派指导员,年内建立支部", "responsible": "赵指导", "due_on": "2025-12-31"}
        planned = await officer.made("/unit-plans", **about, **plan, planned_on="2025-01-10")
        world.put("unit_plan_id", place, planned["id"])
        hired = await officer.made("/hire-declarations", **about, hired_on="2025-01-06", people=4)
        world.put("hire_declaration_id", place, hired["id"])
        head = {"kind": "union", "name": "孙会", "valid_from": "2023-01-01"}
        heading = await officer.made("/mass-organization-heads", **about, **head)
        world.put("mass_organization_head_id", place, heading["id"])
        check = {"survey_round_id": world.objects["survey_round_id"][place], "checked_on": "2025-02-10"}
        checked = await officer.made("/survey-checks", **about, **check, content="有党员两名")
        world.put("survey_check_id", place, checked["id"])
        notice = {"event_number": f"{place}-{number}", "kind": "inspection", "code": unit["code"], "name": unit["name"]}
        notice |= {"unit_kind": "non_public_enterprise", "jurisdiction_id": town["id"], "occurred_on": "2025-03-01"}
        world.put("unit_notice_id", place, (await officer.made("/unit-notices", **notice))["id"])
        await fill_frozen_ledger(world, place, unit["id"], f"2024-{6 * number + 6:02d}-{30 + number}")


async def fill_frozen_ledger(world: World, place: str, unit: str, quarter_ends_on: str) -> None:
    """As the nightly job leaves one."""
    async with app_transaction(world.service.app) as db:
        ledger = FrozenLedger(
            unit_id=UUID(unit),
            organization_id=world.at("organization_id", place),
            root_id=(await db.get_one(Unit, UUID(unit))).root_id,
            quarter_ends_on=date.fromisoformat(quarter_ends_on),
            frozen_on=date.fromisoformat(quarter_ends_on) + timedelta(days=1),
            blocks={"staff": {"content": "职工 60 人", "checked_on": "2024-06-03"}},
            changed_blocks=[LedgerBlock.STAFF],
            stale_blocks=[],
        )
        db.add(ledger)
        await db.flush()
        world.put("frozen_ledger_id", place, ledger.id)


async def fill_liaison(world: World, officer: Office, place: str, served: str) -> None:
    contact = {"assignment_id": served, "kind": "visit", "content": "走访企业,了解党员情况"}
    for day in ("2024-05-06", "2024-06-05"):
        world.put("contact_id", place, (await officer.made("/contacts", **contact, contacted_on=day))["id"])


async def fill_pairings(world: World, officer: Office, place: str, unit: str) -> None:
    village = {"kind": "village", "helper_unit_id": unit, "paired_on": "2024-01-10"}
    for name in ("石桥村", "清溪村"):
        pairing = await officer.made("/pairings", **village, partner_village=name)
        world.put("pairing_id", place, pairing["id"])
        action = {"pairing_id": pairing["id"], "acted_on": "2024-05-10", "content": "助学助困", "jobs": 4}
        world.put("action_id", place, (await officer.made("/pairing-actions", **action))["id"])


async def fill_appeals(world: World, officer: Office, place: str, member: str) -> None:
    organization = {"organization_id": world.objects["organization_id"][place]}
    appeal = {"topic": "停车难", "content": "园区停车位不够", "raised_on": "2025-03-10", "due_on": "2025-04-30"}
    talk = {"speaker": "镇街两新党委", "counterpart": "园区企业出资人", "way": "meeting", "held_on": "2025-03-12"}
    for _ in range(2):
        raised = await officer.made("/appeals", **appeal, **organization, author_member_id=member)
        world.put("appeal_id", place, raised["id"])
        held = await officer.made("/talks", **talk, **organization, content="通报政策", result="形成三条意见")
        world.put("talk_id", place, held["id"])


async def fill_leaders(world: World, officer: Office, place: str) -> None:
    contact = {"leader_post": "区委常委", "organization_id": world.objects["organization_id"][place]}
    for name in ("陈光", "孙立"):
        made = await officer.made("/leader-contacts", **contact, leader_name=name, valid_from="2024-01-01")
        world.put("leader_contact_id", place, made["id"])
        visit = {"leader_contact_id": made["id"], "visited_on": "2025-02-14", "content": "调研党建工作"}
        world.put("leader_visit_id", place, (await officer.made("/leader-visits", **visit))["id"])


async def fill_sites(world: World, registers: Registers, officer: Office, place: str, branch: Any) -> None:
    """A picture, and twice: a check by 六有, a paper of the archive, dues, parks and standards of the district."""
    photo = world.put("file_id", place, (await officer.attached(branch)).json()["id"])
    items = [{"item": one, "is_met": True, "photo_id": photo} for one in SIX]
    check = {"organization_id": branch["id"], "check_list": "six_haves", "items": items}
    for day in ("2024-03-10", "2025-03-10"):
        world.put("check_id", place, (await officer.made("/site-checks", **check, checked_on=day))["id"])
        paper = {"organization_id": branch["id"], "category": "pictures", "title": "主题党日", "dated_on": day}
        made = await officer.made("/archive-entries", **paper, file_id=photo)
        world.put("archive_entry_id", place, made["id"])
        month = {"member_id": str(world.at("member_id", place)), "income": "6000.00", "paid": "90.00"}
        made = await officer.made("/dues-payments", **month, month=day[:7].replace("03", "01"), paid_on=day)
        world.put("payment_id", place, made["id"])
    await fill_funds(world, officer, place, branch)
    await fill_circles(world, officer, place, branch)
    if place == "sibling":
        return
    for park in ("东园", "西园"):
        await registers.organization("work_committee", {"id": branch["root_id"]}, host_kind="park", name=park)
    root = {"organization_id": branch["root_id"]}
    for day in ("2024-01-01", "2025-01-01"):
        made = await officer.made("/site-standards", **root, level="town", valid_from=day, items=STANDARDS)
        world.put("standard_id", place, made["id"])


async def fill_funds(world: World, officer: Office, place: str, branch: Any) -> None:
    """Two years of a unit's budget, and two returns of dues."""
    money = {"unit_id": str(world.at("unit_id", place)), "payroll": "1000000.00", "budget": "9000.00", "spent": "0.00"}
    paid = {"organization_id": branch["id"], "kind": "dues_return", "amount": "50.00", "purpose": "教育活动"}
    for year in (2023, 2024):
        world.put("fund_budget_id", place, (await officer.made("/fund-budgets", **money, year=year))["id"])
        made = await officer.made("/fund-payments", **paid, year=year, paid_on=f"{year + 1}-01-10")
        world.put("fund_payment_id", place, made["id"])


async def fill_circles(world: World, officer: Office, place: str, branch: Any) -> None:
    """Two circles of the branch, with what belongs to each; a circle and its rooms are open to the whole district."""
    run, joining = {"organization_id": branch["id"]}, {"walking_minutes": 12, "joined_on": "2024-06-01"}
    for number, month in ((1, "2025-05"), (2, "2025-06")):
        named = {"name": f"{place} {number}", "centre_name": f"{place} {number}", "address": "园区路 1 号"}
        circle = await officer.made("/circles", **run, **named, area="500.00", opened_on="2024-01-01")
        within = {"circle_id": circle["id"]}
        room = await officer.made("/circle-rooms", **within, name="报告厅", capacity=60)
        if place != "sibling":
            world.put("circle_id", place, circle["id"])
            world.put("room_id", place, room["id"])
        sent = {"kind": "instructor", "person_name": "冯远", "valid_from": "2024-02-01"}
        world.put("staff_id", place, (await officer.made("/centre-staff", **within, **sent))["id"])
        world.put("membership_id", place, (await officer.made("/circle-memberships", **within, **run, **joining))["id"])
        world.put("turn_id", place, (await officer.made("/circle-turns", **within, **run, month=month))["id"])
        times = {"starts_at": f"2099-01-0{number}T01:00:00Z", "ends_at": f"2099-01-0{number}T03:00:00Z"}
        booked = await officer.made("/circle-bookings", room_id=room["id"], **run, **times, purpose="党课", people=30)
        world.put("booking_id", place, booked["id"])
        asked = {"kind": "dues", "asking_organization_id": branch["id"], "topic": "党费基数", "content": "如何核定基数"}
        world.put("service_request_id", place, (await officer.made("/service-requests", **within, **asked))["id"])


async def fill_councils(world: World, officer: Office, place: str, branch: Any) -> None:
    present = ["organization_department", "commerce_federation"]
    for day in ("2025-01-10", "2025-03-10"):
        held = {"organization_id": branch["id"], "title": "联席会议", "held_on": day, "present": present}
        meeting = await officer.made("/council-meetings", **held, minutes="通报情况,议定事项")
        world.put("council_meeting_id", place, meeting["id"])
        decided = {"meeting_id": meeting["id"], "content": "共享企业登记信息", "due_on": "2025-06-30"}
        made = await officer.made("/council-decisions", **decided, body="market_regulation")
        world.put("decision_id", place, made["id"])


async def fill_membership(world: World, registers: Registers, officer: Office, place: str, branch: Any) -> None:
    """A member on the way to the town, two of the town whom the branch asks for, and two lines of an integrity card."""
    line = {"kind": "trustworthy", "happened_on": "2024-05-01", "content": "诚信经营示范岗"}
    for _ in range(2):
        entry = await officer.made(f"/members/{world.at('member_id', place)}/integrity-entries", **line)
        world.put("entry_id", place, entry["id"])
    to_town = {"to_organization_id": branch["parent_id"], "reason": "工作调动"}
    leaving = await registers.member(branch)
    letter = {"letter_number": "介〔2025〕1号", **to_town}
    opened = await officer.made(f"/members/{leaving['id']}/transfers", **letter)
    world.put("transfer_id", place, opened["id"])
    for _ in range(2):
        number = registers.id_number()
        await registers.member({"id": branch["parent_id"]}, id_number=number)
        asking = {"to_organization_id": branch["id"], "reason": "工作调动"}
        asked = await officer.made("/transfer-requests", id_number=number, **asking)
        world.put("request_id", place, asked["id"])
    await fill_developments(world, registers, officer, place, branch)
    await fill_screenings(world, registers, officer, place, branch)


async def fill_developments(world: World, registers: Registers, officer: Office, place: str, branch: Any) -> None:
    """Two people on the way into the Party, a paper and a class each, and two yearly plans."""
    paper = {"stage": "apply", "kind": "talk", "happened_on": "2024-05-20", "content": "入党动机谈话"}
    for year in (2024, 2025):
        person = await registers.member(branch, stage="applicant")
        opened = await officer.made(f"/members/{person['id']}/developments", applied_on="2024-05-01")
        world.put("development_id", place, opened["id"])
        await tell(registers.app, of_class(branch["id"], f"{year}-03-20", {person["id"]: "24.00"}), branch["root_id"])
        written = await officer.made(f"/developments/{opened['id']}/papers", **paper)
        world.put("paper_id", place, written["id"])
        plan = await officer.made("/development-plans", organization_id=branch["id"], year=year, planned=1)
        world.put("plan_id", place, plan["id"])


async def fill_screenings(world: World, registers: Registers, officer: Office, place: str, branch: Any) -> None:
    """Two rounds with a verified unit and a found member each, and two checks of the ledger."""
    about = {"division_of_work": "每人包一片", "organization_id": branch["id"], "started_on": "2025-01-06"}
    unit = await registers.unit(branch)
    person = {"kind": "floating", "found_by": "organization", "found_on": "2025-01-20"}
    for number, quarter in enumerate(("2024-09-30", "2024-12-31"), start=1):
        made = await officer.made("/screenings", title=f"第{number}轮排查", **about)
        world.put("screening_id", place, made["id"])
        for to in ("queried", "verified"):
            step = {"to": to, "done_on": "2025-01-20"}
            made = (await officer.post(f"/screenings/{made['id']}/steps", step, version=made["version"])).json()
        verified = [{"unit_id": unit["id"], "verified_on": "2025-01-20"}]
        await officer.made(f"/screenings/{made['id']}/units", units=verified)
        found = await officer.made("/found-members", name=f"流动{number}", organization_id=branch["id"], **person)
        world.put("found_member_id", place, found["id"])
        check = {"quarter_ends_on": quarter, "checked_on": "2025-01-08", "stated": 999, "note": "名册未登记完"}
        made = await officer.made("/ledger-checks", organization_id=branch["id"], **check)
        world.put("ledger_check_id", place, made["id"])
    listed = (await officer.get("/screened-units")).json()["items"]
    for one in listed:
        world.put("screened_unit_id", place, one["id"])
