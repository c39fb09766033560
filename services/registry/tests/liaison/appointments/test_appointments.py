"""派、选、聘、挑、招: where instructors, secretaries and teams come from, and who is seconded."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from kit.database import app_transaction
from registry.tree.organizations.models import PartyOrganization
from registry.tree.posts.kinds import AppointmentSource, Background
from services.registry.tests.oversight.findings.facts import Facts

pytestmark = pytest.mark.anyio
SENT, SECONDED, ASSOCIATION, OWNERS = 290, 48, 23, 73
DAY = "2025-03-31"
HELD = {"valid_from": date(2024, 1, 1)}


@pytest.fixture
async def officer(registers: Any) -> Any:
    """Of a town that has exactly these."""
    district = await registers.district()
    async with app_transaction(registers.app) as db:
        facts, town = Facts(db), await db.get_one(PartyOrganization, UUID(district.towns[0]["id"]))
        for number in range(SENT):
            unit = await facts.unit(town, f"企业{number}")
            await facts.counted(unit, date(2020, 1, 1))
            await facts.instructor(town, f"指导员{number}", [unit], source=AppointmentSource.SENT)
        await facts.instructor(town, "已离任", source=AppointmentSource.SENT, released_on=date(2025, 1, 1))
        await facts.instructor(town, "未登记来源")
        branch = await facts.organization("支部", town)
        for _ in range(SECONDED):
            await facts.post(await facts.member(branch), branch, "deputy_secretary", is_seconded=True, **HELD)
        await facts.post(await facts.member(branch), branch, "deputy_secretary", **HELD)
        for number in range(ASSOCIATION):
            own = await facts.organization(f"协会支部{number}", town)
            elected = {"source": AppointmentSource.ELECTED, "background": Background.ASSOCIATION_MEMBER}
            await facts.post(await facts.member(own), own, "secretary", **elected, **HELD)
        for _ in range(OWNERS):
            owner = {"source": AppointmentSource.PICKED, "background": Background.OWNER}
            member = await facts.member(branch)
            for kind in ("committee_member", "publicity_officer"):
                await facts.post(member, branch, kind, **owner, **HELD)
    return await registers.office("town_officer", district.towns[0])


def number(lines: Sequence[dict[str, Any]], **wanted: str | None) -> int:
    return sum(one["number"] for one in lines if wanted.items() <= one.items())


class TestAppointments:
    @pytest.mark.feature("R15")
    async def test_count_290_instructors_who_cover_all_units_and_48_seconded_deputies(self, officer: Any) -> None:
        overview = (await officer.get("/overview", as_of=DAY)).json()
        figures = (await officer.get("/appointment-figures", as_of=DAY)).json()
        wanted = {"kind": "deputy_secretary", "is_seconded": True, "as_of": DAY, "with_total": True}

        assert (overview["units"], Decimal(overview["work_coverage"])) == (SENT, Decimal(100))
        assert figures["seconded_deputies"] == SECONDED
        assert (await officer.get("/posts", **wanted)).json()["total"] == SECONDED
        assert (await officer.get("/appointment-figures", as_of="2023-12-31")).json()["seconded_deputies"] == 0

    @pytest.mark.feature("R16")
    async def test_tell_290_sent_23_from_associations_and_73_owners_in_teams(self, officer: Any) -> None:
        figures = (await officer.get("/appointment-figures", as_of=DAY)).json()

        posts = figures["posts_by_source"]
        assert number(figures["instructors_by_source"], source="sent") == SENT
        assert figures["instructors"] == SENT + 1
        assert number(posts, kind="secretary", source="elected", background="association_member") == ASSOCIATION
        assert figures["owners_in_teams"] == OWNERS
        assert number(posts, source="picked", background="owner") == 2 * OWNERS
