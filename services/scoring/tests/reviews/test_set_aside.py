"""该项不计: what an upheld objection sets aside is kept with its answer, counts nothing, and is named in the result."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from kit.database import app_transaction
from services.scoring.tests.reviews.test_publicity import object_to

pytestmark = pytest.mark.anyio


async def publicised(stage: Any, **scheme: Any) -> None:
    await stage.open(**scheme)
    await stage.until("publicise")


async def upheld(stage: Any, **answer: Any) -> tuple[str, Any]:
    objection = await object_to(stage, stage.ids[1], stage.members[2])
    body = {"upheld": True, "reply": "该项不计", **answer}
    return objection, await stage.secretary.post(f"/objections/{objection}/decision", body, expect=201)


async def revisions(stage: Any) -> list[tuple[list[str], list[str]]]:
    """What each revision of the subject's inputs set aside: its history."""
    query = (
        "SELECT parts_set_aside, indicators_set_aside FROM frozen_inputs "
        "WHERE review_id = :review AND subject_id = :subject ORDER BY revision"
    )
    async with app_transaction(stage.district.app) as db:
        rows = await db.execute(text(query), {"review": stage.review_id, "subject": stage.ids[1]})
        return [tuple(one) for one in rows]


def performance(result: Any) -> tuple[str, str]:
    part = result["explanation"]["parts"]["performance"]
    return part["points"], part["maximum"]


class TestAnIndicatorSetAside:
    async def test_leaves_points_and_maximum_and_is_kept_with_the_answer(self, stage: Any) -> None:
        await publicised(stage)
        before = await stage.result(stage.ids[1])

        objection, answer = await upheld(stage, indicators_set_aside=["M01"])

        after = await stage.result(stage.ids[1])
        assert (performance(before), performance(after)) == (("0.50", "100.00"), ("0.00", "98.00"))
        assert [one["indicator_code"] for one in before["entries"]] != []
        assert (after["entries"], after["entries_sum"]) == ([], "0.00")
        assert [(one["code"], one["name"]) for one in after["explanation"]["indicators_set_aside"]] == [
            ("M01", answer["indicators_set_aside_names"][0])
        ]
        dimensions = after["explanation"]["dimensions"]
        assert sum(Decimal(one["maximum"]) for one in dimensions) == 98
        assert (after["survey"], after["attendance"]) == (before["survey"], before["attendance"])
        assert (answer["indicators_set_aside"], answer["set_aside"], answer["parts"]) == (["M01"], [], [])
        listed = (await stage.secretary.get("/objections", review_id=stage.review_id))["items"]
        assert [(one["id"], one["indicators_set_aside"]) for one in listed] == [(objection, ["M01"])]
        [told] = await stage.district.events("scoring.objection.decided.v1")
        assert (told["indicators_set_aside"], told["set_aside"]) == (["M01"], [])
        assert await revisions(stage) == [([], []), ([], ["M01"])]

    async def test_stays_out_when_a_later_answer_reads_the_ledger_again(self, stage: Any) -> None:
        await publicised(stage)
        await upheld(stage, indicators_set_aside=["M01"])
        await stage.earn([stage.ids[1]], 0.1)

        await upheld(stage, parts=["performance"])

        after = await stage.result(stage.ids[1])
        assert performance(after)[1] == "98.00"
        assert after["entries_sum"] == performance(after)[0] != "0.00"
        assert "M01" not in {one["indicator_code"] for one in after["entries"]}
        assert await revisions(stage) == [([], []), ([], ["M01"]), ([], ["M01"])]

    @pytest.mark.parametrize(
        ("codes", "expected"),
        [(["O53"], (422, "indicator-not-in-use")), (["M09"], (422, "indicator-not-in-use"))],
    )
    async def test_is_one_that_the_scheme_uses(self, stage: Any, codes: list[str], expected: tuple[int, str]) -> None:
        """One of the other catalogue, and one that the scheme declared out of use."""
        await publicised(stage, out_of_use=["M09"])
        objection = await object_to(stage, stage.ids[1], stage.members[2])
        answer = {"upheld": True, "reply": "该项不计", "indicators_set_aside": codes}

        assert await stage.secretary.refused(f"/objections/{objection}/decision", answer) == expected

    async def test_leaves_another_to_count(self, stage: Any) -> None:
        await publicised(stage)
        catalogue = (await stage.district_officer.get("/catalogues", subject_kind="member"))["items"][0]
        listed = (await stage.district_officer.get(f"/catalogues/{catalogue['id']}"))["indicators"]
        every = [one["code"] for one in listed if one["earning"] != "none"]
        objection = await object_to(stage, stage.ids[1], stage.members[2])
        place, answer = f"/objections/{objection}/decision", {"upheld": True, "reply": "该项不计"}

        refused = await stage.secretary.refused(place, {**answer, "indicators_set_aside": every})
        rejected = {"upheld": False, "reply": "不成立", "indicators_set_aside": ["M01"]}

        assert refused == (422, "no-indicator-left")
        assert await stage.secretary.refused(place, rejected) == (422, "invalid-input")
        await stage.secretary.post(place, {**answer, "indicators_set_aside": every[1:]}, expect=201)

    async def test_twice_changes_nothing(self, stage: Any) -> None:
        await publicised(stage)
        await upheld(stage, indicators_set_aside=["M01"])
        objection = await object_to(stage, stage.ids[1], stage.members[3])
        answer = {"upheld": True, "reply": "该项不计", "indicators_set_aside": ["M01"]}

        refused = await stage.secretary.refused(f"/objections/{objection}/decision", answer)

        assert refused == (409, "objection-changes-nothing")


class TestAPartSetAside:
    async def test_counts_again_once_an_answer_reads_it_again(self, stage: Any) -> None:
        await publicised(stage)
        before = await stage.result(stage.ids[1])

        _, answer = await upheld(stage, set_aside=["survey", "attendance"])
        without = await stage.result(stage.ids[1])
        await upheld(stage, parts=["survey"])
        after = await stage.result(stage.ids[1])

        assert sorted(answer["set_aside"]) == ["attendance", "survey"]
        assert (without["survey"], without["attendance"]) == (None, None)
        assert (after["survey"], after["attendance"]) == (before["survey"], None)
        assert after["explanation"]["parts_set_aside"] == ["attendance"]
        assert [sorted(parts) for parts, _ in await revisions(stage)] == [[], ["attendance", "survey"], ["attendance"]]


class TestThePublishedReason:
    async def test_names_what_was_not_counted(self, stage: Any) -> None:
        await publicised(stage)
        _, answer = await upheld(stage, set_aside=["survey"], indicators_set_aside=["M01"])
        await stage.let_the_notice_run_out()
        await stage.advance("deliberate")
        await stage.resolve()
        await stage.advance("final")

        reasons = {
            one: (await stage.secretary.get(f"/star-history/{one}"))["items"][0]["reason"] for one in stage.ids[1:3]
        }

        name = answer["indicators_set_aside_names"][0]
        assert reasons == {
            stage.ids[1]: f"按综合得分评定,审议通过;异议成立,不计入民意调查、M01 {name}",
            stage.ids[2]: "按综合得分评定,审议通过",
        }
