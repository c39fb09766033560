"""双向进入、交叉任职: who of a team of the Party also holds a post in a unit, and on which day."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from kit.database import app_transaction
from registry.tree.cross_appointments.models import UnitPost
from registry.tree.organizations.models import PartyOrganization
from services.registry.tests.oversight.findings.facts import Facts
from services.registry.tests.tree.posts.test_posts import post

pytestmark = pytest.mark.anyio
DAY = "2025-03-31"
SINCE = date(2024, 1, 1)
MISTAKE = {"reason": "录入有误"}


async def team(registers: Any, town: Any, people: int, both: int) -> None:
    """One branch whose team has so many people, of whom so many hold a post in a unit."""
    async with app_transaction(registers.app) as db:
        facts, place = Facts(db), await db.get_one(PartyOrganization, UUID(town["id"]))
        branch, unit = await facts.organization("支部", place), await facts.unit(place, "星火公司")
        for number in range(people):
            member = await facts.member(branch)
            await facts.post(member, branch, "committee_member", valid_from=SINCE)
            if number < both:
                held = {"member_id": member.id, "unit_id": unit.id, "title": "部门经理", "valid_from": SINCE}
                owned = {"organization_id": branch.id, "root_id": branch.root_id, "recorded_by": uuid4()}
                db.add(UnitPost(**held, **owned))


class TestUnitPost:
    async def test_out_of_reach_closed_or_of_tomorrow_is_refused(self, registers: Any) -> None:
        district = await registers.district()
        own, foreign = [await registers.member(branch) for branch in district.branches]
        unit, other = [await registers.unit(town) for town in district.towns]
        officer = await registers.office("town_officer", district.towns[0])
        good = {"member_id": own["id"], "unit_id": unit["id"], "title": "总经理", "valid_from": "2024-01-01"}
        tried = [{"member_id": foreign["id"]}, {"unit_id": other["id"]}, {"valid_from": "2099-01-01"}]

        codes = [(await officer.post("/unit-posts", {**good, **wrong})).json()["code"] for wrong in tried]
        await officer.made("/unit-posts", **good)
        twice = await officer.post("/unit-posts", good)

        assert codes == ["unknown-unit-post-holder", "unknown-unit-of-post", "wrong-dates"]
        assert (twice.status_code, twice.json()["code"]) == (409, "unit-post-already-held")

    async def test_counts_from_its_day_to_its_end_and_never_when_it_was_a_mistake(self, registers: Any) -> None:
        district = await registers.district()
        town, branch = district.towns[0], district.branches[0]
        officer = await registers.office("town_officer", town)
        unit = await registers.unit(town)
        holders = [await registers.member(branch) for _ in range(2)]
        made = []
        for member, kind in zip(holders, ("secretary", "committee_member"), strict=True):
            await officer.made("/posts", **post(member, branch, kind=kind))
            held = {"member_id": member["id"], "unit_id": unit["id"], "title": "总经理", "valid_from": "2024-01-01"}
            made.append(await officer.made("/unit-posts", **held))

        async def both_on(day: str) -> tuple[int, int, str]:
            read = (await officer.get("/cross-appointments", organization_id=town["id"], as_of=day)).json()
            return read["team"], read["both_posts"], read["cross_share"]

        path = f"/unit-posts/{made[0]['id']}"
        ended = await officer.ended(path, 1, ended_on="2025-03-01")
        before = [await both_on(day) for day in ("2023-12-31", "2024-01-01", "2025-02-28", "2025-03-01")]
        again = await officer.post(f"{path}/end", {"ended_on": "2025-04-01"}, version=2)
        await officer.post(f"/unit-posts/{made[1]['id']}/void", MISTAKE, version=1)

        assert before == [(2, 0, "0.0"), (2, 2, "100.0"), (2, 2, "100.0"), (2, 1, "50.0")]
        assert (ended["ended_on"], again.json()["code"]) == ("2025-03-01", "already-ended")
        assert await both_on("2025-03-01") == (2, 0, "0.0")
        sheet = (await officer.get("/unit-posts/export", format="csv")).text
        assert f"{holders[0]['name']}," in sheet
        assert "总经理,2024-01-01,2025-03-01" in sheet
        listed = (await officer.get("/unit-posts", as_of="2025-02-01")).json()["items"]
        assert [one["id"] for one in listed] == [made[0]["id"]]
        told = registers.events("registry.unit_post.changed.v1")
        assert [(one["ended_on"], one["is_void"]) for one in told][2:] == [("2025-03-01", False), (None, True)]


class TestCrossShare:
    @pytest.mark.feature("R17")
    @pytest.mark.parametrize(("people", "both", "share"), [(420, 347, "82.6"), (421, 348, "82.7")])
    async def test_of_420_with_347_is_82_6_and_of_421_with_348_is_82_7(
        self, registers: Any, people: int, both: int, share: str
    ) -> None:
        district = await registers.district()
        await team(registers, district.towns[0], people, both)
        officer = await registers.office("district_officer", district.root)

        read = (await officer.get("/cross-appointments", organization_id=district.root["id"], as_of=DAY)).json()
        other = {"organization_id": district.towns[1]["id"], "as_of": DAY}

        assert (read["team"], read["both_posts"], read["cross_share"]) == (people, both, share)
        assert (await officer.get("/cross-appointments", **other)).json()["cross_share"] is None

    async def test_counts_a_person_of_two_posts_once(self, registers: Any) -> None:
        district = await registers.district()
        branch = district.branches[0]
        officer = await registers.office("town_officer", district.towns[0])
        member = await registers.member(branch)
        for kind in ("secretary", "publicity_officer"):
            await officer.made("/posts", **post(member, branch, kind=kind))

        read = (await officer.get("/cross-appointments", organization_id=branch["id"], as_of=DAY)).json()

        assert (read["team"], read["both_posts"]) == (1, 0)
