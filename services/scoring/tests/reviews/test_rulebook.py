"""A scheme's whole rule, from which a stranger computes what the review computed."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from scoring.rounding import half_up

pytestmark = pytest.mark.anyio


def recomputed(rule: Any, parts: Any) -> tuple[Decimal, int]:
    """Composite and star from the published rule and the counts alone."""

    def mean(counts: Any, values: Any) -> Fraction | None:
        if counts is None or sum(counts) < rule["fewest_answers"]:
            return None
        return Fraction(sum(count * value for count, value in zip(counts, values, strict=True)), sum(counts))

    attendance, performance = parts["attendance"], parts["performance"]
    shares = {
        "attendance": Fraction(100 * attendance["attended"], attendance["expected"])
        if attendance["expected"]
        else None,
        "performance": 100 * Fraction(performance["points"]) / Fraction(rule["maximum"]),
        "ballot": mean(parts["ballot"]["counts"], rule["grade_values"].values()),
        "survey": mean(parts["survey"]["counts"], rule["survey_values"].values()),
    }
    there = {name: value for name, value in shares.items() if value is not None}
    weights = {name: rule["weights"][name] for name in there}
    composite = half_up(sum(there[name] * weights[name] for name in there) / sum(weights.values()))
    edges = [Decimal(rule["bands"][name]) for name in ("floor", "two", "three", "four", "five")]
    return composite, sum(composite >= edge for edge in edges)


class TestTheRulebook:
    async def test_lets_a_stranger_compute_every_star_again(self, stage: Any) -> None:
        scheme = {"weights": {"attendance": 33, "performance": 31, "ballot": 29, "survey": 7}}
        values = {"grade_values": {"excellent": 95, "qualified": 81, "basic": 63, "unqualified": 7}}
        await stage.earn(stage.ids[:3], 1.0)
        await stage.earn(stage.ids[3:], 0.4)
        await stage.open(**scheme, **values)
        await stage.until("publicise")
        rule = await stage.members[2].get(f"/cycles/{stage.cycle_id}/rulebook")

        for subject in stage.everybody:
            one = await stage.result(subject)
            expected = recomputed(rule, one["explanation"]["parts"])
            assert (Decimal(one["composite"]), one["proposed_stars"]) == expected

    async def test_says_its_own_numbers_in_chinese(self, stage: Any) -> None:
        """The scheme's numbers stand in its sentences, and what is in use makes its maximum."""
        bands = {"five": 92, "four": 82, "three": 72, "two": 62, "floor": 51}
        await stage.open(kind="organization", bands=bands, veto_cap=1, notice_working_days=7, out_of_use=["O26"])
        rule = await stage.town_officer.get(f"/cycles/{stage.cycle_id}/rulebook")

        text = "".join(one["text"] for one in rule["clauses"])

        for said in (
            "综合得分 92.00 以上五星,82.00 以上四星,72.00 以上三星,62.00 以上二星,51.00 以上一星,以下不评星。",
            "综合得分=(日常考勤×20+年度考绩×40+民主测评×25+民意调查×15)÷100",
            "只在得出综合得分时四舍五入到两位小数",
            "到会人数不足法定人数的会议无效,但到会的人算实到。",
            "O34 按比例得分",
            "O35 按比例得分",
            "参加人达到有权投票人的半数(含半数)为有效",
            "最高 1 星",
            "公示 7 个工作日",
            f"年度上限之和 {rule['maximum']} 分",
        ):
            assert said in text
        used = [one for one in rule["indicators"] if one["is_in_use"]]
        assert Decimal(rule["maximum"]) == sum(Decimal(one["annual_cap"]) for one in used)
        assert len(rule["indicators"]) == 58
        assert "O26" not in {one["code"] for one in used}
        assert {one["topic"] for one in rule["clauses"]} == {
            "attendance", "performance", "ballot", "survey", "composite", "stars", "rank", "freeze", "notice"
        }  # fmt: skip

    async def test_is_missing_to_another_district(self, stage: Any) -> None:
        await stage.open()
        foreign = await stage.make_caller(("district_officer", stage.probationer))

        assert (await foreign.http.get(f"/api/v1/scoring/cycles/{stage.cycle_id}/rulebook")).status_code == 404
