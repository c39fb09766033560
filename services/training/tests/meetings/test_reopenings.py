"""A confirmed attendance, opened again by the superior and confirmed anew: hours and gaps follow."""

import pytest

from services.training.tests.district import Client, District, Hold, Planned, SignIn, Town
from services.training.tests.meetings.test_make_ups import made_up

pytestmark = pytest.mark.anyio


async def list_and_confirm(caller: Client, meeting: str, present: list[object]) -> None:
    listed = await caller.list_present(meeting, [{"member_id": str(one), "attended": True} for one in present])
    assert listed.status_code == 200, listed.text
    confirmed = await caller.confirm(meeting)
    assert confirmed.status_code == 201, confirmed.text


async def hours_of(town: Town) -> list[str]:
    rows = (await town.officer.get("/study-hours", year=2025)).json()["items"]
    found = {row["member_id"]: row["hours"] for row in rows}
    return [found[str(one)] for one in town.people]


class TestConfirmationWithoutMinutes:
    async def test_needs_a_stated_reason_that_is_kept_and_shown(self, town: Town, planned: Planned) -> None:
        meeting = (await town.secretary.post("/meetings", planned(town.branch))).json()["id"]
        await town.secretary.put(f"/meetings/{meeting}/minutes", {"text": "学习党章"})

        silent = await town.secretary.confirm(meeting, None)
        stated = await town.secretary.confirm(meeting, "记录人出差,下周补交")
        shown = (await town.officer.get(f"/meetings/{meeting}")).json()

        assert (silent.status_code, silent.json()["code"]) == (409, "minutes-not-approved")
        assert "without_minutes_reason" in silent.json()["detail"]
        assert stated.status_code == 201
        assert shown["without_minutes_reason"] == "记录人出差,下周补交"

    async def test_needs_none_once_the_minutes_are_approved(self, town: Town, planned: Planned) -> None:
        meeting = (await town.secretary.post("/meetings", planned(town.branch))).json()["id"]
        await town.secretary.put(f"/meetings/{meeting}/minutes", {"text": "学习党章"})
        await town.secretary.post(f"/meetings/{meeting}/minutes/approval", If_Match='"1"')

        answer = await town.secretary.confirm(meeting, None)

        assert (answer.status_code, answer.json()["without_minutes_reason"]) == (201, None)


class TestReopening:
    async def test_is_the_superiors_alone(
        self, town: Town, other_town: Town, hold: Hold, district: District, sign_in: SignIn
    ) -> None:
        """Not the branch's, not another town's, and not the own office's of whoever held the class."""
        meeting = await hold(town.secretary, town.branch, town.people)
        shape = {"kind": "class", "class_kind": "expert", "audience": "subtree_members"}
        own = await hold(town.officer, town.id, town.people, day="2025-03-11", **shape)
        above = await sign_in(("district_officer", district.root))

        answers = [
            await town.secretary.reopen(meeting),
            await other_town.officer.reopen(meeting),
            await town.officer.reopen(own),
            await above.reopen(own),
            await town.officer.reopen(meeting),
        ]

        assert [answer.status_code for answer in answers] == [403, 404, 403, 201, 201]
        assert answers[2].json()["code"] == "not-the-superior"

    async def test_keeps_its_reason_and_asks_for_the_version_read(
        self, town: Town, hold: Hold, district: District
    ) -> None:
        meeting = await hold(town.secretary, town.branch, town.people[:3])
        path, body = f"/meetings/{meeting}/reopening", {"reason": "漏登一人"}

        unread = await town.officer.post(path, body)
        stale = await town.officer.post(path, body, If_Match='"1"')
        opened = await town.officer.reopen(meeting, "漏登一人")
        again = await town.officer.reopen(meeting)
        told = await district.events("training.attendance.reopened.v1")

        assert [unread.status_code, stale.status_code, opened.status_code] == [428, 412, 201]
        assert again.json()["code"] == "meeting-not-confirmed"
        assert (opened.json()["state"], opened.json()["confirmations"]) == ("planned", 1)
        assert [one["reason"] for one in opened.json()["reopenings"]] == ["漏登一人"]
        assert [(one["meeting_id"], one["confirmations"]) for one in told] == [(meeting, 1)]
        assert await hours_of(town) == ["0.00"] * 5

    async def test_allows_no_cancelling_and_nobody_to_be_dropped(self, town: Town, hold: Hold) -> None:
        meeting = await hold(
            town.secretary, town.branch, town.people[:2], kind="heart_talk", participant_ids=[*map(str, town.people)]
        )
        await town.officer.reopen(meeting)
        path = f"/meetings/{meeting}"
        tag = await town.secretary.tag_of(path)
        fewer = {"participant_ids": [str(one) for one in town.people[:4]]}

        cancelled = await town.secretary.post(f"{path}/cancellation", {"reason": "不开了"}, If_Match=tag)
        dropped = await town.secretary.put(f"{path}/participants", fewer, If_Match=tag)
        may = (await town.secretary.get(path)).json()["permissions"]

        assert [cancelled.json()["code"], dropped.json()["code"]] == ["meeting-reopened"] * 2
        assert (may["may_cancel"], may["may_confirm"]) == (False, True)

    async def test_lets_attendance_be_confirmed_again_and_hours_and_gaps_follow(
        self, town: Town, hold: Hold, district: District
    ) -> None:
        """One was forgotten, one had made it up and was there, one is still absent, one was not there after all."""
        came, made_it_up, forgotten, absent, was_not = town.people
        meeting = await hold(town.secretary, town.branch, [came, was_not])
        for one in (made_it_up, absent):
            assert (await town.officer.make_up(made_up(meeting, one))).status_code == 201
        assert await hours_of(town) == ["2.00", "2.00", "0.00", "2.00", "2.00"]
        await district.clock("2025-09-20T12:00:00")

        await town.officer.reopen(meeting)
        await list_and_confirm(town.secretary, meeting, [came, made_it_up, forgotten])
        gaps = (await town.officer.get("/make-ups")).json()["items"]
        confirmed = await district.events("training.meeting.confirmed.v1")
        told = await district.events("training.attendance.made_up.v1")

        assert await hours_of(town) == ["2.00", "2.00", "2.00", "2.00", "0.00"]
        assert {(gap["member_id"], gap["state"]) for gap in gaps} == {(str(absent), "done"), (str(was_not), "overdue")}
        assert [one["revision"] for one in confirmed] == [None, 3]
        assert [(one["member_id"], one["revision"]) for one in told] == [
            (str(made_it_up), None),
            (str(absent), None),
            (str(absent), 4),
        ]

    async def test_and_back_again_gives_every_gap_its_first_state(
        self, town: Town, hold: Hold, district: District
    ) -> None:
        meeting = await hold(town.secretary, town.branch, town.people[:3])
        await town.officer.make_up(made_up(meeting, town.people[3]))
        before = (await town.officer.get("/make-ups")).json()["items"]

        for present in (town.people, town.people[:3]):
            await town.officer.reopen(meeting)
            await list_and_confirm(town.secretary, meeting, [*present])
        after = (await town.officer.get("/make-ups")).json()["items"]

        assert [{**gap, "version": 0} for gap in after] == [{**gap, "version": 0} for gap in before]
        assert (await district.events("training.attendance.made_up.v1"))[-1]["revision"] == 6
