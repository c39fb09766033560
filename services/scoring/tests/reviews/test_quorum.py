"""A resolution needs half or more of the body present, and more than half of those entitled in favour."""

from typing import Any

import pytest

from services.scoring.tests.reviews.test_superiors_comment import serve

pytestmark = pytest.mark.anyio


async def deliberating(stage: Any, size: int) -> dict[str, Any]:
    """A review in 议 before a committee of the first `size` members; what its meeting has in common."""
    for one in stage.ids[:size]:
        await serve(stage, one)
    await stage.open()
    await stage.until("deliberate")
    return {"review_id": stage.review_id, "held_on": "2026-03-31", "sheet_file_id": await stage.sheet()}


def with_votes(stage: Any, meeting: dict[str, Any], present: int, votes_for: int) -> dict[str, Any]:
    came = [str(one) for one in stage.ids[:present]]
    return {**meeting, "present_member_ids": came, "confirmation": {"votes_for": votes_for}}


class TestAResolution:
    @pytest.mark.parametrize(("size", "too_few", "enough"), [(4, 1, 2), (4, 1, 3), (5, 2, 3), (5, 2, 4)])
    async def test_needs_half_or_more_of_the_body(self, stage: Any, size: int, too_few: int, enough: int) -> None:
        """At n/2 - 1, n/2 and n/2 + 1 of an even and an odd committee."""
        meeting = await deliberating(stage, size)

        refused = await stage.secretary.refused("/resolutions", with_votes(stage, meeting, too_few, 0))
        made = await stage.secretary.post("/resolutions", with_votes(stage, meeting, enough, 0), expect=201)

        assert refused == (409, "no-quorum")
        assert (made["body_size"], made["present_count"]) == (size, enough)

    async def test_passes_with_more_than_half_of_those_entitled_present_or_not(self, stage: Any) -> None:
        """Two of a body of four are no majority; on one of the four, only the three others have a vote."""
        meeting = await deliberating(stage, 4)

        made = await stage.secretary.post("/resolutions", with_votes(stage, meeting, 3, 2), expect=201)

        passed = {one["subject_id"] for one in made["decisions"] if one["is_passed"]}
        assert passed == {str(one) for one in stage.ids[:4]}
