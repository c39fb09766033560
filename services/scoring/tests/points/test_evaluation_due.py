"""A month is judged by the 10th of the next; later only as the superior opened or extended it, with a reason."""

from typing import Any

import pytest

from services.scoring.tests.conftest import Client, District, People
from services.scoring.tests.points.test_claims import confirmed, opened

pytestmark = pytest.mark.anyio
LATE = {"late_reason": "书记住院,委托上级补开"}


async def asked(client: Client, people: People, month: str = "2025-03", **more: Any) -> tuple[int, str]:
    new = {"organization_id": str(people.branch), "month": month, **more}
    answer = await client.post("/monthly-evaluations", new)
    return answer.status_code, answer.json().get("code", answer.json().get("due_on"))


class TestOpening:
    @pytest.mark.parametrize(
        ("now", "expected"),
        [
            ("2025-04-09T12:00:00", (201, "2025-04-10")),
            ("2025-04-10T23:50:00", (201, "2025-04-10")),
            ("2025-04-11T00:00:01", (409, "evaluation-overdue")),
        ],
    )
    async def test_by_the_secretary_ends_with_the_tenth(
        self, district: District, people: People, now: str, expected: tuple[int, str]
    ) -> None:
        await district.clock(now)

        assert await asked(people.secretary, people) == expected

    async def test_after_the_tenth_is_the_superiors_with_a_reason(self, district: District, people: People) -> None:
        await district.clock("2025-04-11T09:00:00")

        own_reason = await asked(people.secretary, people, **LATE)
        silent = await asked(people.town_officer, people)
        reasoned = await asked(people.town_officer, people, **LATE)

        assert (own_reason, silent) == ((409, "evaluation-overdue"), (409, "evaluation-overdue"))
        assert reasoned == (201, "2025-04-21")
        assert [one["extension_reason"] for one in await district.events("scoring.monthly_evaluation.extended.v1")] == [
            LATE["late_reason"]
        ]

    @pytest.mark.parametrize(("month", "expected"), [("2024-01", 201), ("2023-12", 409), ("2000-01", 409)])
    async def test_reaches_back_to_the_year_before(
        self, district: District, people: People, month: str, expected: int
    ) -> None:
        await district.clock("2025-04-11T09:00:00")

        status, said = await asked(people.town_officer, people, month, **LATE)

        assert status == expected
        assert expected == 201 or said == "month-too-old"


class TestConfirmation:
    async def test_ends_with_the_tenth_too_and_can_be_extended_by_the_superior(
        self, district: District, people: People
    ) -> None:
        evaluation = await opened(people)
        path = f"/monthly-evaluations/{evaluation['id']}"
        await district.clock("2025-04-11T00:00:01")

        overdue = await confirmed(people.secretary, evaluation)
        extension = {"due_on": "2025-04-20", "reason": "支部搬迁"}
        by_oneself = await people.secretary.post(f"{path}/extension", extension, If_Match='"1"')
        too_long = await people.town_officer.post(
            f"{path}/extension", extension | {"due_on": "2025-05-13"}, If_Match='"1"'
        )
        extended = await people.town_officer.post(f"{path}/extension", extension, If_Match='"1"')
        await district.clock("2025-04-20T23:59:00")
        done = await confirmed(people.secretary, extended.json())

        assert [one.json()["code"] for one in (overdue, by_oneself, too_long)] == [
            "evaluation-overdue",
            "forbidden",
            "extension-out-of-range",
        ]
        assert (extended.status_code, extended.json()["due_on"], done.status_code) == (201, "2025-04-20", 200)
