from datetime import date, timedelta
from functools import reduce
from operator import getitem
from typing import Any

import pytest

pytestmark = pytest.mark.anyio


class TestOverview:
    async def test_of_an_organisation_out_of_reach_answers_like_a_missing_one(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])

        answer = await officer.get("/overview", organization_id=district.root["id"])

        assert (answer.status_code, answer.json()["code"]) == (404, "organization-not-found")

    @pytest.mark.feature("R51")
    async def test_counts_only_ones_own_and_kinds_sum_to_the_total(self, registers: Any) -> None:
        district = await registers.district()
        await registers.member(district.branches[0])
        await registers.member(district.branches[1])
        officer = await registers.office("town_officer", district.towns[0])
        administrator = await registers.administrator()

        own, whole = (await officer.get("/overview")).json(), (await administrator.get("/overview")).json()

        assert (own["organizations"], own["primary_organizations"], own["members"]) == (2, 1, 1)
        assert (whole["organizations"], whole["primary_organizations"], whole["members"]) == (6, 2, 2)
        assert sum(whole["organizations_by_kind"].values()) == whole["organizations"]
        assert own["coverage"] == {"economic": None, "social": None, "total": None}

    async def test_compares_a_told_figure_with_the_sum_of_the_kinds_and_refuses_nothing(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])

        silent = (await officer.get("/overview")).json()
        compared = await officer.get("/overview", stated_organizations=3)
        negative = await officer.get("/overview", stated_organizations=-1)

        assert silent["comparison"] is None
        assert (compared.status_code, compared.json()["comparison"]) == (
            200,
            {
                "stated": 3,
                "counted": 2,
                "difference": 1,
                "statement": "党委 1、党支部 1,合计 2;所报 3,多 1,请核对",
            },
        )
        assert negative.status_code == 422


class TestEveryFigure:
    async def test_stands_as_of_the_day_before_on_and_after_what_changes_it(self, registers: Any) -> None:
        """Each change on its own day of 2024; the first day a thing no longer holds, it no longer counts."""
        district = await registers.district()
        town, (kept, ended) = district.towns[0], district.branches
        officer = await registers.office("district_officer", district.root)
        await registers.organization("branch", district.work, founded_on="2024-02-10")
        enterprise = await registers.unit(town, counted_from="2024-03-10")
        association = await registers.unit(town, kind="social_group", counted_from="2024-03-20")
        covered = {"organization_id": kept["id"], "mode": "single", "valid_from": "2024-04-10"}
        await officer.made(f"/units/{enterprise['id']}/coverage-links", **covered)
        await officer.made("/demonstration-points", organization_id=kept["id"], level="town", valid_from="2024-05-10")
        person = {"name": "赵指导", "id_number": registers.id_number(), "source": "sent", "engaged_on": "2024-06-10"}
        instructor = await officer.made("/instructors", **person, organization_id=town["id"])
        serving = {"instructor_id": instructor["id"], "unit_id": association["id"], "valid_from": "2024-07-10"}
        await officer.made("/instructor-assignments", **serving)
        await officer.post(
            f"/organizations/{ended['id']}/dissolution", {"dissolved_on": "2024-08-10", "reason": "企业注销"}, version=1
        )
        changes = {
            ("organizations",): ("2024-02-10", (6, 7)),
            ("organizations_by_kind", "branch"): ("2024-02-10", (2, 3)),
            ("directly_managed",): ("2024-02-10", (0, 1)),
            ("units",): ("2024-03-10", (0, 1)),
            ("units_by_sector", "social"): ("2024-03-20", (0, 1)),
            ("covered_units", "economic"): ("2024-04-10", (0, 1)),
            ("coverage", "economic"): ("2024-04-10", ("0.00", "100.00")),
            ("single_rate", "total"): ("2024-04-10", ("0.00", "50.00")),
            ("demonstration_points", "town"): ("2024-05-10", (0, 1)),
            ("demonstration_points", "total"): ("2024-05-10", (0, 1)),
            ("instructors",): ("2024-06-10", (0, 1)),
            ("work_coverage",): ("2024-07-10", ("50.00", "100.00")),
            ("primary_organizations",): ("2024-08-10", (3, 2)),
        }
        for keys, (day, (before, after)) in changes.items():
            found = []
            for off in (-1, 0, 1):
                as_of = str(date.fromisoformat(day) + timedelta(days=off))
                found.append(reduce(getitem, keys, (await officer.get("/overview", as_of=as_of)).json()))
            assert found == [before, after, after], (keys, day)

    async def test_of_members_follows_the_days_of_joining_confirming_and_leaving(self, registers: Any) -> None:
        district = await registers.district()
        home, officer = district.branches[0], await registers.office("district_officer", district.root)
        await registers.member(home, stage="formal", joined_on="2024-09-10", confirmed_on="2024-11-10")
        await registers.member(home, stage="formal")
        await registers.member(home, stage="activist")
        leaver = await registers.member(home, stage="probationary", joined_on="2024-01-01")
        mistake = await registers.member(home, stage="formal", joined_on="2024-01-01")
        await officer.post(f"/members/{mistake['id']}/void", {"reason": "重复登记"}, version=1)
        await officer.patch(f"/members/{leaver['id']}", {"left_on": "2024-10-10"}, version=1)

        found = {}
        for day in ("2024-09-09", "2024-09-10", "2024-10-09", "2024-10-10", "2024-11-09", "2024-11-10"):
            answer = (await officer.get("/overview", as_of=day)).json()
            stages = [answer["members_by_stage"][stage] for stage in ("formal", "probationary", "activist")]
            found[day[5:]] = (answer["members"], *stages)

        assert found == {
            "09-09": (2, 1, 1, 1),
            "09-10": (3, 1, 2, 1),
            "10-09": (3, 1, 2, 1),
            "10-10": (2, 1, 1, 1),
            "11-09": (2, 1, 1, 1),
            "11-10": (2, 2, 0, 1),
        }
