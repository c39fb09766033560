"""An upheld complaint lowers the star once by the step in force, after the subject was heard; its reason is shown."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.honours.complaints.rules import lowered
from services.scoring.tests.sheets import opened

pytestmark = pytest.mark.anyio
HEARD = {"heard_on": "2026-03-31", "hearing": "本人说明当日因公外出,未能到场服务"}
UPHELD = {"is_upheld": True, "reason": "多名群众反映服务态度差,经查属实"}


@pytest.fixture
async def final(stage: Any) -> Any:
    """The first two members have five stars, everybody knows."""
    await stage.earn(stage.ids[:2], 1.0)
    await stage.open()
    await stage.until("final")
    return stage


async def star_of(stage: Any, subject: Any) -> Any:
    found = (await stage.town_officer.get("/published-stars", subject_id=str(subject)))["items"]
    return found[0]


async def complain(stage: Any, about: Any, by: Any, **changes: Any) -> Any:
    star = await star_of(stage, about)
    told = {"star_id": star["id"], "content": "党员承诺上门服务,三次未到", "filed_on": "2026-03-31", **changes}
    return await by.post("/complaints", told, expect=201)


async def decided(stage: Any, complaint: Any, *, by: Any = None, **changes: Any) -> Any:
    place = f"/complaints/{complaint['id']}"
    heard = await stage.secretary.post(f"{place}/hearing", HEARD, version=complaint["version"], expect=201)
    by = by or stage.town_officer
    return await by.post(f"{place}/decision", {**UPHELD, **changes}, version=heard["version"], expect=201)


async def levels(stage: Any, subject: Any, by: Any = None) -> list[tuple[int, int | None]]:
    history = (await (by or stage.town_officer).get(f"/star-history/{subject}"))["items"]
    return [(one["level"], one["previous_level"]) for one in history]


class TestLowering:
    @given(st.integers(0, 5), st.integers(0, 9))
    def test_goes_down_by_the_step_and_not_below_no_star(self, level: int, step: int) -> None:
        assert lowered(level, step) == (level - step if step < level else 0)


class TestAnUpheldComplaint:
    @pytest.mark.feature("S14")
    async def test_lowers_once_by_the_configured_step_after_a_hearing(self, final: Any) -> None:
        subject = final.ids[1]
        [(before, _)] = await levels(final, subject)
        filed = await complain(final, subject, final.members[3])
        place = f"/complaints/{filed['id']}"
        assert await final.town_officer.refused(f"{place}/decision", UPHELD) == (409, "hearing-required")
        heard = await final.secretary.post(f"{place}/hearing", HEARD)
        assert (heard["state"], heard["proposed_level"]) == ("heard", before - 1)
        assert await levels(final, subject) == [(before, None)]

        upheld = await final.town_officer.post(f"{place}/decision", UPHELD, version=2)

        assert (upheld["state"], upheld["lowered_star_name"]) == ("upheld", f"{before - 1} 星")
        again = await final.town_officer.refused(f"{place}/decision", UPHELD, version=upheld["version"])
        assert again == (409, "complaint-already-decided")
        assert await levels(final, subject) == [(before - 1, before), (before, None)]
        shown = (await final.members[1].get(f"/star-history/{subject}"))["items"][0]
        assert shown["reason"] == "群众反映经查属实,减 1 星"
        assert (await final.members[1].get(place))["reason"] == UPHELD["reason"]
        told = await final.district.events("scoring.complaint.changed.v1")
        assert [one["state"] for one in told] == ["filed", "heard", "upheld"]

    @pytest.mark.feature("S14")
    async def test_lowers_by_two_where_the_district_says_so(self, final: Any) -> None:
        [(before, _)] = await levels(final, final.ids[1])
        step = {"name": "complaint_lowered_stars", "effective_from": "2026-03-31", "value": 2}
        await final.district_officer.post("/policies", step)

        await decided(final, await complain(final, final.ids[1], final.members[3]))

        assert (await levels(final, final.ids[1]))[0] == (before - 2, before)

    async def test_lowers_from_the_star_that_stands_when_another_one_lowered_it_meanwhile(self, final: Any) -> None:
        [(before, _)] = await levels(final, final.ids[1])
        first = await complain(final, final.ids[1], final.members[3])
        second = await complain(final, final.ids[1], final.members[4], source="public")
        await decided(final, first)
        await decided(final, second)

        assert await levels(final, final.ids[1]) == [
            (before - 2, before - 1),
            (before - 1, before),
            (before, None),
        ]

    async def test_is_no_lowering_when_dismissed_or_void(self, final: Any) -> None:
        dismissed = await complain(final, final.ids[1], final.members[3])
        await decided(final, dismissed, is_upheld=False, reason="经查不属实")
        wrong = await complain(final, final.ids[1], final.members[3])
        place = f"/complaints/{wrong['id']}"
        assert await final.secretary.refused(f"{place}/void", {"reason": "录错"}) == (403, "only-the-superior")
        await final.town_officer.post(f"{place}/void", {"reason": "与另一件重复"})

        assert await final.secretary.refused(f"{place}/hearing", HEARD, version=2) == (409, "record-void")
        assert len(await levels(final, final.ids[1])) == 1
        listed = await final.town_officer.get("/complaints", is_void=True)
        assert [one["void_reason"] for one in listed["items"]] == ["与另一件重复"]


class TestAComplaint:
    async def test_is_heard_and_decided_neither_by_its_subject_nor_by_who_made_it(self, final: Any) -> None:
        about_secretary = await complain(final, final.ids[0], final.members[3])
        place = f"/complaints/{about_secretary['id']}"
        assert await final.secretary.refused(f"{place}/hearing", HEARD) == (403, "own-case")
        own = await complain(final, final.ids[2], final.secretary)
        assert await final.secretary.refused(f"/complaints/{own['id']}/hearing", HEARD) == (403, "own-case")
        passed_on = await complain(final, final.ids[2], final.secretary, source="public")
        place = f"/complaints/{passed_on['id']}"
        await final.secretary.post(f"{place}/hearing", HEARD)
        assert await final.secretary.refused(f"{place}/decision", UPHELD, version=2) == (403, "only-the-superior")
        by_office = await complain(final, final.ids[2], final.district_officer)
        await decided(final, by_office, is_upheld=False)

    async def test_is_seen_by_its_people_who_do_not_learn_who_made_it(self, final: Any) -> None:
        filed = await complain(final, final.ids[1], final.members[3])
        place = f"/complaints/{filed['id']}"
        await decided(final, filed)

        for reader in (final.members[1], final.members[3], final.secretary, final.town_officer):
            assert [one["id"] for one in (await reader.get("/complaints"))["items"]] == [filed["id"]]
        subject, teller = final.members[1], str(final.members[3].person)
        assert teller not in str(await subject.get(place)) + str(await subject.get(f"{place}/history"))
        changed = {one["field"] for one in (await subject.get(f"{place}/history"))["items"]}
        assert {"state", "hearing", "reason", "lowered_star_id"} <= changed
        for outsider in (final.members[4], final.foreign_secretary):
            assert (await outsider.get("/complaints"))["items"] == []
        assert await final.foreign_secretary.refused(f"{place}/hearing", HEARD, version=3) == (
            404,
            "complaint-not-found",
        )

    async def test_is_about_a_standing_star_within_ones_sight_and_of_no_day_to_come(self, final: Any) -> None:
        star = await star_of(final, final.ids[1])
        told = {"star_id": star["id"], "content": "三次未到", "filed_on": "2026-03-31"}
        assert await final.foreign_secretary.refused("/complaints", told) == (404, "star-not-found")
        late = {**told, "filed_on": "2026-04-01"}
        assert await final.members[3].refused("/complaints", late) == (422, "day-out-of-order")
        await decided(final, await complain(final, final.ids[1], final.members[3]))
        assert await final.members[3].refused("/complaints", told) == (409, "star-not-current")

    async def test_is_exported_with_labels(self, final: Any) -> None:
        await decided(final, await complain(final, final.ids[1], final.members[3]))

        answer = await final.town_officer.http.get("/api/v1/scoring/complaints/export", params={"format": "xlsx"})

        title, [row] = opened(answer.content)
        assert (title, row["状态"], row["来源"]) == ("群众反映", "属实", "本人反映")
