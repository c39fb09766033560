"""假设分析: who would change star under a draft and why, computed from frozen inputs, nothing written."""

import csv
import io
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from kit.database import app_transaction
from scoring.insight.what_if import rules
from scoring.insight.what_if.rules import Difference, Facts, Indicator
from scoring.reviews.cycles.models import Cycle
from scoring.reviews.ratings.models import FrozenInput
from scoring.reviews.ratings.rules import Dimension, Inputs, rate
from services.scoring.tests.reviews.conftest import API
from services.scoring.tests.reviews.test_rating_oracle import scheme_of

pytestmark = pytest.mark.anyio
EVERYBODY = {"change": ["rises", "falls", "stays"]}
WEIGHTS = {"weight_attendance": 10, "weight_performance": 70, "weight_ballot": 10, "weight_survey": 10}
BANDS = {"band_five": "97", "band_four": "85"}


@pytest.fixture
async def rated(stage: Any) -> Any:
    """Seven members in 比: three with every point, four with those of two fifths of the indicators."""
    await stage.earn(stage.ids[:3], 1.0)
    await stage.earn(stage.ids[3:], 0.4)
    await stage.open()
    await stage.until("compare")
    return stage


async def asked(stage: Any, **draft: Any) -> dict[str, Any]:
    found = await stage.district_officer.get(f"/cycles/{stage.cycle_id}/what-if", limit=200, **draft)
    return {one["subject_id"]: one for one in found["items"]}


async def oracle(stage: Any, **draft: Any) -> dict[str, tuple[Decimal | None, int | None]]:
    """Composite and star of each subject by the pure rules, from the frozen inputs and the drafted scheme."""
    async with app_transaction(stage.district.app) as db:
        cycle = (await db.scalars(select(Cycle))).one()
        frozen = (await db.scalars(select(FrozenInput).where(FrozenInput.is_current))).all()
        db.expunge_all()
    for name, value in draft.items():
        kind = type(getattr(cycle, name))
        setattr(cycle, name, kind(value))
    outcomes = {str(one.subject_id): rate(inputs_of(one), scheme_of(cycle)) for one in frozen}
    return {subject: (one.composite, one.stars) for subject, one in outcomes.items()}


def inputs_of(one: FrozenInput) -> Inputs:
    return Inputs(
        attended=one.attended,
        expected=one.expected,
        points=one.points,
        maximum=one.maximum,
        ballot=(one.ballot_excellent, one.ballot_qualified, one.ballot_basic, one.ballot_unqualified),
        survey=(one.survey_good, one.survey_fairly_good, one.survey_ordinary, one.survey_poor),
        dimensions=tuple(Dimension(Decimal(d["points"]), Decimal(d["maximum"])) for d in one.dimensions),
        has_veto=one.has_veto,
    )


async def rows_by_table(stage: Any) -> dict[str, str]:
    """How many rows each table has, and a sum over all they hold."""
    content = "count(*) || ':' || md5(coalesce(string_agg(t::text, '' ORDER BY t::text), ''))"
    async with app_transaction(stage.district.app) as db:
        tables = await db.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        return {one: str(await db.scalar(text(f"SELECT {content} FROM {one} t"))) for one in tables}  # noqa: S608 - ours


class TestADraft:
    @pytest.mark.feature("X03")
    async def test_of_weights_and_bands_lists_who_would_change_star_and_why_and_writes_nothing(
        self, rated: Any
    ) -> None:
        """A draft catalogue, weight, band or cap lists who would change star and why; nothing written."""
        before = await rows_by_table(rated)

        everybody = await asked(rated, **WEIGHTS, **BANDS, **EVERYBODY)

        expected = await oracle(rated, **WEIGHTS, **BANDS)
        standing = await oracle(rated)
        assert {
            one: (Decimal(row["composite_after"]), row["stars_after"]) for one, row in everybody.items()
        } == expected
        assert {one: (Decimal(row["composite_before"]), row["stars_before"]) for one, row in everybody.items()} == (
            standing
        )
        changed = await asked(rated, **WEIGHTS, **BANDS)
        assert set(changed) == {one for one in expected if expected[one][1] != standing[one][1]} != set()
        one = changed[str(rated.ids[4])]
        assert one["why"] == (
            "日常考勤权重 20→10;年度考绩权重 40→70;民主测评权重 25→10;民意调查权重 15→10;"
            "五星线 90.00→97.00;四星线 80.00→85.00;"
            f"综合得分 {one['composite_before']}→{one['composite_after']},"
            f"由 {one['stars_before']} 星变为 {one['stars_after']} 星"
        )
        assert (one["change"], one["difference"]) == ("falls", one["stars_after"] - one["stars_before"])
        assert await rows_by_table(rated) == before

    async def test_that_changes_nothing_lists_nobody(self, rated: Any) -> None:
        assert await asked(rated) == {}
        same = await asked(rated, **EVERYBODY)
        assert len(same) == len(rated.everybody)
        assert {row["why"] for row in same.values()} <= {f"仍为 {stars} 星" for stars in range(6)}

    async def test_cap_takes_points_and_their_maximum(self, rated: Any) -> None:
        full, some = str(rated.ids[0]), str(rated.ids[5])

        found = await asked(rated, cap=["M01=0.50", "M48=0.50"], **EVERYBODY)

        assert (found[full]["points_before"], found[full]["points_after"]) == ("100.00", "98.00")
        assert (found[full]["maximum_before"], found[full]["maximum_after"]) == ("100.00", "98.00")
        assert found[full]["why"].startswith("积分 M01 2.00→0.50、M48 1.00→0.50;满分 100.00→98.00;")
        lost = Decimal(found[some]["points_before"]) - Decimal(found[some]["points_after"])
        assert lost == Decimal("1.50")

    async def test_knows_nothing_of_what_was_booked_after_the_freeze(self, rated: Any) -> None:
        some = str(rated.ids[5])
        await rated.earn(rated.ids[5:6], 1.0)

        row = (await asked(rated, cap=["M48=0.50"], **EVERYBODY))[some]

        assert row["points_after"] == row["points_before"]
        assert "积分" not in row["why"]

    async def test_leaves_aside_what_an_upheld_objection_set_aside(self, rated: Any) -> None:
        full = rated.ids[0]
        async with app_transaction(rated.district.app) as db:
            one = (await db.scalars(select(FrozenInput).where(FrozenInput.subject_id == full))).one()
            one.indicators = [kept for kept in one.indicators if kept["code"] != "M01"]
            one.indicators_set_aside, one.points, one.maximum = ["M01"], Decimal(98), Decimal(98)

        row = (await asked(rated, cap=["M01=0.50"], **EVERYBODY))[str(full)]

        assert (row["points_after"], row["maximum_after"]) == ("98.00", "98.00")

    async def test_catalogue_grants_again_what_was_asked_for(self, rated: Any) -> None:
        """M01 is worth twice as much each time, M48 is dropped, and M99, which is new, has earned nothing yet."""
        officer = rated.district_officer
        [shipped] = (await officer.get("/catalogues", subject_kind="member"))["items"]
        plan = {"subject_kind": "member", "name": "2027 草稿", "from_year": 2027, "copy_of": shipped["id"]}
        draft = await officer.post("/catalogues", plan, expect=201)
        items = [{name: one[name] for name in one if name != "annual_cap"} for one in draft["indicators"]]
        items[0]["points"] = str(2 * Decimal(items[0]["points"]))
        added = {**items.pop(), "code": "M99", "points": "4.00", "max_times_per_year": 1}
        headers = {"Idempotency-Key": uuid4().hex, "If-Match": f'"{draft["version"]}"'}
        path = f"{API}/catalogues/{draft['id']}/indicators"
        answer = await officer.http.put(path, json={"indicators": [*items, added]}, headers=headers)
        assert answer.is_success, answer.text

        found = await asked(rated, catalogue_id=draft["id"], **EVERYBODY)

        one = found[str(rated.ids[0])]
        assert (one["points_after"], one["maximum_after"]) == ("101.00", "105.00")
        assert one["why"].startswith("积分 M01 2.00→4.00、M48 1.00→0.00;满分 100.00→105.00;年度考绩 100.00→96.19;")

    async def test_is_exported_on_the_record_and_writes_nothing_else(self, rated: Any) -> None:
        before = await rows_by_table(rated)
        path = f"{API}/cycles/{rated.cycle_id}/what-if/export"

        answer = await rated.district_officer.http.get(path, params={**WEIGHTS, **BANDS, "format": "csv"})

        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert len(rows) == len(await asked(rated, **WEIGHTS, **BANDS))
        assert all("综合得分" in row["原因"] for row in rows)
        after = await rows_by_table(rated)
        assert {one for one in after if after[one] != before[one]} == {"event_log"}
        counts = [int(side["event_log"].split(":")[0]) for side in (before, after)]
        assert counts[1] == counts[0] + 1

    async def test_that_cannot_be_a_scheme_is_refused(self, rated: Any) -> None:
        async with app_transaction(rated.district.app) as db:
            cycle = (await db.scalars(select(Cycle))).one()
            unused, *used = cycle.indicators_in_use or []
            cycle.indicators_in_use = used
        path = f"{API}/cycles/{rated.cycle_id}/what-if"
        for draft, code in (
            ({"weight_ballot": 24}, "weights-do-not-add-up"),
            ({"band_four": 90}, "bands-do-not-descend"),
            ({"cap": "M77=1"}, "unknown-indicators"),
            ({"cap": "M01=-1"}, "invalid-input"),
            ({"catalogue_id": str(uuid4())}, "draft-not-usable"),
            ({"cap": ["M01=1", "M01=2"]}, "cap-given-twice"),
            ({"cap": f"{unused}=1"}, "cap-of-unused-indicator"),
            ({"cap": [f"{code}=0" for code in used]}, "nothing-to-earn"),
        ):
            answer = await rated.district_officer.http.get(path, params=draft)
            assert (answer.status_code, answer.json()["code"]) == (422, code), draft
        assert (await rated.town_officer.http.get(path)).status_code == 403
        foreign = await rated.make_caller(("district_officer", await rated.district.neighbour()))
        assert (await foreign.http.get(path)).status_code == 404


class TestRules:
    """Pure."""

    def item(self, code: str, points: str = "2", cap: str = "2", *, has_source: bool = True) -> Indicator:
        return Indicator(code, code, "履职", Decimal(points), Decimal(cap), 1, has_source)

    def test_use_what_the_cycle_uses_and_what_the_draft_adds_with_a_source(self) -> None:
        standing = [self.item("M1"), self.item("M2"), self.item("M3")]
        draft = [self.item("M1", "3", "3"), self.item("M2"), self.item("M3"), self.item("M4")]
        draft.append(self.item("M5", has_source=False))

        found = rules.drafted(standing, draft, ["M1", "M3"], {"M3": Decimal(1)})

        assert [(one.code, one.is_changed) for one in found] == [("M1", True), ("M3", True), ("M4", False)]
        assert [found[0].points, found[1].annual_cap] == [Decimal(3), Decimal(1)]

    def test_say_a_part_that_is_missing(self) -> None:
        none = Difference(None, None)
        survey = {"survey": Difference(None, Decimal("80.00"))}
        facts = Facts(survey, none, none, [], [], none, (None, 3), is_by_dimension=False)

        assert rules.why(facts, []) == "民意调查 缺项→80.00;综合得分 无→无,由未评变为 3 星"

    def test_do_not_use_what_cannot_earn_and_use_what_gains_a_source(self) -> None:
        standing = [self.item("M1"), self.item("M2"), self.item("M3", has_source=False), self.item("M4")]
        draft = [self.item("M1"), self.item("M2"), self.item("M3"), self.item("M4")]

        found = rules.drafted(standing, draft, ["M1", "M2"], {"M1": Decimal("0.00")})

        assert [one.code for one in found] == ["M2", "M3"]

    def test_name_the_dimension_whose_star_goes_and_the_share_it_falls_short_of(self) -> None:
        def sides(points: str) -> list[dict[str, str]]:
            same = {"dimension": "履职尽责", "points": "20", "maximum": "20"}
            return [same, {"dimension": "学习提高", "points": points, "maximum": "20"}]

        lost = rules.dimension_stars(sides("17.20"), sides("16.9999"), (Decimal(85), Decimal(85)))
        only_now = rules.dimension_stars(sides("17.20"), sides("16.80"), (None, Decimal(85)))

        assert list(map(str, lost)) == ["维度“学习提高”86.00%→84.99%(须 85.00%)"]
        assert list(map(str, only_now)) == ["维度“学习提高”84.00%(须 85.00%)"]
        assert rules.dimension_stars(sides("17.20"), sides("16.80"), (Decimal(85), None)) == []
