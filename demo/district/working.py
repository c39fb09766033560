"""A living example of what the district, a town and a centre do beside their registers: one of each, in 2024."""

from collections.abc import Mapping
from typing import Any

from demo.district.living import DAY, NEXT_DAY, keep
from deploy.calling import REGISTRY, Caller

Thing = Mapping[str, Any]
NEXT_SUMMER, NEXT_YEAR = "2025-06-30", 2025


async def work_together(district: Caller, root: Thing, branch: Thing, unit: Thing) -> None:
    """The joint council and what it decides, a dialogue, a village helped, a hundred days."""
    within = {"organization_id": root["id"]}
    council = {
        "title": "四季度联席会议",
        "present": ["organization_department", "commerce_federation", "civil_affairs"],
    }
    held = await keep(district, "council-meetings", {**within, **council, "held_on": DAY, "minutes": "研究信息共享"})
    asked = {"body": "market_regulation", "content": "每月提供新登记企业名单", "due_on": NEXT_SUMMER}
    await keep(district, "council-decisions", {"meeting_id": held["id"], **asked})
    talk = {"counterpart": "园区企业出资人", "speaker": "区委两新工委", "way": "meeting", "held_on": DAY}
    said = {"content": "通报扶持政策,听取意见", "result": "形成三条意见,交园区办理"}
    await keep(district, "talks", {"organization_id": branch["id"], **talk, **said})
    village = {"kind": "village", "helper_unit_id": unit["id"], "partner_village": "红旗村二组", "paired_on": DAY}
    paired = await keep(district, "pairings", village)
    done = {"acted_on": NEXT_DAY, "content": "招工进村,签约四人", "jobs": 4, "money": "26000.00"}
    await keep(district, "pairing-actions", {"pairing_id": paired["id"], **done})
    goal = {"title": "覆盖质量提升百日攻坚", "goal": "应建尽建,空白点清零", "first_on": DAY, "days": 100}
    await keep(district, "campaigns", {**within, **goal})


async def work_in_town(district: Caller, town: Thing, branch: Thing, unit: Thing) -> None:
    """A leader's contact, next year's plan, new staff, money for the work, and a visitor at the centre."""
    leader = {"leader_name": "吴钧", "leader_post": "镇党委副书记", "valid_from": DAY}
    await keep(district, "leader-contacts", {"organization_id": branch["id"], **leader})
    await keep(district, "development-plans", {"organization_id": town["id"], "year": NEXT_YEAR, "planned": 6})
    await keep(district, "hire-declarations", {"unit_id": unit["id"], "hired_on": DAY, "people": 12})
    money = {"year": NEXT_YEAR - 1, "payroll": "3600000.00", "budget": "30000.00", "spent": "28600.00"}
    await keep(district, "fund-budgets", {"unit_id": unit["id"], **money})
    [circle] = [one async for one in district.every(f"{REGISTRY}/circles", organization_id=town["id"])]
    visit = {"kind": "relations", "topic": "组织关系转入", "content": "刚到园区工作,怎样转来组织关系"}
    await keep(district, "service-requests", {"circle_id": circle["id"], "visitor_name": "来访职工", **visit})
