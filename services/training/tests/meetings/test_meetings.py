from typing import Any
from uuid import UUID, uuid4

import pytest

from kit.ids import uuid7
from services.training.tests.district import Client, District, Hold, Planned, SignIn, Town
from tests.support import facts

pytestmark = pytest.mark.anyio


class TestPlanning:
    async def test_for_another_town_answers_like_a_missing_organization(
        self, town: Town, other_town: Town, planned: Planned
    ) -> None:
        foreign = await town.officer.post("/meetings", planned(other_town.branch))
        missing = await town.officer.post("/meetings", planned(uuid4()))

        assert foreign.status_code == missing.status_code == 404
        assert foreign.json() == missing.json()

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"kind": "class", "class_kind": "expert", "audience": "leaders"}, "wrong-organization-kind"),
            ({"class_kind": "expert"}, "class-kind-mismatch"),
            ({"audience": "secretaries"}, "audience-mismatch"),
            ({"has_election": True}, "election-not-possible"),
            ({"participant_ids": [str(uuid4())]}, "chosen-participants-mismatch"),
            ({"ends_at": "2025-03-10T08:00:00+08:00"}, "length-mismatch"),
            ({"ends_at": "2025-03-11T08:00:00+08:00"}, "length-mismatch"),
            ({"starts_at": "2024-01-05T09:00:00+08:00", "ends_at": "2024-01-05T10:00:00+08:00"}, "meeting-too-old"),
            ({"title": ""}, "invalid-input"),
            ({"title": "\u0000"}, "invalid-input"),
            ({"starts_at": "0001-01-01T00:00:00Z"}, "invalid-input"),
            ({"unknown": 1}, "invalid-input"),
        ],
    )
    async def test_refuses_what_does_not_fit(
        self, town: Town, planned: Planned, changes: dict[str, Any], code: str
    ) -> None:
        answer = await town.secretary.post("/meetings", planned(town.branch) | changes)

        assert answer.status_code in {409, 422}
        assert answer.json()["code"] == code

    async def test_refuses_strangers_among_the_chosen(self, town: Town, other_town: Town, planned: Planned) -> None:
        talk = planned(town.branch, kind="heart_talk", participant_ids=[str(town.people[1]), str(other_town.people[1])])

        answer = await town.secretary.post("/meetings", talk)

        assert answer.json()["code"] == "unknown-participant"

    async def test_needs_a_key(self, town: Town, planned: Planned) -> None:
        answer = await town.secretary.http.post("/api/v1/training/meetings", json=planned(town.branch))

        assert answer.json()["code"] == "idempotency-key-required"

    async def test_of_the_same_meeting_twice_is_refused(self, town: Town, planned: Planned) -> None:
        await town.secretary.post("/meetings", planned(town.branch))

        answer = await town.secretary.post("/meetings", planned(town.branch))

        assert answer.json()["code"] == "meeting-already-planned"

    @pytest.mark.feature("T25")
    async def test_expects_the_members_of_the_branch_and_its_groups(
        self, town: Town, planned: Planned, district: District
    ) -> None:
        group = await district.organization("party_group", town.branch)
        await district.members(group, 2)
        await district.member(town.branch, "activist")
        await district.member(town.branch, is_active=False)

        meeting = (await town.secretary.post("/meetings", planned(town.branch))).json()

        assert meeting["expected"] == 7
        assert (meeting["state"], meeting["hours"], meeting["held_on"]) == ("planned", "2.00", "2025-03-10")
        assert meeting["permissions"]["may_confirm"] is True
        assert meeting["due_on"] == "2025-06-08"

    @pytest.mark.feature("T25")
    async def test_of_a_committee_expects_those_in_office_on_the_day(
        self, town: Town, planned: Planned, district: District
    ) -> None:
        await district.post(town.people[1], town.branch, "committee_member")
        await district.post(town.people[2], town.branch, "committee_member", valid_to="2025-03-10")
        instructor = facts.post(uuid7(), town.people[3], town.branch).model_dump(mode="json") | {"kind": "instructor"}
        await district.tell("registry.post.changed.v1", UUID(instructor["id"]), instructor)

        meeting = (await town.secretary.post("/meetings", planned(town.branch, kind="branch_committee"))).json()

        assert meeting["expected"] == 2

    @pytest.mark.feature("T18")
    @pytest.mark.parametrize("class_kind", ["expert", "routine", "evening"])
    async def test_of_a_class_calls_the_leaders_below_the_superior(
        self, town: Town, planned: Planned, district: District, class_kind: str
    ) -> None:
        await district.post(town.people[1], town.branch, "committee_member")
        wanted = planned(town.id, kind="class", class_kind=class_kind, audience="leaders", duration="half_day")

        meeting = (await town.officer.post("/meetings", wanted)).json()

        assert (meeting["expected"], meeting["hours"], meeting["is_by_superior"]) == (2, "4.00", True)

    async def test_counts_the_shanghai_day(self, town: Town, planned: Planned) -> None:
        late = planned(town.branch, starts_at="2025-03-10T16:30:00Z", ends_at="2025-03-10T17:30:00Z")

        meeting = (await town.secretary.post("/meetings", late)).json()

        assert meeting["held_on"] == "2025-03-11"


class TestChange:
    async def test_needs_the_version_seen(self, town: Town, planned: Planned) -> None:
        made = await town.secretary.post("/meetings", planned(town.branch))
        path = f"/meetings/{made.json()['id']}"

        without = await town.secretary.patch(path, {"title": "新主题"})
        stale = await town.secretary.patch(path, {"title": "新主题"}, If_Match='"9"')
        fresh = await town.secretary.patch(path, {"title": "新主题"}, If_Match=made.headers["etag"])

        assert [answer.status_code for answer in (without, stale, fresh)] == [428, 412, 200]
        assert fresh.headers["etag"] == '"2"'

    async def test_of_a_foreign_meeting_is_missing_before_its_version_is_looked_at(
        self, town: Town, other_town: Town, planned: Planned
    ) -> None:
        made = await town.secretary.post("/meetings", planned(town.branch))

        answer = await other_town.secretary.patch(f"/meetings/{made.json()['id']}", {"title": "x"}, If_Match='"9"')

        assert answer.status_code == 404

    async def test_computes_the_hours_again(self, town: Town, planned: Planned) -> None:
        made = await town.secretary.post("/meetings", planned(town.branch))

        answer = await town.secretary.patch(
            f"/meetings/{made.json()['id']}", {"duration": "half_day"}, If_Match=made.headers["etag"]
        )

        assert answer.json()["hours"] == "4.00"

    async def test_cannot_empty_the_title(self, town: Town, planned: Planned) -> None:
        made = await town.secretary.post("/meetings", planned(town.branch))

        answer = await town.secretary.patch(
            f"/meetings/{made.json()['id']}", {"title": None}, If_Match=made.headers["etag"]
        )

        assert answer.status_code == 422


class TestParticipants:
    async def test_chosen_again_follow_the_register(self, town: Town, planned: Planned, district: District) -> None:
        made = await town.secretary.post("/meetings", planned(town.branch))
        path = f"/meetings/{made.json()['id']}"
        await district.member(town.branch)

        answer = await town.secretary.put(f"{path}/participants", {}, If_Match=made.headers["etag"])

        assert answer.json()["expected"] == 6

    async def test_already_present_are_not_dropped(self, town: Town, planned: Planned) -> None:
        talk = planned(town.branch, kind="heart_talk", participant_ids=[str(one) for one in town.people[:2]])
        made = await town.secretary.post("/meetings", talk)
        path = f"/meetings/{made.json()['id']}"
        await town.secretary.list_present(made.json()["id"], [{"member_id": str(town.people[1]), "attended": True}])

        chosen = {"participant_ids": [str(town.people[0])]}
        answer = await town.secretary.put(f"{path}/participants", chosen, If_Match=await town.secretary.tag_of(path))

        assert answer.json()["code"] == "participant-already-present"


class TestCancellation:
    async def test_ends_everything(self, town: Town, planned: Planned) -> None:
        made = await town.secretary.post("/meetings", planned(town.branch))
        path = f"/meetings/{made.json()['id']}"

        cancelled = await town.secretary.post(f"{path}/cancellation", {"reason": "台风"}, If_Match=made.headers["etag"])
        confirmed = await town.secretary.confirm(made.json()["id"])
        again = await town.secretary.post("/meetings", planned(town.branch))

        assert (cancelled.status_code, cancelled.json()["state"]) == (200, "cancelled")
        assert confirmed.json()["code"] == "meeting-cancelled"
        assert again.status_code == 201


class TestList:
    async def test_shows_only_what_the_caller_may_see(
        self, town: Town, other_town: Town, planned: Planned, sign_in: SignIn
    ) -> None:
        mine = (await town.secretary.post("/meetings", planned(town.branch))).json()["id"]
        theirs = (await other_town.secretary.post("/meetings", planned(other_town.branch))).json()["id"]
        class_of_one = planned(town.id, kind="class", class_kind="expert", audience="chosen", duration="half_day")
        talk = await town.officer.post("/meetings", class_of_one | {"participant_ids": [str(town.people[2])]})
        member = await sign_in(("member", town.branch), person=town.people[2])
        stranger = await sign_in(("member", town.branch), person=uuid4())

        async def ids(caller: Client) -> set[str]:
            return {row["id"] for row in (await caller.get("/meetings")).json()["items"]}

        assert await ids(town.secretary) == {mine}
        assert await ids(other_town.officer) == {theirs}
        assert await ids(member) == {mine, talk.json()["id"]}
        assert await ids(stranger) == set()

    async def test_filters_and_pages(self, town: Town, planned: Planned) -> None:
        for day in ("2025-01-10", "2025-02-10", "2025-03-10"):
            await town.secretary.post("/meetings", planned(town.branch, day=day))

        first = (await town.officer.get("/meetings", limit=2, organization_id=str(town.branch))).json()
        rest = (await town.officer.get("/meetings", limit=2, after=first["next"])).json()
        filtered = (await town.officer.get("/meetings", held_from="2025-02-01", held_to="2025-02-28")).json()

        assert [row["held_on"] for row in first["items"] + rest["items"]] == ["2025-03-10", "2025-02-10", "2025-01-10"]
        assert rest["next"] is None
        assert len(filtered["items"]) == 1

    async def test_refuses_a_forged_cursor(self, town: Town) -> None:
        assert (await town.officer.get("/meetings", after=">x:y")).status_code == 400


class TestHistory:
    async def test_names_each_step(self, town: Town, hold: Hold) -> None:
        meeting = await hold(town.secretary, town.branch, town.people)

        steps = (await town.officer.get(f"/meetings/{meeting}/history")).json()["items"]

        assert [step["type"].split(".")[2] for step in steps] == ["planned", "listed", "confirmed"]


class TestMinutes:
    async def test_cannot_be_approved_before_they_are_written(self, town: Town, planned: Planned) -> None:
        meeting = (await town.secretary.post("/meetings", planned(town.branch))).json()["id"]

        answer = await town.secretary.post(f"/meetings/{meeting}/minutes/approval", If_Match='"1"')

        assert answer.json()["code"] == "minutes-missing"

    @pytest.mark.feature("T25")
    async def test_are_locked_by_approval_and_corrected_by_addendum(self, town: Town, planned: Planned) -> None:
        meeting = (await town.secretary.post("/meetings", planned(town.branch))).json()["id"]
        path = f"/meetings/{meeting}/minutes"
        first = await town.secretary.put(path, {"text": "议定三件事"})
        blind = await town.secretary.put(path, {"text": "议定四件事"})
        second = await town.secretary.put(path, {"text": "议定四件事"}, If_Match=first.headers["etag"])
        early = await town.secretary.post(f"{path}/addenda", {"text": "更正"}, If_Match=second.headers["etag"])

        unread = await town.secretary.post(f"{path}/approval")
        stale = await town.secretary.post(f"{path}/approval", If_Match=first.headers["etag"])
        approved = await town.secretary.post(f"{path}/approval", If_Match=second.headers["etag"])
        late = await town.secretary.put(path, {"text": "改写"}, If_Match=approved.headers["etag"])
        addendum, tag = {"text": "第二件事由王某负责"}, approved.headers["etag"]
        refused = [await town.secretary.post(f"{path}/addenda", addendum, **one) for one in ({}, {"If_Match": '"1"'})]
        corrected = await town.secretary.post(f"{path}/addenda", addendum, If_Match=tag)

        assert [blind.status_code, second.status_code, early.status_code] == [428, 200, 409]
        assert [unread.status_code, stale.status_code, approved.status_code] == [428, 412, 201]
        assert late.json()["code"] == "minutes-locked"
        assert [answer.status_code for answer in refused] == [428, 412]
        assert (corrected.headers["etag"], corrected.json()["meeting_name"]) == ('"4"', "学习党章")
        assert corrected.json()["text"] == "议定四件事"
        assert [one["text"] for one in corrected.json()["addenda"]] == ["第二件事由王某负责"]

    @pytest.mark.feature("T25")
    async def test_are_locked_by_confirmation(self, town: Town, hold: Hold) -> None:
        meeting = await hold(town.secretary, town.branch, town.people)

        answer = await town.secretary.put(f"/meetings/{meeting}/minutes", {"text": "补写"})

        assert answer.json()["code"] == "minutes-locked"
