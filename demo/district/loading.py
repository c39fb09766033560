import asyncio
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from demo.district.circles import open_circles, word_standards
from demo.district.district import build_district
from demo.district.enrolment import Enrolment
from demo.district.imports import import_workbook
from demo.district.living import keep_examples
from demo.district.names import TOWNS
from demo.district.workbooks import WORKBOOKS, Workbook, write_workbooks
from demo.district.working import work_in_town, work_together
from deploy.calling import REGISTRY, Caller

SHOWN_TOWN = TOWNS[0]


async def load_district(enrolment: Enrolment, console: Console) -> None:
    """The order of an introduction: administrators, the tree, an officer for it, the registers, then the people."""
    system = await enrolment.system_administrator()
    security = await enrolment.administrator("security_administrator")
    await enrolment.administrator("audit_administrator")
    workbooks = await asyncio.to_thread(write_workbooks, build_district())
    first, *others = WORKBOOKS
    with _bars(console) as bars:
        await _import(bars, system, first, workbooks)
        district = await _district_officer(enrolment, system, security)
        for book in others:
            await _import(bars, district, book, workbooks)
    await open_circles(district)
    await word_standards(district)
    await _people(enrolment, district, security)


def _bars(console: Console) -> Progress:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=console)


async def _import(bars: Progress, caller: Caller, book: Workbook, workbooks: Mapping[str, bytes]) -> None:
    total = sum(1 for _ in book.rows(build_district()))
    bar = bars.add_task(f"导入 {book.title}", total=total)
    await import_workbook(caller, book, workbooks[book.kind], lambda done: bars.update(bar, completed=done))
    bars.update(bar, completed=total)
    if not bars.console.is_terminal:
        bars.console.print(f"{book.title} 已导入")


async def _district_officer(enrolment: Enrolment, system: Caller, security: Caller) -> Caller:
    root = (await system.get(f"{REGISTRY}/organizations", level=1))["items"][0]
    return await enrolment.person(security, "district_officer", "gongwei", granted_at=root["id"])


async def _people(enrolment: Enrolment, district: Caller, security: Caller) -> None:
    """One town, one of its branches: whoever is secretary there, a member without post, an instructor."""
    town = (await district.get(f"{REGISTRY}/organizations", q=SHOWN_TOWN, kind="committee"))["items"][0]
    branches = await district.get(f"{REGISTRY}/organizations", parent_id=town["id"], kind="branch")
    branch = branches["items"][0]
    town_secretary = await _secretary(district, town)
    await enrolment.person(security, "town_officer", "zhenjie", member_id=town_secretary)
    secretary = await _secretary(district, branch)
    await enrolment.person(security, "branch_secretary", "shuji", member_id=secretary)
    member = await _without_post(district, branch)
    await enrolment.person(security, "member", "dangyuan", member_id=member)
    instructor = await _outside_instructor(district, town)
    await enrolment.person(security, "instructor", "zhidaoyuan", instructor_id=instructor)
    unit = await keep_examples(district, town, branch, secretary)
    root = (await district.get(f"{REGISTRY}/organizations", level=1))["items"][0]
    await work_together(district, root, branch, unit)
    await work_in_town(district, town, branch, unit)


async def _secretary(district: Caller, organization: Mapping[str, Any]) -> str:
    posts = await district.get(f"{REGISTRY}/posts", organization_id=organization["id"], kind="secretary")
    return str(posts["items"][0]["member_id"])


async def _without_post(district: Caller, branch: Mapping[str, Any]) -> str:
    async for member in district.every(f"{REGISTRY}/members", organization_id=branch["id"], stage="formal"):
        posts = await district.get(f"{REGISTRY}/posts", member_id=member["id"])
        if not posts["items"]:
            return str(member["id"])
    raise LookupError(f"{branch['name']}没有未任职的正式党员")


async def _outside_instructor(district: Caller, town: Mapping[str, Any]) -> str:
    async for instructor in district.every(f"{REGISTRY}/instructors", organization_id=town["id"]):
        if instructor["member_id"] is None:
            return str(instructor["id"])
    raise LookupError(f"{town['name']}没有区外选派的指导员")
