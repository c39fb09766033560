"""O53 上级党组织点评: the superior's comment on a report, or on a judged month, earns once in each half year."""

from typing import Any
from uuid import UUID, uuid4

import pytest

pytestmark = pytest.mark.anyio
COMMENT = {"comment": "抓党建思路清,党员教育还要再实一些"}
TAKEN_BACK = {"comment": None}
UNGRADED = {"ungraded_reason": "本月不评等次"}


async def earned(stage: Any) -> list[tuple[str, str, str]]:
    """What O53 brought the branch, after everything told has been read."""
    await stage.district.follow_own_events()
    return [one for one in await stage.district.entries(stage.branch) if one[0] == "O53"]


async def reported(stage: Any) -> str:
    """The branch's own report in the organisations' review; where its comment goes."""
    await stage.open("organization", template="three_steps")
    told = {"review_id": stage.review_id, "subject_id": str(stage.branch), "content": "支部一年来的工作"}
    await stage.secretary.post("/reports", told, expect=201)
    return f"/reports/{stage.review_id}/{stage.branch}/comment"


async def judged(stage: Any, month: str) -> tuple[str, int]:
    """A confirmed month of the branch, and its version."""
    plan = {"organization_id": str(stage.branch), "month": month}
    opened = await stage.secretary.post("/monthly-evaluations", plan, expect=201)
    path = f"/monthly-evaluations/{opened['id']}"
    confirmed = await stage.secretary.post(f"{path}/confirmation", UNGRADED, version=opened["version"])
    return f"{path}/comment", confirmed["version"]


async def serve(stage: Any, person: UUID) -> None:
    """A post in the branch, whatever office they sign in for."""
    post_id = uuid4()
    post: dict[str, Any] = {"id": str(post_id), "member_id": str(person), "organization_id": str(stage.branch)}
    post |= {"kind": "deputy_secretary", "valid_from": "2024-01-01", "valid_to": None, "is_current_record": True}
    await stage.district.tell("registry.post.changed.v1", post_id, post)


class TestACommentOnAReport:
    async def test_earns_the_branch_one_point_of_the_half_year(self, stage: Any) -> None:
        place = await reported(stage)
        before = await earned(stage)

        commented = await stage.town_officer.post(place, COMMENT, expect=201)

        assert (before, await earned(stage)) == ([], [("O53", "2026-H01", "1.00")])
        assert (commented["comment"], commented["commented_on"]) == (COMMENT["comment"], "2026-03-02")

    async def test_corrected_on_another_day_earns_nothing_more(self, stage: Any) -> None:
        place = await reported(stage)
        first = await stage.town_officer.post(place, COMMENT, expect=201)
        await earned(stage)
        await stage.district.clock("2026-07-20T09:00:00")

        again = await stage.town_officer.post(place, {"comment": "思路清,措施实"}, version=first["version"])

        assert (again["comment"], again["commented_on"]) == ("思路清,措施实", "2026-03-02")
        assert await earned(stage) == [("O53", "2026-H01", "1.00")]

    async def test_taken_back_gives_the_point_back(self, stage: Any) -> None:
        place = await reported(stage)
        assert await stage.town_officer.refused(place, TAKEN_BACK) == (409, "report-not-commented")
        first = await stage.town_officer.post(place, COMMENT, expect=201)
        await earned(stage)

        back = await stage.town_officer.post(place, TAKEN_BACK, version=first["version"])

        assert (back["comment"], back["commented_on"]) == (None, None)
        assert await earned(stage) == [("O53", "2026-H01", "1.00"), ("O53", "2026-H01", "-1.00")]
        await stage.town_officer.post(place, COMMENT, version=back["version"])
        assert (await earned(stage))[2:] == [("O53", "2026-H01", "1.00")]

    async def test_on_a_member_earns_the_branch_nothing(self, stage: Any) -> None:
        await stage.open(template="three_steps")
        await stage.report()

        await stage.secretary.post(f"/reports/{stage.review_id}/{stage.ids[1]}/comment", COMMENT, expect=201)

        assert await earned(stage) == []
        assert {one[0] for one in await stage.district.entries(stage.ids[1])} == {"M01"}


class TestACommentOnAMonth:
    async def test_is_the_superiors_once_the_month_is_confirmed(self, stage: Any) -> None:
        plan = {"organization_id": str(stage.branch), "month": "2026-02"}
        opened = await stage.secretary.post("/monthly-evaluations", plan, expect=201)
        path, version = f"/monthly-evaluations/{opened['id']}", opened["version"]

        assert await stage.town_officer.refused(f"{path}/comment", COMMENT) == (409, "evaluation-not-confirmed")
        confirmed = await stage.secretary.post(f"{path}/confirmation", UNGRADED, version=version)
        assert await stage.secretary.refused(f"{path}/comment", COMMENT, version=confirmed["version"]) == (
            403,
            "forbidden",
        )
        assert await stage.town_officer.refused(f"{path}/comment", COMMENT, version=version) == (412, "stale-version")
        serving = await stage.make_caller(("town_officer", stage.town), person=stage.ids[1])
        await serve(stage, stage.ids[1])
        assert await serving.refused(f"{path}/comment", COMMENT, version=confirmed["version"]) == (403, "own-branch")

        commented = await stage.town_officer.post(f"{path}/comment", COMMENT, version=confirmed["version"])

        assert (commented["comment"], commented["commented_on"]) == (COMMENT["comment"], "2026-03-02")

    @pytest.mark.parametrize(
        ("month", "now", "expected"),
        [
            ("2026-06", "2026-07-05T09:00:00", [("O53", "2026-H01", "1.00"), ("O53", "2026-H01", "0.00")]),
            ("2026-07", "2026-08-05T09:00:00", [("O53", "2026-H01", "1.00"), ("O53", "2026-H02", "1.00")]),
        ],
    )
    async def test_earns_once_in_a_half_year_whatever_it_is_about(
        self, stage: Any, month: str, now: str, expected: list[tuple[str, str, str]]
    ) -> None:
        """The first comment is on February; one on June finds the half year's cap reached, one on July does not."""
        place, version = await judged(stage, "2026-02")
        await stage.town_officer.post(place, COMMENT, version=version)
        await earned(stage)
        await stage.district.clock(now)

        place, version = await judged(stage, month)
        await stage.town_officer.post(place, COMMENT, version=version)

        assert await earned(stage) == expected

    async def test_taken_back_gives_the_point_back(self, stage: Any) -> None:
        place, version = await judged(stage, "2026-02")
        assert await stage.town_officer.refused(place, TAKEN_BACK, version=version) == (409, "evaluation-not-commented")
        first = await stage.town_officer.post(place, COMMENT, version=version)
        await earned(stage)

        back = await stage.town_officer.post(place, TAKEN_BACK, version=first["version"])

        assert back["comment"] is None
        assert await earned(stage) == [("O53", "2026-H01", "1.00"), ("O53", "2026-H01", "-1.00")]
