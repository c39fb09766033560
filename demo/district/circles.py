"""Six activity circles with their centres, staff and rooms, and what the district asks of its demonstration points."""

from collections.abc import Mapping
from typing import Any

from deploy.calling import REGISTRY, Caller

AREAS = ("500.00", "600.00", "700.00", "800.00", "900.00", "500.00")
"""4,000 square metres together; each cost 700,000 yuan."""
STAFF = (("instructor", "党建指导员"), ("theory_teacher", "理论教员"))
SINCE, STANDARDS_SINCE = "2024-01-01", "2010-01-01"
SEATS, ITEMS = 60, 10
COMMON = ("班子坚强有力", "党员作用突出", "工作机制健全", "活动场所规范", "组织生活经常")
OF_LEVEL = {
    "city": ("党建品牌鲜明", "经验可以推广", "带动周边组织", "发展业绩领先", "职工群众满意"),
    "district": ("制度执行到位", "档案资料齐全", "群团组织活跃", "劳动关系和谐", "职工群众满意"),
    "town": ("设施配备到位", "标志党旗规范", "书报资料齐全", "党费按月收缴", "职工群众满意"),
}


async def open_circles(caller: Caller) -> None:
    towns = (await caller.get(f"{REGISTRY}/organizations", kind="committee", limit=len(AREAS)))["items"]
    for number, (town, area) in enumerate(zip(towns, AREAS, strict=True), start=1):
        await _open_circle(caller, number, town, area)


async def _open_circle(caller: Caller, number: int, town: Mapping[str, Any], area: str) -> None:
    """Sent again after an interruption, each of these changes nothing."""

    async def make(path: str, key: str, **body: Any) -> Mapping[str, Any]:
        made: Mapping[str, Any] = await caller.post(f"{REGISTRY}/{path}", body, key=f"demo-{key}-{number}")
        return made

    name = town["name"]
    centre = {"centre_name": f"{name}活动中心", "address": f"{name}驻地", "area": area, "cost": "700000.00"}
    run = {"organization_id": town["id"]}
    circle = await make("circles", "circle", **run, name=f"第{number}党建活动圈", **centre, opened_on=SINCE)
    within = {"circle_id": circle["id"]}
    for kind, title in STAFF:
        await make("centre-staff", kind, **within, kind=kind, person_name=f"{title}{number}", valid_from=SINCE)
    await make("circle-rooms", "room", **within, name="报告厅", capacity=SEATS, opening="周一至周五 9:00–17:00")
    await make("circle-memberships", "member", **within, **run, walking_minutes=8, joined_on=SINCE)


async def word_standards(caller: Caller) -> None:
    """市级抓提高、区级抓规范、镇街级抓基础: ten items each; one demonstration point lacks the last of them."""
    root = (await caller.get(f"{REGISTRY}/organizations", level=1))["items"][0]
    for level, own in OF_LEVEL.items():
        body = {"organization_id": root["id"], "level": level, "valid_from": STANDARDS_SINCE, "items": [*COMMON, *own]}
        await caller.post(f"{REGISTRY}/site-standards", body, key=f"demo-standard-{level}")
    point = (await caller.get(f"{REGISTRY}/demonstration-points", level="city", limit=1))["items"][0]
    items = [{"item": str(number), "is_met": number < ITEMS} for number in range(1, ITEMS + 1)]
    check = {"organization_id": point["organization_id"], "check_list": "ten_standards", "items": items}
    await caller.post(f"{REGISTRY}/site-checks", {**check, "checked_on": point["valid_from"]}, key="demo-site-check")
