"""公平性报告: by town, kind and size, with small cells and those next to them withheld; outliers are questions."""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from kit.database import app_transaction
from roster.models import PartyOrganization
from scoring.reviews.access.models import Review, ReviewSubject
from scoring.reviews.cycles.rules import State
from scoring.reviews.ratings import service
from services.scoring.tests.reviews.conftest import API
from services.scoring.tests.reviews.test_rating_oracle import alone, frozen

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 3, 1, tzinfo=UTC)
TOWNS = {"城关镇": (8, "92.00"), "东湖街道": (6, "65.00"), "西山镇": (2, "85.00"), "南桥镇": (5, "80.00")}

JOINT = ("城关镇", "南桥镇")


@pytest.fixture
async def rated(stage: Any) -> Any:
    """Four towns of 8, 6, 2 and 5 branches, each town's with the same composite; those of two towns are joint."""
    district = stage.district
    towns = {name: await district.organization("committee", district.root, level=3, name=name) for name in TOWNS}
    for name, town in towns.items():
        for _ in range(TOWNS[name][0]):
            branch = await district.organization("branch", town, level=4, is_joint=name in JOINT)
            for _ in range(10 if name == "城关镇" else 1):
                await district.member(branch)
    await stage.open("organization")
    for name, town in towns.items():
        officer = await stage.make_caller(("town_officer", town))
        plan = {"cycle_id": stage.cycle_id, "organization_id": str(town)}
        await rate(stage, (await officer.post("/reviews", plan, expect=201))["id"], TOWNS[name][1])
    return stage


async def rate(stage: Any, review: str, composite: str) -> None:
    async with app_transaction(stage.district.app) as db:
        subjects = await db.scalars(select(ReviewSubject).where(ReviewSubject.review_id == UUID(review)))
        db.add_all(frozen(alone(composite), one) for one in subjects)
        await db.flush()
        await service.rate(db, UUID(review), now=NOW)
        (await db.get_one(Review, UUID(review))).state = State.PUBLICISE


def cells_of(report: Any, attribute: str) -> dict[str, Any]:
    return {one["group"]: one for one in report["cells"] if one["attribute"] == attribute}


class TestReport:
    @pytest.mark.feature("X05")
    async def test_is_by_town_kind_and_size_with_small_cells_withheld_and_outliers_as_questions(
        self, rated: Any
    ) -> None:
        report = await rated.district_officer.get(f"/cycles/{rated.cycle_id}/fairness")

        towns = cells_of(report, "town")
        assert {name for name, one in towns.items() if one["is_withheld"]} == {"西山镇", "南桥镇"}
        nothing = {"subjects": None, "mean": None, "named": None, "share_named": None, "question": None}
        assert {name: towns["西山镇"][name] for name in nothing} == nothing
        shown = towns["城关镇"]
        assert [shown[name] for name in ("subjects", "mean", "named", "share_named")] == [8, "92.00", 8, "100.00"]
        overall = cells_of(report, "overall")["全体"]
        whole = sum(count * Decimal(points) for count, points in TOWNS.values()) / 21
        assert (overall["subjects"], overall["mean"]) == (21, f"{whole:.2f}")
        assert (overall["question"], shown["question"] is None) == (None, False)
        assert towns["东湖街道"]["question"] == (
            f"镇街(行业)“东湖街道”6 名对象平均 65.00 分,全体平均 {whole:.2f} 分,低 {whole - 65:.2f} 分:"
            "是工作确有差别,还是评价的尺度、考勤和佐证的登记不一?请了解情况,不据此扣分。"
        )
        kinds, sizes = cells_of(report, "kind"), cells_of(report, "size")
        assert {name: one["subjects"] for name, one in kinds.items()} == {"联合党支部": None, "党支部": None}
        assert {name: one["subjects"] for name, one in sizes.items()} == {"10 至 19 人": 8, "不足 10 人": 13}
        assert report["not_known"] == ["年龄", "性别"]

    async def test_leaves_out_reviews_that_are_not_public_and_says_how_many_subjects(self, rated: Any) -> None:
        async with app_transaction(rated.district.app) as db:
            reviews = select(ReviewSubject.review_id).group_by(ReviewSubject.review_id).having(func.count() == 6)
            (await db.scalars(select(Review).where(Review.id.in_(reviews)))).one().state = State.COMPARE

        report = await rated.district_officer.get(f"/cycles/{rated.cycle_id}/fairness")

        assert (report["unrated"], report["as_of"]) == (6 + 2, "2026-03-02")
        assert cells_of(report, "overall")["全体"]["subjects"] == 15
        assert "东湖街道" not in cells_of(report, "town")

    async def test_counts_the_members_of_all_below_an_organisation(self, rated: Any) -> None:
        """The six of one town have ten members more in a group, or in branches of their own."""
        async with app_transaction(rated.district.app) as db:
            town = (await db.scalars(select(PartyOrganization).where(PartyOrganization.name == "东湖街道"))).one()
            homes = list(await db.scalars(select(PartyOrganization.id).where(PartyOrganization.parent_id == town.id)))
        for at, home in enumerate(homes):
            below = await rated.district.organization("branch" if at else "party_group", home, level=5)
            for _ in range(10):
                await rated.district.member(below)

        sizes = cells_of(await rated.district_officer.get(f"/cycles/{rated.cycle_id}/fairness"), "size")

        assert {name: one["subjects"] for name, one in sizes.items()} == {"10 至 19 人": 14, "不足 10 人": 7}

    async def test_is_exported_without_what_is_withheld(self, rated: Any) -> None:
        path = f"{API}/cycles/{rated.cycle_id}/fairness/export"

        answer = await rated.district_officer.http.get(path, params={"format": "csv"})

        rows = {row["组别"]: row for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))}
        assert (rows["西山镇"]["人数过少不显示"], rows["西山镇"]["对象数"]) == ("是", "")
        assert rows["城关镇"]["平均综合得分"] == "92.00"

    async def test_is_the_district_s(self, rated: Any) -> None:
        path = f"{API}/cycles/{rated.cycle_id}/fairness"

        assert (await rated.town_officer.http.get(path)).status_code == 403
        foreign = await rated.make_caller(("district_officer", await rated.district.neighbour()))
        assert (await foreign.http.get(path)).status_code == 404
