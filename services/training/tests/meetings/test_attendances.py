import asyncio
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx2 import AsyncClient

from services.training.tests.district import District, Hold, Planned, SignIn, Town
from tests.support.clients import ServiceClient
from tests.support.tokens import IssueToken

pytestmark = pytest.mark.anyio


class TestConfirmation:
    async def test_is_refused_to_a_stranger(self, app: FastAPI, service_client: ServiceClient) -> None:
        async with service_client(app) as stranger:
            answer = await stranger.post("/api/v1/training/meetings/00000000-0000-7000-8000-000000000000/confirmation")

        assert answer.status_code == 401

    async def test_is_refused_to_a_member(self, town: Town, planned: Planned, sign_in: SignIn) -> None:
        meeting = (await town.secretary.post("/meetings", planned(town.branch))).json()["id"]
        member = await sign_in(("member", town.branch), person=town.people[1])

        answer = await member.confirm(meeting)

        assert answer.status_code == 403

    async def test_of_another_towns_meeting_answers_like_a_missing_one(
        self, town: Town, other_town: Town, planned: Planned
    ) -> None:
        meeting = (await town.secretary.post("/meetings", planned(town.branch))).json()["id"]

        foreign = await other_town.officer.confirm(meeting)
        missing = await other_town.officer.confirm("00000000-0000-7000-8000-000000000000")

        assert (foreign.status_code, foreign.json()) == (missing.status_code, missing.json())
        assert foreign.status_code == 404

    async def test_waits_for_the_end_of_the_meeting(self, town: Town, planned: Planned, district: District) -> None:
        meeting = (await town.secretary.post("/meetings", planned(town.branch, day="2025-03-20"))).json()["id"]
        await district.clock("2025-03-20T10:59:00")

        early = await town.secretary.confirm(meeting)
        await district.clock("2025-03-20T11:01:00")
        later = await town.secretary.confirm(meeting)

        assert early.json()["code"] == "meeting-not-over"
        assert later.status_code == 201

    async def test_is_refused_when_the_meeting_is_too_old(
        self, town: Town, planned: Planned, district: District
    ) -> None:
        meeting = (await town.secretary.post("/meetings", planned(town.branch))).json()["id"]
        await district.clock("2025-07-20T10:00:00")

        answer = await town.secretary.confirm(meeting)

        assert answer.json()["code"] == "meeting-too-old"

    @pytest.mark.feature("T17")
    async def test_makes_attendance_final_and_tells_it_once(self, town: Town, hold: Hold, district: District) -> None:
        meeting = await hold(town.secretary, town.branch, town.people[:3])

        again = await town.secretary.confirm(meeting)
        rewritten = await town.secretary.list_present(meeting, [])
        changed = await town.secretary.patch(f"/meetings/{meeting}", {"title": "别的"}, If_Match='"2"')
        events = await district.events("training.meeting.confirmed.v1")

        assert [answer.status_code for answer in (again, rewritten, changed)] == [409, 409, 409]
        assert len(events) == 1
        told = events[0]
        assert (told["expected"], told["attended"], told["is_valid"], told["hours"]) == (5, 3, True, "2.00")
        assert {one["member_id"] for one in told["participants"] if one["attended"]} == set(map(str, town.people[:3]))
        assert {one["hours"] for one in told["participants"]} == {"2.00", "0.00"}

    @pytest.mark.feature("T17")
    async def test_twice_at_the_same_moment_gives_one_event(
        self, town: Town, planned: Planned, district: District
    ) -> None:
        meeting = (await town.secretary.post("/meetings", planned(town.branch))).json()["id"]

        answers = await asyncio.gather(*(town.secretary.confirm(meeting) for _ in range(8)))

        assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
        assert len(await district.events("training.meeting.confirmed.v1")) == 1

    async def test_replayed_with_its_key_answers_the_same(
        self, town: Town, planned: Planned, district: District
    ) -> None:
        meeting = (await town.secretary.post("/meetings", planned(town.branch))).json()["id"]

        first = await town.secretary.confirm(meeting, Idempotency_Key="confirm-once-1")
        again = await town.secretary.confirm(meeting, Idempotency_Key="confirm-once-1")

        assert first.json() == again.json()
        assert len(await district.events("training.meeting.confirmed.v1")) == 1


class TestList:
    async def test_is_written_only_over_the_version_that_was_read(self, town: Town, planned: Planned) -> None:
        """Two secretaries with the same page: the second does not overwrite the first unseen."""
        meeting = (await town.secretary.post("/meetings", planned(town.branch))).json()["id"]
        path, lines = f"/meetings/{meeting}/attendances", [{"member_id": str(town.people[0]), "attended": True}]
        read = (await town.secretary.get(path)).headers["ETag"]

        blind = await town.secretary.put(path, {"items": lines})
        first = await town.secretary.put(path, {"items": lines}, If_Match=read)
        second = await town.secretary.put(path, {"items": []}, If_Match=read)
        confirmation, why = f"/meetings/{meeting}/confirmation", {"without_minutes_reason": "记录以纸质存档"}
        stale = await town.secretary.post(confirmation, why, If_Match=read)
        unread = await town.secretary.post(confirmation, why)
        confirmed = await town.secretary.post(confirmation, why, If_Match=first.headers["ETag"])

        assert [blind.status_code, first.status_code, second.status_code] == [428, 200, 412]
        assert [stale.status_code, unread.status_code, confirmed.status_code] == [412, 428, 201]
        assert confirmed.json()["attended"] == 1

    async def test_refuses_people_who_are_not_expected(self, town: Town, other_town: Town, planned: Planned) -> None:
        meeting = (await town.secretary.post("/meetings", planned(town.branch))).json()["id"]
        stranger = {"member_id": str(other_town.people[0]), "attended": True}

        answer = await town.secretary.list_present(meeting, [stranger])

        assert answer.json()["code"] == "not-expected"

    async def test_refuses_the_same_person_twice(self, town: Town, planned: Planned) -> None:
        meeting = (await town.secretary.post("/meetings", planned(town.branch))).json()["id"]
        line = {"member_id": str(town.people[0]), "attended": True}

        answer = await town.secretary.list_present(meeting, [line, line])

        assert answer.json()["code"] == "listed-twice"

    async def test_replaces_the_one_before_it(self, town: Town, planned: Planned) -> None:
        meeting = (await town.secretary.post("/meetings", planned(town.branch, kind="branch_assembly"))).json()["id"]
        lines = [{"member_id": str(one), "attended": True} for one in town.people]

        await town.secretary.list_present(meeting, lines)
        answers = [await town.secretary.list_present(meeting, lines[:1]) for _ in range(2)]

        assert answers[0].json() | {"version": 4} == answers[1].json()
        assert (answers[0].json()["attended"], answers[0].json()["would_be_valid"]) == (1, False)

    async def test_shows_names_and_marks(self, town: Town, planned: Planned) -> None:
        meeting = (await town.secretary.post("/meetings", planned(town.branch))).json()["id"]
        reason = {"member_id": str(town.people[1]), "attended": False, "absence_reason": "病假"}
        await town.secretary.list_present(meeting, [reason])

        rows = (await town.secretary.get(f"/meetings/{meeting}/attendances")).json()["items"]

        assert len(rows) == 5
        assert all(row["member_name"].startswith("党员") for row in rows)
        assert [row["absence_reason"] for row in rows if row["member_id"] == str(town.people[1])] == ["病假"]
        assert [row["has_vote"] for row in rows if row["member_id"] == str(town.people[4])] == [False]


class TestCheckIn:
    async def code(self, town: Town, planned: Planned, **changes: Any) -> tuple[str, str]:
        meeting = (await town.secretary.post("/meetings", planned(town.branch, day="2025-03-20"))).json()["id"]
        answer = await town.secretary.issue_code(meeting, changes)
        assert answer.status_code == 201, answer.text
        return meeting, answer.json()["code"]

    async def test_with_a_wrong_code_is_refused(self, town: Town, planned: Planned) -> None:
        await self.code(town, planned)

        answer = await town.secretary.post("/check-ins", {"code": "22222222"})

        assert answer.json()["code"] == "unknown-check-in-code"

    async def test_by_somebody_not_expected_is_refused(self, town: Town, other_town: Town, planned: Planned) -> None:
        _, code = await self.code(town, planned)

        answer = await other_town.secretary.post("/check-ins", {"code": code})

        assert answer.json()["code"] == "not-expected-here"

    @pytest.mark.feature("T17")
    async def test_too_early_does_not_lock_out_of_the_later_valid_one(
        self, town: Town, planned: Planned, district: District
    ) -> None:
        _, code = await self.code(town, planned)
        await district.clock("2025-03-20T08:29:00")
        early = await town.secretary.post("/check-ins", {"code": code}, Idempotency_Key="scan-by-phone-1")

        await district.clock("2025-03-20T08:31:00")
        valid = await town.secretary.post("/check-ins", {"code": code}, Idempotency_Key="scan-by-phone-1")

        assert early.json()["code"] == "check-in-not-open"
        assert valid.status_code == 201

    async def move(self, town: Town, meeting: str, day: str, hours: tuple[str, str]) -> None:
        times = {name: f"{day}T{hour}:00+08:00" for name, hour in zip(("starts_at", "ends_at"), hours, strict=True)}
        path = f"/meetings/{meeting}"
        moved = await town.secretary.patch(path, times, If_Match=await town.secretary.tag_of(path))
        assert moved.status_code == 200, moved.text

    async def test_code_follows_a_moved_meeting(self, town: Town, planned: Planned, district: District) -> None:
        """From half an hour before the new start until the new end, to the minute; nothing of the old day counts."""
        meeting, code = await self.code(town, planned)
        await self.move(town, meeting, "2025-03-27", ("14:00", "17:00"))
        answers = []
        for moment in ("20T09:30", "27T13:29", "27T17:00", "27T13:30", "27T16:59"):
            await district.clock(f"2025-03-{moment}:00")
            answers.append(await town.secretary.post("/check-ins", {"code": code}))

        assert [answer.json().get("code") for answer in answers] == [
            "check-in-not-open", "check-in-not-open", "check-in-closed", None, None,
        ]  # fmt: skip
        assert [answer.status_code for answer in answers[3:]] == [201, 201]

    async def test_code_of_its_own_window_moves_with_the_meeting(
        self, town: Town, planned: Planned, district: District
    ) -> None:
        window = {"opens_at": "2025-03-20T08:50:00+08:00", "closes_at": "2025-03-20T09:10:00+08:00"}
        meeting, code = await self.code(town, planned, **window)
        await self.move(town, meeting, "2025-03-21", ("09:00", "11:00"))
        answers = []
        for moment in ("08:49", "09:10", "09:09"):
            await district.clock(f"2025-03-21T{moment}:00")
            answers.append((await town.secretary.post("/check-ins", {"code": code})).status_code)

        assert answers == [409, 409, 201]

    async def test_code_of_a_cancelled_meeting_is_refused(
        self, town: Town, planned: Planned, district: District
    ) -> None:
        meeting, code = await self.code(town, planned)
        path = f"/meetings/{meeting}"
        tag = await town.secretary.tag_of(path)
        await town.secretary.post(f"{path}/cancellation", {"reason": "台风"}, If_Match=tag)
        await district.clock("2025-03-20T09:00:00")

        assert (await town.secretary.post("/check-ins", {"code": code})).json()["code"] == "meeting-cancelled"

    async def test_new_code_voids_the_one_before_it(self, town: Town, planned: Planned, district: District) -> None:
        meeting, old = await self.code(town, planned)
        new = (await town.secretary.issue_code(meeting, {})).json()["code"]
        await district.clock("2025-03-20T09:00:00")

        leaked = await town.secretary.post("/check-ins", {"code": old})
        count = (await town.secretary.get(f"/meetings/{meeting}/attendance-count")).json()["attended"]
        good = await town.secretary.post("/check-ins", {"code": new})

        assert (leaked.status_code, leaked.json()["code"], count) == (409, "check-in-code-voided", 0)
        assert good.status_code == 201

    async def test_codes_issued_at_one_moment_leave_one_that_is_good(
        self, town: Town, planned: Planned, district: District
    ) -> None:
        meeting, _ = await self.code(town, planned)
        tag = await town.secretary.tag_of(f"/meetings/{meeting}")
        path = f"/meetings/{meeting}/check-in-codes"
        issued = await asyncio.gather(*(town.secretary.post(path, {}, If_Match=tag) for _ in range(6)))
        await district.clock("2025-03-20T09:00:00")
        [code] = [one.json()["code"] for one in issued if one.status_code == 201]

        assert sorted(one.status_code for one in issued) == [201] + [412] * 5
        assert (await town.secretary.post(path, {})).status_code == 428
        assert (await town.secretary.post("/check-ins", {"code": code})).status_code == 201

    async def test_after_the_meeting_is_refused(self, town: Town, planned: Planned, district: District) -> None:
        _, code = await self.code(town, planned)
        await district.clock("2025-03-20T11:00:00")

        answer = await town.secretary.post("/check-ins", {"code": code})

        assert answer.json()["code"] == "check-in-closed"

    async def test_twice_keeps_the_first_moment(self, town: Town, planned: Planned, district: District) -> None:
        _, code = await self.code(town, planned)
        await district.clock("2025-03-20T09:00:00")
        first = await town.secretary.post("/check-ins", {"code": code})
        await district.clock("2025-03-20T09:30:00")

        again = await town.secretary.post("/check-ins", {"code": f"{code[:4]}-{code[4:].lower()}"})

        assert again.json() == first.json()

    async def test_is_not_struck_off_without_a_reason(self, town: Town, planned: Planned, district: District) -> None:
        meeting, code = await self.code(town, planned)
        await district.clock("2025-03-20T09:00:00")
        await town.secretary.post("/check-ins", {"code": code})
        absent = {"member_id": str(town.people[0]), "attended": False}

        silent = await town.secretary.list_present(meeting, [absent])
        unlisted = await town.secretary.list_present(meeting, [])
        reasoned = await town.secretary.list_present(meeting, [absent | {"absence_reason": "代签"}])

        assert silent.json()["code"] == "checked-in-but-listed-absent"
        assert (unlisted.json()["attended"], reasoned.json()["attended"]) == (1, 0)

    async def test_needs_a_window_around_the_meeting(self, town: Town, planned: Planned) -> None:
        meeting = (await town.secretary.post("/meetings", planned(town.branch))).json()["id"]
        window = {"opens_at": "2025-03-10T12:00:00+08:00", "closes_at": "2025-03-10T13:00:00+08:00"}

        answer = await town.secretary.issue_code(meeting, window)

        assert answer.json()["code"] == "unsound-check-in-window"

    @pytest.mark.feature("T17")
    async def test_by_five_hundred_at_once_counts_each_once(
        self,
        app: FastAPI,
        town: Town,
        planned: Planned,
        district: District,
        issue_token: IssueToken,
        service_client: ServiceClient,
    ) -> None:
        """P: a full hall checks in within a minute; the busy ones try again with the same key."""
        crowd = [*town.people, *await district.members(town.branch, 495)]
        meeting, code = await self.code(town, planned)
        await district.clock("2025-03-20T09:00:00")
        door = asyncio.Semaphore(40)

        async def scan(client: AsyncClient, person: UUID, number: int) -> int:
            headers = {
                "Authorization": f"Bearer {issue_token(grants=[('member', town.branch)], person=person)}",
                "Idempotency-Key": f"scan-{number:08}",
            }
            async with door:
                while True:
                    answer = await client.post("/api/v1/training/check-ins", json={"code": code}, headers=headers)
                    if answer.status_code != 503:
                        return answer.status_code
                    await asyncio.sleep(0.1)

        async with service_client(app) as client:
            twice = [*enumerate(crowd), *enumerate(crowd, start=1000)]
            statuses = await asyncio.gather(*(scan(client, person, number) for number, person in twice))

        count = (await town.secretary.get(f"/meetings/{meeting}/attendance-count")).json()
        assert set(statuses) == {201}
        assert (count["expected"], count["attended"]) == (500, 500)
        assert len(await district.events("training.attendance.checked_in.v1")) == 500


class TestExpectedPeople:
    async def test_are_those_of_the_day_it_is_held_and_not_of_the_plan(
        self, town: Town, other_town: Town, district: District, planned: Planned
    ) -> None:
        """Of four with a vote two leave before the day and two attend: a quorum of two; one who joins has none yet."""
        meeting = (await town.secretary.post("/meetings", planned(town.branch, kind="branch_assembly"))).json()["id"]
        left, moved, stay, alone, probationary = town.people[2], town.people[3], *town.people[:2], town.people[4]
        await district.changed(left, town.branch, version=2, is_active=False, left_on=date(2025, 3, 9))
        await district.changed(moved, other_town.branch, version=2, changed_on=date(2025, 3, 9))
        joined = await district.member(town.branch, "probationary", joined_on=date(2025, 3, 9))
        later = await district.member(town.branch, joined_on=date(2025, 3, 11))

        present = [{"member_id": str(one), "attended": True} for one in (stay, alone)]
        listed = (await town.secretary.list_present(meeting, present)).json()
        confirmed = (await town.secretary.confirm(meeting)).json()
        people = (await town.secretary.get(f"/meetings/{meeting}/attendances")).json()["items"]

        assert (listed["votes_expected"], listed["votes_present"], listed["would_be_valid"]) == (2, 2, True)
        assert (confirmed["expected"], confirmed["attended"], confirmed["is_valid"]) == (4, 2, True)
        assert {one["member_id"] for one in people} == {str(one) for one in (stay, alone, probationary, joined)}
        assert str(later) not in {one["member_id"] for one in people}

    async def test_who_left_before_cannot_be_listed(self, town: Town, district: District, planned: Planned) -> None:
        meeting = (await town.secretary.post("/meetings", planned(town.branch, kind="branch_assembly"))).json()["id"]
        gone = town.people[3]
        await district.changed(gone, town.branch, version=2, is_active=False, left_on=date(2025, 3, 9))

        refused = await town.secretary.list_present(meeting, [{"member_id": str(gone), "attended": True}])

        assert (refused.status_code, refused.json()["code"]) == (422, "not-expected")
