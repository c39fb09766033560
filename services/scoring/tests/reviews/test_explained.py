"""Every result in one paragraph that agrees with the facts, and whose numbers give the composite by hand."""

import json
import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scoring.reviews.attendances.kinds import MeetingKind
from scoring.reviews.explanations.rules import calculation, next_star
from scoring.reviews.ratings.rules import Dimension, Inputs, Scheme, composite_of, parts_of, stars_by_band, stars_said
from scoring.rounding import half_up
from tests.support.databases import ROOT

COUNTS = st.tuples(*[st.integers(0, 9)] * 4)
CENTS = st.integers(0, 10_000).map(lambda one: Decimal(one) / 100)
SCHEME = Scheme(
    weights={"attendance": 33, "performance": 31, "ballot": 29, "survey": 7},
    grade_values=(100, 80, 60, 0),
    bands=(Decimal(90), Decimal(80), Decimal(70), Decimal(60)),
    floor=Decimal(50),
    dimension_share=Decimal(85),
    veto_cap=2,
)


def by_hand(line: str) -> Decimal:
    """What somebody with a calculator gets: every number as it is written, rounded once at the end."""
    assert re.fullmatch(r"[\d.()+×÷]+", line)
    exact = re.sub(r"[\d.]+", lambda one: f"Fraction('{one[0]}')", line)
    return half_up(eval(exact.replace("×", "*").replace("÷", "/"), {"Fraction": Fraction}))  # noqa: S307 - matched above


class TestTheCalculation:
    @example(0, 0, Decimal("38.50"), (0, 0, 0, 0), (5, 0, 0, 0))
    @example(1, 3, Decimal("77.01"), (1, 2, 1, 1), (4, 0, 0, 0))
    @given(st.integers(0, 40), st.integers(0, 40), CENTS, COUNTS, COUNTS)
    def test_gives_the_composite_to_the_cent(
        self, one: int, other: int, points: Decimal, ballot: Any, survey: Any
    ) -> None:
        inputs = Inputs(min(one, other), max(one, other), points, Decimal("77.00"), ballot, survey)

        line = calculation(inputs, SCHEME)

        assert line is not None
        assert by_hand(line) == composite_of(parts_of(inputs, SCHEME), SCHEME.weights)


class TestTheNextStar:
    @given(CENTS)
    def test_is_reached_by_what_lacks_and_by_no_cent_less(self, composite: Decimal) -> None:
        stars = stars_by_band(composite, SCHEME)

        above = next_star(SCHEME, composite, stars, {})

        if above is None:
            assert stars == 5
            return
        assert stars_by_band(composite + above.lacking, SCHEME) == above.level == stars + 1
        assert stars_by_band(composite + above.lacking - Decimal("0.01"), SCHEME) == stars

    @given(st.lists(st.tuples(CENTS, CENTS.filter(bool)), min_size=5, max_size=5))
    def test_by_dimension_is_the_one_that_lacks_least(self, drawn: list[tuple[Decimal, Decimal]]) -> None:
        scheme = Scheme(**{**SCHEME.__dict__, "is_by_dimension": True})
        dimensions = {str(n): Dimension(min(pair), pair[1]) for n, pair in enumerate(drawn)}

        def reached(one: Dimension) -> bool:
            return 100 * one.points >= scheme.dimension_share * one.maximum

        stars = sum(map(reached, dimensions.values()))
        above = next_star(scheme, None, stars, dimensions)

        if above is None:
            assert stars == 5
            return
        assert above.dimension is not None
        short = dimensions[above.dimension]
        assert reached(short._replace(points=short.points + above.lacking))
        assert not reached(short._replace(points=short.points + above.lacking - Decimal("0.01")))


class TestMeetings:
    def test_are_called_what_training_calls_them(self) -> None:
        told = json.loads((ROOT / "services/training/events.json").read_text(encoding="utf-8"))
        labels = told["$defs"]["MeetingKind"]["x-enum-labels"] if "$defs" in told else _labels(told)

        assert labels == {one.value: one.label for one in MeetingKind}


def _labels(told: Any) -> Any:
    [found] = [one for name, one in told.items() if "meeting.confirmed" in name]
    return found["$defs"]["MeetingKind"]["x-enum-labels"]


@pytest.mark.anyio
class TestAResult:
    @pytest.mark.feature("X02")
    async def test_is_one_paragraph_whose_numbers_give_the_composite_by_hand(self, stage: Any) -> None:
        await stage.earn(stage.ids[:5], 1.0)
        await stage.earn(stage.ids[5:], 0.5)
        await stage.open()
        await stage.until("publicise")

        for subject in stage.everybody:
            one = await stage.result(subject)
            line = re.search(r"算式:(.+)=([\d.]+)\(", one["paragraph"])
            assert line is not None
            assert line[1] == one["calculation"]
            assert by_hand(line[1]) == Decimal(line[2]) == Decimal(one["composite"])
            assert (
                f"{one['subject_name']}:综合得分 {one['composite']} 分,建议{stars_said(one['proposed_stars'])}。"
                in (one["paragraph"])
            )
            assert one["objecting"]["is_open"] is True
            assert f"公示到 {one['objecting']['ends_on']}(含当日)" in one["paragraph"]

    async def test_says_the_calculation_of_one_who_lacks_a_part_and_missed_meetings(self, stage: Any) -> None:
        await stage.earn(stage.ids[5:], 0.5)
        await stage.open()
        await stage.until("compare")

        one = await stage.result(stage.ids[5])

        points, maximum = (one["explanation"]["parts"]["performance"][name] for name in ("points", "maximum"))
        assert one["calculation"] == f"(20×1÷4+40×{points}÷{maximum}+25×(5×80)÷(5×100))×100÷85"
        assert "民意调查:缺项,其 15% 的权重由其余各项按比例分担。" in one["paragraph"]
        assert "日常考勤:应到 4 次,实到 1 次,得 25.00 分(权重 23.53%)。" in one["paragraph"]
        assert (
            "缺席 3 次:2025-03-10 支部党员大会、2025-03-10 支部党员大会、2025-03-10 支部党员大会。"
            in (one["paragraph"])
        )
        assert [(absence["meeting_name"], absence["held_on"]) for absence in one["absences"]] == [
            ("支部党员大会", "2025-03-10")
        ] * 3
        assert one["paragraph"].endswith("尚未公示。")

    async def test_places_equals_beside_each_other_and_says_what_lacks_to_the_next_star(self, stage: Any) -> None:
        await stage.open()
        await stage.until("compare")

        one = await stage.result(stage.ids[1])

        first = [item for item in await results(stage) if item["composite"] == one["composite"]]
        assert one["place"]["tied"] == len(first)
        above, lacking = one["next_star"]["threshold"], one["next_star"]["lacking"]
        assert Decimal(one["composite"]) + Decimal(lacking) == Decimal(above)
        assert f"距 {one['next_star']['level']} 星线({above} 分)还差 {lacking} 分。" in one["paragraph"]
        assert f"在{one['place']['superior_name']}同类 7 名对象中列第 {one['rank']} 名" in one["paragraph"]

    async def test_keeps_to_the_absences_that_were_counted(self, stage: Any) -> None:
        """A make-up after the freeze changes neither the count nor the list of it."""
        await stage.open()
        await stage.until("compare")
        before = await stage.result(stage.ids[5])
        [missed, *_] = before["absences"]
        made_up = {"member_id": missed["member_id"], "meeting_id": missed["meeting_id"], "made_up_on": "2026-03-02"}
        told = {**made_up, "kind": "branch_assembly", "held_on": missed["held_on"], "hours": "2"}
        await stage.district.tell("training.attendance.made_up.v1", stage.ids[5], told)

        assert (await stage.result(stage.ids[5]))["absences"] == before["absences"]

    async def test_names_no_absence_to_a_colleague(self, stage: Any) -> None:
        await stage.open()
        await stage.until("publicise")

        seen = await stage.result(stage.ids[5], by=stage.members[2])

        assert seen["absences"] == []
        assert "缺席 3 次。" in seen["paragraph"]


async def results(stage: Any) -> Any:
    return (await stage.secretary.get(f"/reviews/{stage.review_id}/results"))["items"]


@pytest.mark.anyio
class TestAVetoedResult:
    async def test_has_the_veto_as_its_reason_and_the_ground_for_the_person_and_the_superior(self, stage: Any) -> None:
        await stage.earn(stage.ids, 1.0)
        await stage.open()
        await stage.until("appraise")
        veto = {"subject_id": str(stage.ids[1]), "ground": "弄虚作假", "reason": "申报材料造假,已查实"}
        await stage.town_officer.post("/vetoes", {"review_id": stage.review_id, **veto})
        await stage.appraise()
        for step in ("compare", "publicise"):
            await stage.advance(step)
        await stage.let_the_notice_run_out()
        await stage.advance("deliberate")
        await stage.resolve()
        await stage.advance("final")

        person, superior, colleague, conductor = [
            await stage.result(stage.ids[1], by=one)
            for one in (stage.members[1], stage.town_officer, stage.members[2], stage.secretary)
        ]

        said = "按得分可评 5 星,因有一票否决事项,最高 2 星"
        for one in (person, superior):
            assert f"{said},事项是:弄虚作假。" in one["paragraph"]
            assert (one["veto"]["ground"], one["veto"]["reason"]) == (veto["ground"], veto["reason"])
        for one in (colleague, conductor):
            assert f"{said}。" in one["paragraph"]
            assert "弄虚作假" not in json.dumps(one, ensure_ascii=False)
        assert person["published"]["reason"] == f"{said};按综合得分评定,审议通过"
        assert person["published"]["level"] == 2
        assert f"{date(2026, 3, 31)} 公布评 2 星,依据:{person['published']['reason']}。" in person["paragraph"]
        assert person["paragraph"].endswith("公示已经期满,不再受理异议。")

    async def test_says_that_the_veto_lowered_nothing_where_it_did_not(self, stage: Any) -> None:
        await stage.earn(stage.ids[5:], 0.5)
        await stage.open()
        await stage.until("appraise")
        veto = {"subject_id": str(stage.ids[5]), "ground": "处分", "reason": "处分期内"}
        await stage.town_officer.post("/vetoes", {"review_id": stage.review_id, **veto})
        await stage.appraise()
        await stage.advance("compare")

        one = await stage.result(stage.ids[5])

        assert one["veto"]["stars_without"] == one["proposed_stars"] == 1
        assert "有一票否决事项(最高 2 星),按得分评 1 星,不超过此限" in one["paragraph"]
