"""What officials take away as a file, and what a page of theirs needs in one request."""

from datetime import date
from typing import Any

import pytest

from services.scoring.tests.conftest import District, People
from services.scoring.tests.points.test_claims import confirmed, decided, filed, opened
from services.scoring.tests.sheets import opened as opened_sheet

pytestmark = pytest.mark.anyio
LISTS = ("entries", "balances", "claims", "diary-entries", "monthly-evaluations", "catalogues")


async def book_of(people: People, path: str, **params: Any) -> tuple[str, list[dict[str, Any]]]:
    answer = await people.district_officer.get(f"{path}/export", **params)
    assert answer.status_code == 200, answer.text
    return opened_sheet(answer.content)


@pytest.fixture
async def month(district: District, people: People) -> str:
    """A meeting, a claim that was confirmed, a day of the diary: something of each kind."""
    await district.meeting(people.branch, [people.member_id, people.colleague_id], held_on="2025-03-14")
    entry = {"practised_on": "2025-03-31", "kind": "visit", "content": "=1+1 走访职工"}
    assert (await people.member.post("/diary-entries", entry)).status_code == 201
    claim = await filed(people.member, people.member_id)
    evaluation = await opened(people)
    done = await decided(people.secretary, evaluation, {"claim_id": claim, "decision": "confirm"})
    assert (await confirmed(people.secretary, done.json())).json()["state"] == "confirmed"
    return str(evaluation["id"])


@pytest.mark.usefixtures("month")
class TestAnExport:
    @pytest.mark.parametrize("path", LISTS)
    async def test_has_dates_numbers_and_names(self, people: People, path: str) -> None:
        _, rows = await book_of(people, f"/{path}")

        assert rows

    async def test_of_the_ledger_says_why(self, people: People) -> None:
        title, rows = await book_of(people, "/entries", subject_id=str(people.member_id))

        assert title == "积分台账"
        meeting = next(row for row in rows if row["来源"] == "组织生活")
        assert meeting["事由"] == "2025-03-14 参加支部党员大会"
        assert meeting["发生日期"].date() == date(2025, 3, 14)
        assert "来源链接" not in meeting

    @pytest.mark.parametrize("path", ["entries", "balances", "claims", "diary-entries"])
    async def test_holds_for_members_only_what_is_their_own(self, people: People, path: str) -> None:
        mine = await people.member.get(f"/{path}")
        taken = await people.member.get(f"/{path}/export")
        colleague = await people.colleague.get(f"/{path}/export")

        assert len(opened_sheet(taken.content)[1]) == len(mine.json()["items"]) > 0
        assert "党员003" in str(opened_sheet(taken.content)[1])
        assert "党员003" not in str(opened_sheet(colleague.content)[1])


@pytest.mark.usefixtures("month")
class TestBalances:
    async def test_of_a_branch_come_at_once_best_first(self, people: People) -> None:
        query = {"organization_id": str(people.branch), "subject_kind": "member", "year": 2025}

        page = (await people.secretary.get("/balances", **query, sort="-points_total", with_total=True)).json()

        assert page["total"] == 4
        assert page["items"][0]["subject_id"] == str(people.member_id)
        assert [float(one["points_total"]) for one in page["items"]] == sorted(
            (float(one["points_total"]) for one in page["items"]), reverse=True
        )
        alone = (await people.secretary.get(f"/balances/{people.member_id}", year=2025)).json()
        assert page["items"][0]["points_total"] == alone["points_total"]
        assert alone["subject_name"] == page["items"][0]["subject_name"]

    async def test_show_a_member_only_their_own(self, people: People) -> None:
        seen = (await people.colleague.get("/balances", year=2025)).json()["items"]

        assert [one["subject_id"] for one in seen] == [str(people.colleague_id)]


@pytest.mark.usefixtures("month")
class TestAnEntry:
    async def test_leads_to_its_source(self, people: People) -> None:
        [entry] = (await people.member.get("/entries", source="scoring.claim")).json()["items"]

        claim = await people.member.http.get(entry["source_link"])
        again = await people.member.get(f"/entries/{entry['id']}")

        assert claim.json()["indicator_name"] == entry["indicator_name"]
        assert again.json() == entry
        assert (await people.colleague.get(f"/entries/{entry['id']}")).status_code == 404


class TestTheMonthlyPage:
    async def test_comes_in_one_request(self, people: People, month: str) -> None:
        page = (await people.secretary.get(f"/monthly-evaluations/{month}")).json()

        [claim] = page["claims"]
        assert (page["claims_count"], page["undecided_count"], page["graded_count"]) == (1, 0, 0)
        assert claim["subject_name"].startswith("党员")
        assert (claim["indicator_name"], claim["evidence_ids"]) == ("宣传稿件或典型被采用", [])
        assert claim["evaluation_name"] == "2025-03 月度评价"
        assert len(page["ungraded"]) == 4
