"""A paper of an organisation and its numbered issues."""

from datetime import date, timedelta
from typing import Any

import httpx2
import pytest

from services.training.tests.district import SignIn, Town
from services.training.tests.test_exports import exported

pytestmark = pytest.mark.anyio


async def founded(town: Town) -> str:
    paper = {"organization_id": str(town.id), "name": "先锋报", "form": "newspaper", "founded_on": "2015-01-01"}
    made = await town.officer.post("/publications", paper)
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def issued(town: Town, paper: str, number: int, day: str, **changes: Any) -> httpx2.Response:
    issue = {"publication_id": paper, "number": number, "published_on": day, "headline": f"第{number}期要目", **changes}
    return await town.officer.post("/publication-issues", issue)


class TestPublication:
    async def test_of_another_town_answers_like_a_missing_one(self, town: Town, other_town: Town) -> None:
        paper = await founded(town)

        seen = await other_town.officer.get(f"/publications/{paper}")
        issue = await issued(other_town, paper, 1, "2025-01-01")

        assert (seen.status_code, seen.json()["code"]) == (404, "publication-not-found")
        assert (issue.status_code, issue.json()["code"]) == (422, "unknown-publication")

    @pytest.mark.feature("T30")
    async def test_of_117_issues_lists_and_exports_them_all_to_the_members(self, town: Town, sign_in: SignIn) -> None:
        paper = await founded(town)
        for number in range(1, 118):
            day = date(2015, 1, 1) + timedelta(days=30 * number)
            assert (await issued(town, paper, number, day.isoformat(), copies=500)).status_code == 201
        member = await sign_in(("member", town.branch), person=town.people[1])

        listed = (
            await member.get("/publication-issues", publication_id=paper, sort="number", limit=200, with_total=True)
        ).json()
        rows = await exported(town.officer, "/publication-issues", publication_id=paper, sort="-number")

        seen = (await member.get(f"/publications/{paper}")).json()
        assert (seen["issues"], seen["latest_number"], seen["missing"]) == (117, 117, 0)
        assert (listed["total"], [one["number"] for one in listed["items"]]) == (117, list(range(1, 118)))
        assert [row["期号"].value for row in rows] == list(range(117, 0, -1))

    async def test_is_kept_by_its_own_organisation_and_not_by_a_branch_below(self, town: Town) -> None:
        """The secretary of a branch reads the town's paper as a member and changes nothing of it."""
        paper = await founded(town)
        issue = (await issued(town, paper, 1, "2025-01-01")).json()["id"]

        answers = [
            await town.secretary.patch(f"/publications/{paper}", {"name": "别名"}, If_Match='"1"'),
            await town.secretary.post(f"/publication-issues/{issue}/void", {"reason": "误"}, If_Match='"1"'),
            await town.secretary.post(
                "/publication-issues",
                {"publication_id": paper, "number": 2, "published_on": "2025-02-01", "headline": "要目"},
            ),
        ]

        assert [one.status_code for one in answers] == [404, 404, 422]
        assert (await town.secretary.get(f"/publications/{paper}")).status_code == 200


class TestIssue:
    async def test_stands_once_and_its_number_rises_with_its_day(self, town: Town) -> None:
        paper = await founded(town)
        first = (await issued(town, paper, 1, "2025-01-10")).json()["id"]
        await issued(town, paper, 3, "2025-03-10")

        answers = [
            await issued(town, paper, 3, "2025-03-11"),
            await issued(town, paper, 2, "2025-03-11"),
            await issued(town, paper, 4, "2025-03-09"),
            await issued(town, paper, 4, "2025-03-21"),
            await issued(town, paper, 2, "2014-12-31"),
            await town.officer.patch(f"/publication-issues/{first}", {"published_on": "2025-03-11"}, If_Match='"1"'),
        ]

        assert [(one.status_code, one.json()["code"]) for one in answers] == [
            (409, "issue-exists"), (409, "issue-out-of-order"), (409, "issue-out-of-order"), (422, "day-to-come"),
            (422, "before-founding"), (409, "issue-out-of-order"),
        ]  # fmt: skip
        seen = (await town.officer.get(f"/publications/{paper}")).json()
        assert (seen["issues"], seen["latest_number"], seen["missing"]) == (2, 3, 1)

    async def test_void_makes_room_for_its_number(self, town: Town) -> None:
        paper = await founded(town)
        path = f"/publication-issues/{(await issued(town, paper, 1, '2025-01-10')).json()['id']}"

        voided = await town.officer.post(f"{path}/void", {"reason": "期号录错"}, If_Match='"1"')

        assert voided.json()["void_reason"] == "期号录错"
        assert (await issued(town, paper, 1, "2025-01-10")).status_code == 201
        assert (await town.officer.patch(path, {"copies": 1}, If_Match='"2"')).json()["code"] == "record-void"

    async def test_goes_with_its_paper_and_is_never_older(self, town: Town) -> None:
        paper = await founded(town)
        await issued(town, paper, 1, "2025-01-10")
        path = f"/publications/{paper}"

        late = await town.officer.patch(path, {"founded_on": "2025-01-11"}, If_Match='"1"')
        same_day = await town.officer.patch(path, {"founded_on": "2025-01-10"}, If_Match='"1"')
        await town.officer.post(f"{path}/void", {"reason": "重复登记"}, If_Match='"2"')

        assert (late.status_code, late.json()["code"]) == (422, "before-founding")
        assert (same_day.status_code, same_day.json()["founded_on"]) == (200, "2025-01-10")
        assert (await town.officer.get("/publication-issues")).json()["items"] == []
