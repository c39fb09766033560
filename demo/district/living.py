"""A living example of what the tree and the units keep beside the imported registers, in the town that is shown."""

from collections.abc import Mapping
from typing import Any

from deploy.calling import REGISTRY, Caller

Thing = Mapping[str, Any]
DAY, NEXT_DAY = "2024-11-04", "2024-11-05"
LEDGER = {
    "operation": "生产经营正常,订单稳定",
    "staff": "职工六十余人,以本镇居民为主",
    "members": "正式党员两名,组织关系在村",
    "owner": "出资人愿意支持党建工作",
    "reason_unbuilt": "正式党员不足三名,拟联合组建",
}


async def keep_examples(district: Caller, town: Thing, branch: Thing, secretary: str) -> Thing:
    """A loading that goes on adds nothing twice. Answers the unit without an organisation."""
    unit = await _uncovered(district, town)
    await _elect(district, branch)
    held = {"member_id": secretary, "unit_id": unit["id"], "title": "总经理", "valid_from": DAY}
    await keep(district, "unit-posts", held)
    project = {"organization_id": town["id"], "name": "新能源电池二期", "signed_on": DAY, "checks": ["in_the_contract"]}
    await keep(district, "investment-projects", project)
    await keep(district, "investment-projects", {**project, "name": "冷链物流园", "checks": []})
    await _look_after(district, town, unit)
    return unit


def _is_it(one: Thing, body: Thing) -> bool:
    """What is asked and not shown, as the code of a unit, is known by what is shown."""
    return all(one[key] == value for key, value in body.items() if key in one)


async def _elect(district: Caller, branch: Thing) -> None:
    result = {"entitled": 20, "present": 18, "result": "选举产生新一届支部委员会"}
    await keep(district, "elections", {"organization_id": branch["id"], "held_on": DAY, **result})


async def _look_after(district: Caller, town: Thing, unit: Thing) -> None:
    """What is known of a unit without an organisation, what is planned, and the round in which it was looked at."""
    for block, content in LEDGER.items():
        entry = {"unit_id": unit["id"], "block": block, "checked_on": DAY, "content": content}
        await keep(district, "ledger-entries", entry)
    plan = {"content": "与相邻企业联合组建党支部", "responsible": "镇街组织委员", "planned_on": DAY}
    await keep(district, "unit-plans", {"unit_id": unit["id"], **plan, "due_on": "2025-06-30"})
    survey = {"organization_id": town["id"], "title": "四季度滚动排查", "opened_on": DAY}
    opened = await keep(district, "survey-rounds", survey)
    found = {"survey_round_id": opened["id"], "unit_id": unit["id"], "checked_on": NEXT_DAY}
    await keep(district, "survey-checks", {**found, "content": "正式党员两名,已列入联合组建计划"})
    told = {"event_number": "NJ-2024-000001", "kind": "inspection", "code": unit["code"], "name": unit["name"]}
    told |= {"unit_kind": unit["kind"], "jurisdiction_id": unit["jurisdiction_id"], "occurred_on": NEXT_DAY}
    await keep(district, "unit-notices", {**told, "formal_members": 2})


async def _uncovered(district: Caller, town: Thing) -> Thing:
    async for unit in district.every(f"{REGISTRY}/units", under=town["id"]):
        if not unit["coverage_links"]:
            return unit
    raise LookupError(f"{town['name']}没有未建党组织的单位")


async def keep(district: Caller, register: str, body: Thing) -> Any:
    """The first of its kind; what a loading before has written is left as it is."""
    path = f"{REGISTRY}/{register}"
    known = [one async for one in district.every(path) if _is_it(one, body)]
    return known[0] if known else await district.post(path, body)
