"""The maximum counts indicators in use only: with a working source, and not declared out of use by the scheme."""

from decimal import Decimal
from typing import Any

import pytest

from scoring.reviews.cycles import rules
from scoring.reviews.cycles.rules import Item
from scoring.reviews.cycles.service import reach_read

pytestmark = pytest.mark.anyio


async def opened(stage: Any, kind: str, **scheme: Any) -> dict[str, Any]:
    await stage.open(kind, **scheme)
    return dict((await stage.district_officer.get(f"/cycles/{stage.cycle_id}"))["reach"])


class TestOpening:
    @pytest.mark.parametrize("kind", ["organization", "member"])
    async def test_states_that_a_perfect_subject_can_reach_everything(self, stage: Any, kind: str) -> None:
        reach = await opened(stage, kind)

        assert (reach["maximum"], reach["catalogue_maximum"], reach["highest_star"]) == ("100.00", "100.00", 5)
        assert sum(Decimal(one["maximum"]) for one in reach["dimensions"]) == 100
        assert (reach["out_of_use"], reach["warnings"]) == ([], [])

    async def test_takes_what_the_scheme_declares_out_of_use_and_warns_of_the_star_out_of_reach(
        self, stage: Any
    ) -> None:
        everything = await opened(stage, "member", star_model="dimensions")
        assert everything["highest_star"] == 5
        first = everything["dimensions"][0]["dimension"]
        catalogue = (await stage.district_officer.get("/catalogues", subject_kind="member"))["items"][0]
        listed = (await stage.district_officer.get(f"/catalogues/{catalogue['id']}"))["indicators"]
        declared = [one["code"] for one in listed if one["dimension"] == first]

        plan = {"organization_id": str(stage.district.root), "year": 2027, "subject_kind": "member", "name": "2027"}
        plan |= {"star_model": "dimensions", "period_from": "2026-01-01", "period_to": "2026-12-31"}
        cycle = await stage.district_officer.post("/cycles", plan | {"out_of_use": declared}, expect=201)

        assert cycle["reach"]["highest_star"] == 4
        assert cycle["reach"]["warnings"][-1].startswith(f"最高只能评到 4 星:{first}没有在用的指标")
        unknown = plan | {"year": 2028, "out_of_use": ["M99"]}
        assert await stage.district_officer.refused("/cycles", unknown) == (422, "unknown-indicators")

    async def test_freezes_what_is_in_use(self, stage: Any) -> None:
        """A result says what could be reached; points of what is out of use are in neither sum."""
        await stage.earn(stage.ids[:1], 1.0)
        await stage.open(out_of_use=["M01"])
        await stage.until("compare")

        result = await stage.result(stage.ids[0])

        part = result["explanation"]["parts"]["performance"]
        assert (part["points"], part["maximum"], part["value"]) == ("98.00", "98.00", "100.00")
        assert (result["entries_sum"], result["reach"]["maximum"]) == ("98.00", "98.00")
        assert "M01" not in {one["indicator_code"] for one in result["entries"]}


class TestReach:
    """Pure: five dimensions of one indicator each."""

    ITEMS = tuple(Item(f"M{n}", f"第{n}项", f"维度{n}", Decimal(20), has_source=n != 3) for n in range(1, 6))

    def test_counts_sources_that_are_not_declared_out_of_use(self) -> None:
        assert rules.in_use(self.ITEMS, ["M5"]) == ["M1", "M2", "M4"]

    def test_says_what_has_no_source_and_what_is_declared(self) -> None:
        reach = reach_read(self.ITEMS, ["M1", "M2", "M4"], by_dimension=False)

        assert [(one.code, one.has_source) for one in reach.out_of_use] == [("M3", False), ("M5", True)]
        assert reach.warnings == [
            "1 项指标尚无来源,不计入满分(满分 60.00,全部指标 100.00):M3",
            "方案声明不使用 1 项指标:M5",
        ]

    @pytest.mark.parametrize(
        ("codes", "by_dimension", "stars"), [(["M1"], False, 5), ([], False, 0), (["M1"], True, 1)]
    )
    def test_has_all_five_by_bands_and_one_star_a_dimension(
        self, codes: list[str], by_dimension: bool, stars: int
    ) -> None:
        assert rules.reach_of(self.ITEMS, codes, by_dimension=by_dimension).highest_star == stars
