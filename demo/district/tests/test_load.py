"""The whole district through the real import: what the overview must show afterwards, and a loading begun twice."""

import io
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest
from rich.console import Console

from demo.district.accounts import ROLES, AccountBook
from demo.district.enrolment import Enrolment
from demo.district.loading import load_district
from deploy.calling import REGISTRY, Caller

pytestmark = pytest.mark.anyio


async def test_the_district_is_there_once_however_often_it_is_loaded(
    http: httpx2.AsyncClient, invite: Callable[[str], str], book: AccountBook, tmp_path: Path
) -> None:
    quiet = Console(file=io.StringIO())
    await load_district(Enrolment(http, invite, book), quiet)
    await load_district(Enrolment(http, invite, AccountBook(tmp_path / "accounts.json")), quiet)

    accounts = {account.role: account for account in book}
    assert tuple(accounts) == ROLES
    callers = {role: Caller(http, one.username, one.password) for role, one in accounts.items()}
    held = {role: await callers[role].get(f"{REGISTRY}/accounts/me") for role in ROLES}
    assert all(role in {one["role"] for one in own["roles"]} for role, own in held.items())
    assert {role: accounts[role].scope for role in ROLES if not role.endswith("administrator")} == {
        role: "、".join(one["organization_name"] for one in own["roles"] if one["role"] == role)
        for role, own in held.items()
        if not role.endswith("administrator")
    }
    assert accounts["instructor"].scope == "中共清溪镇百川茶叶种植专业合作社支部委员会"
    kept = ("elections", "unit-posts", "survey-rounds", "unit-plans", "unit-notices", "investment-projects")
    totals = [(await callers["town_officer"].get(f"{REGISTRY}/{one}", with_total="true"))["total"] for one in kept]
    assert totals == [1, 1, 1, 1, 1, 2]
    worked = (
        "council-meetings", "council-decisions", "talks", "pairings", "pairing-actions", "campaigns", "leader-contacts",
        "development-plans", "hire-declarations", "fund-budgets", "service-requests",
    )  # fmt: skip
    office = callers["district_officer"]
    totals = [(await office.get(f"{REGISTRY}/{one}", with_total="true"))["total"] for one in worked]
    assert totals == [1] * len(worked)
    overview = await callers["district_officer"].get(f"{REGISTRY}/overview")
    assert overview["primary_organizations"] == 375
    assert overview["directly_managed"] == 12
    assert overview["units"] == 532
    assert overview["covered_units"] == {"economic": 351, "social": 24, "total": 375}
    assert overview["coverage"]["economic"] == "72.52"
    assert overview["coverage"]["social"] == "50.00"
    assert overview["work_coverage"] == "100.00"
    assert overview["demonstration_points"] == {"city": 12, "district": 57, "town": 138, "total": 207}
    assert overview["instructors"] == 290
    circles = await callers["district_officer"].get(f"{REGISTRY}/circle-figures")
    assert (circles["circles"], circles["centres"], circles["area"]) == (6, 6, "4000.00")
    staff = await callers["district_officer"].get(f"{REGISTRY}/centre-staff", with_total=True)
    assert staff["total"] == 12
    standards = await callers["branch_secretary"].get(f"{REGISTRY}/site-standards")
    assert {one["level"]: len(one["items"]) for one in standards["items"]} == {"city": 10, "district": 10, "town": 10}
    assert sum(overview["members_by_stage"].values()) == 6000
