"""党建经费: 1 % of the payroll, dues that are returned, rewards tied to the star record (R57)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from kit.calendar import SHANGHAI, real_now
from kit.clock import set_offset
from kit.database import app_transaction
from kit.events import Event
from kit.ids import uuid7
from registry.members.integrity_cards.consumers import SCORING
from scoring.honours.stars.events import StarPublished
from scoring.subjects import SubjectKind

pytestmark = pytest.mark.anyio
WHY = "超出部分由企业自有资金列支"
IN_2025 = datetime(2025, 6, 10, 12, tzinfo=SHANGHAI)


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


@dataclass
class Story:
    registers: Any
    district: Any
    officer: Any
    unit: dict[str, Any]

    @property
    def branch(self) -> dict[str, Any]:
        return dict(self.district.branches[0])

    def money(self, **fields: Any) -> dict[str, Any]:
        usual = {"unit_id": self.unit["id"], "year": 2024, "payroll": "1000000.00", "budget": "9000.00"}
        return {**usual, "spent": "9500.00", **fields}

    def payment(self, **fields: Any) -> dict[str, Any]:
        usual = {"organization_id": self.branch["id"], "kind": "star_reward", "year": 2024, "amount": "3000.00"}
        return {**usual, "paid_on": "2025-04-10", "purpose": "党建活动", **fields}

    async def publish(self, level: int, published_on: date, previous: int | None = None) -> StarPublished:
        star = StarPublished(
            id=uuid7(), year=2024, subject_kind=SubjectKind.ORGANIZATION, subject_id=UUID(self.branch["id"]),
            organization_id=UUID(self.branch["id"]), name=self.branch["name"], level=level, previous_level=previous,
            reason="按综合得分评定", published_on=published_on, is_late=False, is_current=True,
        )  # fmt: skip
        await self.hear(star)
        return star

    async def hear(self, star: StarPublished) -> None:
        data, root = star.model_dump(mode="json"), UUID(self.district.root["id"])
        event = Event(uuid7(), star.type, star.id, 1, root, None, real_now(), data, None)
        async with app_transaction(self.registers.app) as db:
            await SCORING.handlers[star.type](db, event)

    async def findings(self) -> list[Any]:
        found = await self.officer.get("/findings", code="unit_fund_above_limit", status="open")
        return list(found.json()["items"])


@pytest.fixture
async def story(registers: Any) -> Story:
    district = await registers.district()
    officer = await registers.office("town_officer", district.towns[0])
    return Story(registers, district, officer, await registers.unit(district.towns[0]))


class TestBudget:
    @pytest.mark.feature("R57")
    @pytest.mark.parametrize(
        ("budget", "spent", "above", "deductible"),
        [
            ("10000.00", "10000.00", "0.00", "10000.00"),
            ("10000.00", "10000.01", "0.01", "10000.00"),
            ("10500.00", "9500.00", "500.00", "9500.00"),
        ],
    )
    async def test_is_checked_against_one_per_cent_of_the_payroll(
        self, story: Story, budget: str, spent: str, above: str, deductible: str
    ) -> None:
        made = await story.officer.made("/fund-budgets", **story.money(budget=budget, spent=spent))

        assert (made["limit"], made["above"], made["deductible"]) == ("10000.00", above, deductible)
        is_above = above != "0.00"
        assert made["is_above"] is is_above
        assert (made["warning"] is not None) is is_above
        assert not is_above or made["warning"].startswith("超过工资总额的规定比例(限额 10000.00 元)")
        listed = (await story.officer.get("/fund-budgets", is_above=True)).json()["items"]
        assert [one["id"] for one in listed] == ([made["id"]] if is_above else [])
        assert len(await story.findings()) == is_above

    @pytest.mark.feature("R57")
    async def test_above_it_is_kept_and_found_until_it_is_explained(self, story: Story) -> None:
        made = await story.officer.made("/fund-budgets", **story.money(spent="10500.00"))
        again = await story.officer.post("/fund-budgets", story.money())
        [found] = await story.findings()
        path = f"/fund-budgets/{made['id']}"

        explained = (await story.officer.patch(path, {"explanation": WHY}, version=1)).json()

        assert (made["share"], made["spent"], explained["explanation"]) == ("1.05", "10500.00", WHY)
        assert (found["subject_id"], found["value"], found["severity"]) == (story.unit["id"], 1, "warning")
        assert refused(again) == (409, "year-budgeted-already")
        assert explained["is_above"]
        assert await story.findings() == []
        await story.officer.post(f"{path}/void", {"reason": "重复登记"}, version=2)
        told = story.registers.events("registry.fund_budget.changed.v1")
        assert [(one["is_above"], one["is_explained"], one["is_void"]) for one in told] == [
            (True, False, False), (True, True, False), (True, True, True),
        ]  # fmt: skip
        assert (await story.officer.post("/fund-budgets", story.money())).status_code == 201

    async def test_above_it_by_more_is_asked_again_and_no_year_is_spent_before_it_begins(self, story: Story) -> None:
        async with app_transaction(story.registers.app) as db:
            await set_offset(db, int((IN_2025 - real_now()).total_seconds()))
        made = await story.officer.made("/fund-budgets", **story.money(spent="10000.01", explanation=WHY))
        path = f"/fund-budgets/{made['id']}"

        less = (await story.officer.patch(path, {"spent": "9000.00"}, version=1)).json()
        more = (await story.officer.patch(path, {"spent": "900000.00"}, version=2)).json()
        planned = await story.officer.made("/fund-budgets", **story.money(year=2026, spent="0.00"))
        early = [
            await story.officer.post("/fund-budgets", story.money(year=2026)),
            await story.officer.post("/fund-budgets", story.money(year=2027, spent="0.00")),
            await story.officer.post("/fund-payments", story.payment(kind="dues_return", year=2026)),
        ]

        assert (less["explanation"], more["explanation"]) == (WHY, None)
        assert len(await story.findings()) == 1
        assert planned["spent"] == "0.00"
        assert {refused(one) for one in early} == {(422, "year-not-begun")}


class TestReward:
    @pytest.mark.feature("R57")
    async def test_is_tied_to_the_star_record_of_the_year(self, story: Story) -> None:
        before = await story.officer.post("/fund-payments", story.payment())
        star = await story.publish(4, date(2025, 3, 31))
        await story.hear(star)
        made = await story.officer.made("/fund-payments", **story.payment())
        again = await story.officer.post("/fund-payments", story.payment())
        other_year = await story.officer.post("/fund-payments", story.payment(year=2023))
        await story.publish(3, date(2025, 5, 20), previous=4)
        path = f"/fund-payments/{made['id']}"
        shown = (await story.officer.get(path)).json()

        assert refused(before) == refused(other_year) == (422, "no-star-record")
        assert (made["star_id"], made["star_level"], made["current_level"]) == (str(star.id), 4, 4)
        assert made["star_name"] == "2024 年度 4 星"
        assert refused(again) == (409, "rewarded-already")
        assert (shown["star_level"], shown["current_level"]) == (4, 3)
        await story.officer.post(f"{path}/void", {"reason": "金额有误"}, version=1)
        assert (await story.officer.made("/fund-payments", **story.payment()))["star_level"] == 3

    @pytest.mark.parametrize(("level", "answer"), [(2, (422, "star-too-low")), (3, (201, 3))])
    async def test_begins_with_three_stars(self, story: Story, level: int, answer: tuple[int, object]) -> None:
        await story.publish(level, date(2025, 3, 31))

        paid = await story.officer.post("/fund-payments", story.payment())

        assert (paid.status_code, paid.json().get("code") or paid.json()["star_level"]) == answer

    async def test_is_paid_by_the_superior(self, story: Story) -> None:
        own = await story.officer.post("/fund-payments", story.payment(organization_id=story.district.towns[0]["id"]))
        other = await story.registers.office("town_officer", story.district.towns[1])
        foreign = await other.post("/fund-payments", story.payment())
        ahead = await story.officer.post("/fund-payments", story.payment(kind="dues_return", paid_on="2099-01-01"))

        assert refused(own) == (403, "only-the-superior-pays")
        assert refused(foreign) == (422, "unknown-paid-organization")
        assert refused(ahead) == (422, "wrong-dates")


class TestReturn:
    @pytest.mark.feature("R57")
    async def test_of_dues_stands_beside_what_was_paid_and_is_marked_above_it(self, story: Story) -> None:
        member = await story.registers.member(story.branch)
        dues = {"member_id": member["id"], "income": "6000.00", "paid": "90.00", "paid_on": "2025-01-10"}
        for month in ("2023-12", "2024-01", "2024-02"):
            await story.officer.made("/dues-payments", **dues, month=month)
        returned = {"kind": "dues_return", "amount": "100.00"}

        first = await story.officer.made("/fund-payments", **story.payment(**returned))
        second = await story.officer.made("/fund-payments", **story.payment(**returned))

        assert (first["dues_paid"], first["star_id"], first["current_level"]) == ("180.00", None, None)
        assert [one["is_above_dues"] for one in (first, second)] == [False, True]
