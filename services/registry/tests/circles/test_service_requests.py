"""服务申请: asked of a centre, taken by an owner, answered by its day, closed; late ones are found."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from registry.circles.service_requests.kinds import ServiceKind
from registry.circles.service_requests.rules import due_on
from registry.limits import limits_on
from services.registry.tests.members.relations import Relations, relate

pytestmark = pytest.mark.anyio
THURSDAY = "2025-03-06"
ANSWER = {"answer": "按上年度税后固定收入核定"}


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


@dataclass
class Story:
    relations: Relations
    centre: Any
    member: Any
    circle: dict[str, Any]
    owner: dict[str, Any]

    def body(self, **fields: Any) -> dict[str, Any]:
        asking = {"circle_id": self.circle["id"], "kind": "dues", "topic": "党费基数", "content": "如何核定"}
        return {**asking, **fields}

    async def asked(self, **fields: Any) -> dict[str, Any]:
        return dict(await self.member.made("/service-requests", **self.body(**fields)))

    async def step(self, request: dict[str, Any], name: str, body: Any, by: Any = None) -> Any:
        path = f"/service-requests/{request['id']}/{name}"
        return await (by or self.centre).post(path, body, version=request["version"])

    async def taken(self, request: dict[str, Any]) -> dict[str, Any]:
        answer = await self.step(request, "acceptance", {"owner_member_id": self.owner["id"]})
        assert answer.status_code == 201, answer.text
        return dict(answer.json())


@pytest.fixture
async def story(registers: Any) -> Story:
    relations = await relate(registers)
    await relations.on(THURSDAY)
    branch, town = relations.district.branches[0], relations.district.towns[0]
    centre = await registers.office("town_officer", town)
    named = {"name": "东部活动圈", "centre_name": "东部活动中心", "address": "园区路 1 号", "area": "500.00"}
    circle = await centre.made("/circles", organization_id=town["id"], opened_on="2024-01-01", **named)
    member = await registers.office("member", branch, person=relations.member["id"])
    return Story(relations, centre, member, circle, await registers.member(town, name="孙立"))


class TestDueDay:
    @pytest.mark.parametrize(
        ("kind", "due"), [(ServiceKind.DUES, date(2025, 3, 13)), (ServiceKind.RELATIONS, date(2025, 3, 20))]
    )
    def test_is_weekdays_after_by_the_limit_of_the_kind(self, kind: ServiceKind, due: date) -> None:
        asked_on = date.fromisoformat(THURSDAY)

        assert due_on(kind, asked_on, limits_on(asked_on)) == due


class TestServiceRequest:
    @pytest.mark.feature("R32")
    async def test_has_a_state_an_owner_and_a_due_date_until_it_is_closed(self, story: Story) -> None:
        request = await story.asked()
        taken = await story.taken(request)
        answered = (await story.step(taken, "answer", ANSWER)).json()
        closed = (await story.step(answered, "closing", {"is_solved": True}, story.member)).json()

        states = [one["state"] for one in (request, taken, answered, closed)]
        assert states == ["asked", "taken", "answered", "closed"]
        assert (request["owner_member_name"], taken["owner_member_name"]) == (None, "孙立")
        assert {one["due_on"] for one in (request, taken, answered, closed)} == {"2025-03-13"}
        assert (closed["answer"], closed["answered_on"], closed["is_solved"]) == (ANSWER["answer"], THURSDAY, True)
        told = story.relations.registers.events("registry.service_request.changed.v1")
        assert [(one["state"], one["organization_id"]) for one in told] == [
            (state, story.circle["organization_id"]) for state in states
        ]

    async def test_goes_its_way_step_by_step(self, story: Story) -> None:
        request = await story.asked()
        early = await story.step(request, "answer", ANSWER)
        ownerless = await story.step(request, "acceptance", {})
        taken = await story.taken(request)
        again = await story.step(taken, "acceptance", {"owner_member_id": story.owner["id"]})
        unanswered = await story.step(taken, "closing", {"is_solved": True}, story.member)

        assert {refused(one) for one in (early, again, unanswered)} == {(409, "step-order")}
        assert refused(ownerless) == (422, "unknown-service-owner")

    async def test_is_neither_handled_by_who_asks_nor_found_helpful_by_who_handles_it(self, story: Story) -> None:
        town = story.relations.district.towns[0]
        owner = await story.relations.registers.office("town_officer", town, person=story.owner["id"])
        request = await story.asked()
        for_oneself = await story.step(request, "acceptance", {"owner_member_id": request["member_id"]})
        taken = await story.taken(request)
        answered = (await story.step(taken, "answer", ANSWER)).json()

        by_its_owner = await story.step(answered, "closing", {"is_solved": True}, owner)
        by_who_asked = await story.step(answered, "closing", {"is_solved": False}, story.member)

        assert refused(for_oneself) == (422, "unknown-service-owner")
        assert refused(by_its_owner) == (403, "own-case")
        assert by_who_asked.json()["is_solved"] is False

    async def test_is_asked_by_a_member_in_the_own_name_and_seen_by_nobody_beside_the_centre(
        self, story: Story
    ) -> None:
        own, registers = await story.asked(), story.relations.registers
        branch = story.relations.district.branches[0]
        other = await registers.member(branch)
        in_others_names = [
            await story.member.post("/service-requests", story.body(**named))
            for named in (
                {"member_id": other["id"]},
                {"visitor_name": "李四"},
                {"asking_organization_id": branch["id"]},
            )
        ]
        taking_part = await story.step(own, "acceptance", {"owner_member_id": other["id"]}, story.relations.old)

        assert (own["member_name"], own["visitor_name"]) == (story.relations.member["name"], None)
        assert {refused(one) for one in in_others_names} == {(403, "visitors-at-the-desk")}
        seen = [
            [one["id"] for one in (await office.get("/service-requests")).json()["items"]]
            for office in (story.member, story.centre, story.relations.old)
        ]
        assert seen == [[own["id"]], [own["id"]], []]
        assert refused(taking_part) == (404, "service-request-not-found")

    async def test_of_an_organisation_or_of_a_visitor_at_the_desk_names_one(self, story: Story) -> None:
        branch, secretary = story.relations.district.branches[0], story.relations.old
        of_branch = await secretary.made("/service-requests", **story.body(asking_organization_id=branch["id"]))
        visitor = await story.centre.made("/service-requests", **story.body(kind="joining", visitor_name="李四"))
        away = await secretary.post("/service-requests", story.body(visitor_name="李四"))
        nobody = await secretary.post("/service-requests", story.body())
        both = await story.centre.post(
            "/service-requests", story.body(visitor_name="李四", asking_organization_id=branch["id"])
        )
        foreign = await secretary.post(
            "/service-requests", story.body(asking_organization_id=story.relations.district.branches[1]["id"])
        )

        assert (of_branch["asking_organization_name"], visitor["visitor_name"]) == (branch["name"], "李四")
        assert refused(away) == (403, "visitors-at-the-desk")
        assert refused(nobody) == refused(both) == (422, "one-who-asks")
        assert refused(foreign) == (422, "unknown-who-asks")

    async def test_asked_of_a_centre_that_is_closed_is_refused(self, story: Story) -> None:
        await story.centre.ended(f"/circles/{story.circle['id']}", 1, ended_on="2025-03-05")

        answer = await story.member.post("/service-requests", story.body())

        assert refused(answer) == (422, "unknown-service-circle")

    @pytest.mark.feature("R32")
    async def test_that_is_late_is_found_and_counted_until_it_is_answered(self, story: Story) -> None:
        late, in_time = await story.asked(topic="党费收据"), await story.asked()
        mistaken = await story.asked()
        await story.step(await story.taken(in_time), "answer", ANSWER)
        await story.step(mistaken, "void", {"reason": "重复登记"})
        await story.relations.on("2025-03-13")
        on_its_day = (await story.centre.get("/findings", code="service_request_overdue")).json()["items"]
        await story.relations.on("2025-03-14")

        [found] = (await story.centre.get("/findings", code="service_request_overdue")).json()["items"]
        listed = (await story.centre.get("/service-requests", overdue_on="2025-03-14")).json()["items"]
        [figures] = (await story.centre.get("/service-figures")).json()["centres"]

        assert on_its_day == []
        assert (found["subject_id"], found["subject_name"], found["due_on"]) == (late["id"], "党费收据", "2025-03-13")
        assert [one["id"] for one in listed] == [late["id"]]
        named = ("centre_name", "requests", "asked", "overdue", "answered", "answered_in_time")
        assert [figures[one] for one in named] == ["东部活动中心", 2, 1, 1, 1, 1]
        await story.step(await story.taken(late), "answer", ANSWER)
        [after] = (await story.centre.get("/service-figures")).json()["centres"]
        assert (after["overdue"], after["answered"], after["answered_in_time"]) == (0, 2, 1)
        assert (await story.centre.get("/findings", code="service_request_overdue", status="open")).json()[
            "items"
        ] == []
