"""Classes for those who are being developed: named one by one, in their stage on the day, without a vote."""

import pytest

from services.training.tests.district import District, Planned, Town

pytestmark = pytest.mark.anyio
CLASS = {"kind": "class", "class_kind": "development", "audience": "candidates"}


class TestCandidates:
    async def test_are_called_to_a_class_and_told_with_their_hours(
        self, town: Town, district: District, planned: Planned
    ) -> None:
        prospect, activist = (
            await district.member(town.branch, "prospect"),
            await district.member(town.branch, "activist"),
        )
        named = [str(one) for one in (prospect, activist)]
        made = (await town.officer.post("/meetings", planned(town.id, participant_ids=named, **CLASS))).json()
        present = [{"member_id": str(prospect), "attended": True}, {"member_id": str(activist), "attended": False}]
        await town.officer.list_present(made["id"], present)
        confirmed = await town.officer.confirm(made["id"])

        assert (made["expected"], confirmed.status_code) == (2, 201)
        (told,) = await district.events("training.meeting.confirmed.v1")
        outcomes = {one["member_id"]: (one["attended"], one["hours"]) for one in told["participants"]}
        assert outcomes == {str(prospect): (True, "2.00"), str(activist): (False, "0.00")}

    async def test_bring_no_hours_along_into_the_party(self, town: Town, district: District, planned: Planned) -> None:
        """Neither by attending nor by making up, once they are members of the same year."""
        came, missed = await district.members(town.branch, 2, "prospect")
        named = [str(came), str(missed)]
        made = (await town.officer.post("/meetings", planned(town.id, participant_ids=named, **CLASS))).json()
        await town.officer.list_present(made["id"], [{"member_id": str(came), "attended": True}])
        await town.officer.confirm(made["id"])
        made_up = {"meeting_id": made["id"], "member_id": str(missed), "made_up_on": "2025-03-15"}
        assert (await town.officer.make_up(made_up)).status_code == 201
        for one in (came, missed):
            await district.changed(one, town.branch, 2, name="新党员", stage="probationary")

        listed = (await town.officer.get("/study-hours", year=2025, limit=100)).json()["items"]
        hours = {one["member_id"]: one["hours"] for one in listed}
        assert [hours[one] for one in named] == ["0.00", "0.00"]

    @pytest.mark.parametrize("stage", ["formal", "probationary", "applicant"])
    async def test_are_nobody_of_another_stage(
        self, town: Town, district: District, planned: Planned, stage: str
    ) -> None:
        other = await district.member(town.branch, stage)
        refused = await town.officer.post("/meetings", planned(town.id, participant_ids=[str(other)], **CLASS))

        assert (refused.status_code, refused.json()["code"]) == (422, "unknown-participant")

    async def test_are_named_one_by_one(self, town: Town, planned: Planned) -> None:
        refused = await town.officer.post("/meetings", planned(town.id, **CLASS))

        assert (refused.status_code, refused.json()["code"]) == (422, "chosen-participants-mismatch")
