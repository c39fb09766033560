"""Nobody decides on themselves: every operation that `self_cases.csv` refuses, tried on oneself."""

from typing import Any
from uuid import UUID

import pytest

from kit.calendar import day_of, real_now
from services.registry.tests.liaison.instructors.test_instructors import instructor, number_of
from services.registry.tests.tree.posts.test_posts import post
from tests.support.self_cases import refused_in

pytestmark = pytest.mark.anyio
REFUSALS = {(403, "own-case"), (409, "own-account"), (409, "grant-to-self")}
MISTAKE = {"reason": "录入有误"}
ON_ACCOUNTS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("reset_password", "password-resets", {}),
    ("unlock_account", "unlocks", {}),
    ("disable_account", "disabling", {"reason": "停用"}),
    ("enable_account", "enabling", {"reason": "恢复"}),
)


def today() -> str:
    return str(day_of(real_now()))


async def tries_on_own_dues(own: Any, other: Any, person: Any) -> dict[str, Any]:
    month = {
        "member_id": person["id"],
        "month": "2025-01",
        "income": "6000.00",
        "paid": "90.00",
        "paid_on": "2025-01-10",
    }
    created = await own.post("/dues-payments", month)
    dues = await other.made("/dues-payments", **month)
    voided = await own.post(f"/dues-payments/{dues['id']}/void", MISTAKE, version=1)
    return {"create_dues_payment": created, "void_dues_payment": voided}


async def tries_on_own_service(own: Any, other: Any, town: Any, person: Any) -> dict[str, Any]:
    named = {"name": "东部活动圈", "centre_name": "东部活动中心", "address": "园区路 1 号", "area": "500.00"}
    circle = await other.made("/circles", organization_id=town["id"], opened_on="2024-01-01", **named)
    asking = {"circle_id": circle["id"], "member_id": person["id"], "kind": "dues", "topic": "基数", "content": "核定"}
    path = f"/service-requests/{(await other.made('/service-requests', **asking))['id']}"
    return {
        "take_service_request": await own.post(f"{path}/acceptance", {}, version=1),
        "answer_service_request": await own.post(f"{path}/answer", {"answer": "已核定"}, version=1),
        "void_service_request": await own.post(f"{path}/void", MISTAKE, version=1),
    }


async def tries_on_own_lookalike(registers: Any, district: Any) -> dict[str, Any]:
    town, branch = district.towns[0], district.branches[0]
    person, twin = [await registers.member(branch, name="同名") for _ in range(2)]
    own = await registers.office("town_officer", town, person=person["id"])
    other = await registers.office("town_officer", town)
    judged = {"kind": "member", "first_id": person["id"], "second_id": twin["id"], "reason": "同名同日生"}
    created = await own.post("/distinct-pairs", judged)
    pair = await other.made("/distinct-pairs", **judged)
    voided = await own.post(f"/distinct-pairs/{pair['id']}/void", MISTAKE, version=1)
    return {"create_distinct_pair": created, "void_distinct_pair": voided}


async def tries_on_own_committee(registers: Any, district: Any) -> dict[str, Any]:
    """Who is on the committee of the organisation, and holds an office above it."""
    branch, town = district.branches[1], district.towns[1]
    person, other = await registers.member(branch), await registers.office("town_officer", town)
    own = await registers.office("town_officer", town, person=person["id"])
    await other.made("/posts", **post(person, branch, kind="committee_member"))
    words = {"cause": "组织生活停顿", "measures": "补建班子", "responsible": "陈光"}
    dated = {"listed_on": "2025-01-10", "due_on": "2025-06-30"}
    listed = await other.made("/rectifications", organization_id=branch["id"], ground="by_hand", **words, **dated)
    path = f"/rectifications/{listed['id']}"
    money = {"organization_id": branch["id"], "kind": "dues_return", "year": 2024, "amount": "50.00"}
    money |= {"paid_on": "2025-01-10", "purpose": "教育活动"}
    paid = await other.made("/fund-payments", **money)
    begun = await other.made("/campaigns", organization_id=town["id"], title="百日攻坚", goal="清零", first_on=today())
    drawn = {"subject_kind": "organization", "size": 1}
    sample = await other.made(f"/campaigns/{begun['id']}/samples", **drawn)
    [check] = (await other.get("/campaign-checks", sample_id=sample["id"])).json()["items"]
    assert check["checked_organization_id"] == branch["id"]
    passed = {"checked_on": today(), "is_passed": True, "result": "整改到位"}
    return {
        "record_campaign_check": await own.post(f"/campaign-checks/{check['id']}/result", passed, version=1),
        "create_fund_payment": await own.post("/fund-payments", money),
        "void_fund_payment": await own.post(f"/fund-payments/{paid['id']}/void", MISTAKE, version=1),
        "correct_rectification": await own.patch(path, {"responsible": "孙立"}, version=1),
        "decide_rectification": await own.post(
            f"{path}/acceptance", {"is_accepted": True, "opinion": "整改到位"}, version=1
        ),
        "void_rectification": await own.post(f"{path}/void", MISTAKE, version=1),
    }


async def tries_as_an_officer(registers: Any, district: Any, person: Any) -> dict[str, Any]:
    town, branch = district.towns[0], district.branches[0]
    own = await registers.office("town_officer", town, person=person["id"])
    other = await registers.office("town_officer", town)
    unit, ending = await registers.unit(town), {"ended_on": "2024-01-01"}
    body = instructor(registers, town, id_number=await number_of(registers, district, person))
    tried = {
        "create_post": await own.post("/posts", post(person, town, kind="committee_member")),
        "correct_member": await own.patch(f"/members/{person['id']}", {"name": "改名"}, version=1),
        "create_instructor": await own.post("/instructors", body),
    }
    held = await other.made("/posts", **post(person, branch))
    tried["end_post"] = await own.post(f"/posts/{held['id']}/end", ending, version=1)
    tried["void_post"] = await own.post(f"/posts/{held['id']}/void", MISTAKE, version=1)
    engaged = await other.made("/instructors", **body)
    tried |= await tries_to_hold_posts_in_units(own, other, registers, town, person)
    serving = {"instructor_id": engaged["id"], "unit_id": unit["id"], "valid_from": "2022-01-01"}
    tried["create_instructor_assignment"] = await own.post("/instructor-assignments", serving)
    served = await other.made("/instructor-assignments", **serving)
    path = f"/instructor-assignments/{served['id']}"
    tried["end_instructor_assignment"] = await own.post(f"{path}/end", ending, version=1)
    tried["void_instructor_assignment"] = await own.post(f"{path}/void", MISTAKE, version=1)
    found = (await other.get("/findings", code="member_without_phone", q=person["name"])).json()["items"][0]
    tried["acknowledge_finding"] = await own.post(
        f"/findings/{found['id']}/acknowledgements", {"reason": "无需登记"}, version=1
    )
    appeal = {
        "organization_id": branch["id"],
        "author_member_id": person["id"],
        "topic": "停车难",
        "content": "车位不够",
    }
    raised = await other.made("/appeals", **appeal, raised_on="2025-03-01", due_on="2025-03-31")
    answer = {"answer": "已解决", "answered_on": "2025-03-20", "is_solved": True}
    tried["answer_appeal"] = await own.post(f"/appeals/{raised['id']}/answer", answer, version=1)
    tried["void_appeal"] = await own.post(f"/appeals/{raised['id']}/void", MISTAKE, version=1)
    tried |= await tries_on_own_service(own, other, town, person)
    tried |= await tries_on_own_dues(own, other, person)
    tried["void_member"] = await own.post(f"/members/{person['id']}/void", MISTAKE, version=1)
    asking, corrections = (
        {"id_number": registers.id_number(), **MISTAKE},
        f"/members/{person['id']}/id-number-corrections",
    )
    tried["ask_id_number_correction"] = await own.post(corrections, asking, version=1)
    asked = await other.post(corrections, asking, version=1)
    path, decision = f"/id-number-corrections/{asked.json()['id']}/decision", {"is_approved": True, **MISTAKE}
    tried["decide_id_number_correction"] = await own.post(path, decision, version=1)
    renamed = await other.patch(f"/members/{person['id']}", {"name": "改名"}, version=1)
    assert renamed.status_code == 200, renamed.text
    return tried


async def tries_to_hold_posts_in_units(own: Any, other: Any, registers: Any, town: Any, person: Any) -> dict[str, Any]:
    unit, ending = await registers.unit(town), {"ended_on": "2024-01-01"}
    held_there = {"member_id": person["id"], "unit_id": unit["id"], "title": "总经理", "valid_from": "2022-01-01"}
    tried = {"create_unit_post": await own.post("/unit-posts", held_there)}
    unit_post = await other.made("/unit-posts", **held_there)
    tried["end_unit_post"] = await own.post(f"/unit-posts/{unit_post['id']}/end", ending, version=1)
    tried["void_unit_post"] = await own.post(f"/unit-posts/{unit_post['id']}/void", MISTAKE, version=1)
    league = await registers.unit(town, mass_organizations=["league"])
    head = {"unit_id": league["id"], "kind": "league", "name": "王小明", "member_id": person["id"]}
    heads, in_office = "/mass-organization-heads", {**head, "valid_from": "2022-01-01"}
    tried["create_mass_organization_head"] = await own.post(heads, in_office)
    known = await other.made(heads, **in_office)
    tried["end_mass_organization_head"] = await own.post(f"{heads}/{known['id']}/end", ending, version=1)
    tried["void_mass_organization_head"] = await own.post(f"{heads}/{known['id']}/void", MISTAKE, version=1)
    return tried


async def tries_to_transfer_oneself(registers: Any, district: Any, person: Any) -> dict[str, Any]:
    elsewhere = district.towns[1]
    own = await registers.office("district_officer", district.root, person=person["id"])
    other = await registers.office("district_officer", district.root)
    number = await number_of(registers, district, person)
    letter, to_town = {"letter_number": "转〔2025〕1号"}, {"to_organization_id": elsewhere["id"], "reason": "工作调动"}
    wanted = {"id_number": number, **to_town}
    opening, asking = f"/members/{person['id']}/transfers", "/transfer-requests"
    tried = {
        "open_transfer": await own.post(opening, {**letter, **to_town}, version=1),
        "ask_transfer": await own.post(asking, wanted),
    }
    asker = await registers.office("town_officer", elsewhere)
    asked = await asker.made(asking, **wanted)
    tried["withdraw_transfer_request"] = await own.post(f"{asking}/{asked['id']}/withdrawal", MISTAKE, version=1)
    [transfer] = (await other.get("/transfers", member_id=person["id"])).json()["items"]
    path = f"/transfers/{transfer['id']}"
    tried["issue_transfer_letter"] = await own.post(f"{path}/letter", letter, version=1)
    tried["refuse_transfer"] = await own.post(f"{path}/refusal", MISTAKE, version=1)
    tried["receive_transfer"] = await own.post(f"{path}/receipt", {"received_on": "2025-01-01"}, version=1)
    tried["void_transfer"] = await own.post(f"{path}/void", MISTAKE, version=1)
    line = {"kind": "trustworthy", "happened_on": "2025-03-20", "content": "诚信经营示范岗"}
    tried["create_integrity_entry"] = await own.post(f"/members/{person['id']}/integrity-entries", line)
    written = await other.made(f"/members/{person['id']}/integrity-entries", **line)
    tried["void_integrity_entry"] = await own.post(f"/integrity-entries/{written['id']}/void", MISTAKE, version=1)
    return tried


async def tries_to_develop_oneself(registers: Any, district: Any) -> dict[str, Any]:
    person = await registers.member(district.branches[0], stage="applicant")
    own = await registers.office("district_officer", district.root, person=person["id"])
    other = await registers.office("district_officer", district.root)
    applied, opening = {"applied_on": "2025-03-03"}, f"/members/{person['id']}/developments"
    tried = {"open_development": await own.post(opening, applied, version=1)}
    begun = await other.post(opening, applied, version=1)
    path = f"/developments/{begun.json()['id']}"
    talk = {"stage": "apply", "kind": "talk", "happened_on": "2025-03-20", "content": "入党动机端正"}
    step, ending = {"step": "application", "done_on": "2025-03-03"}, {"ended_on": "2025-04-01", **MISTAKE}
    tried["correct_development"] = await own.patch(path, {"tag": "one_helps_one"}, version=1)
    tried["take_development_step"] = await own.post(f"{path}/steps", step, version=1)
    tried["end_development"] = await own.post(f"{path}/end", ending, version=1)
    tried["void_development"] = await own.post(f"{path}/void", MISTAKE, version=1)
    tried["create_development_paper"] = await own.post(f"{path}/papers", talk)
    paper = await other.made(f"{path}/papers", **talk)
    tried["void_development_paper"] = await own.post(f"/development-papers/{paper['id']}/void", MISTAKE, version=1)
    return tried


async def tries_as_an_administrator(registers: Any, district: Any, person: Any) -> dict[str, Any]:
    other = await registers.office("security_administrator")
    account = (await other.made("/accounts", username="officer", member_id=person["id"]))["id"]
    own = await registers.office("security_administrator", person=person["id"], account=UUID(account))
    grant = {
        "account_id": account,
        "role": "town_officer",
        "organization_id": district.towns[0]["id"],
        "reason": "分工",
    }
    tried = {"give_grant": await own.post("/grants", grant)}
    given = await other.made("/grants", **grant)
    tried["void_grant"] = await own.post(f"/grants/{given['id']}/void", MISTAKE, version=1)
    tried["end_grant"] = await own.post(f"/grants/{given['id']}/end", {"reason": "离任"}, version=1)
    for operation, step, body in ON_ACCOUNTS:
        tried[operation] = await own.post(f"/accounts/{account}/{step}", body, version=1)
    return tried


class TestNobody:
    async def test_decides_on_themselves_in_any_operation_that_decides(self, registers: Any) -> None:
        district = await registers.district()
        person = await registers.member(district.branches[0])

        tried = await tries_as_an_administrator(registers, district, person)
        tried |= await tries_as_an_officer(registers, district, person)
        tried |= await tries_on_own_committee(registers, district)
        tried |= await tries_on_own_lookalike(registers, district)
        tried |= await tries_to_develop_oneself(registers, district)
        tried |= await tries_to_transfer_oneself(registers, district, await registers.member(district.branches[0]))

        answers = {operation: (one.status_code, one.json()["code"]) for operation, one in tried.items()}
        assert {operation: found for operation, found in answers.items() if found not in REFUSALS} == {}
        assert answers.keys() == refused_in("registry")
