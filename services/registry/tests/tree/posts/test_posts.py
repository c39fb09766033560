import asyncio
from typing import Any

import pytest

pytestmark = pytest.mark.anyio
MISSING = "01900000-0000-7000-8000-000000000000"


def post(member: dict[str, Any], organization: dict[str, Any], **fields: Any) -> dict[str, Any]:
    body = {"member_id": member["id"], "organization_id": organization["id"], "kind": "secretary"}
    return {**body, "valid_from": "2022-01-01", **fields}


class TestPost:
    async def test_out_of_reach_or_for_nobody_is_refused(self, registers: Any) -> None:
        district = await registers.district()
        own, foreign = [await registers.member(branch) for branch in district.branches]
        applicant = await registers.member(district.branches[0], stage="applicant")
        officer = await registers.office("town_officer", district.towns[0])
        tried = [
            post(own, district.branches[1]),
            post(foreign, district.branches[0]),
            post({"id": MISSING}, district.branches[0]),
            post(applicant, district.branches[0]),
            post(own, district.branches[0], valid_to="2022-01-01"),
        ]

        codes = [(await officer.post("/posts", body)).json()["code"] for body in tried]

        assert codes == [
            "unknown-post-organization",
            "unknown-post-holder",
            "unknown-post-holder",
            "only-members-hold-posts",
            "wrong-dates",
        ]

    async def test_of_oneself_is_given_and_ended_by_others(self, registers: Any) -> None:
        """Nor does an office outlive its grant by way of a post its holder took."""
        district = await registers.district()
        person = await registers.member(district.branches[0])
        own = await registers.office("town_officer", district.towns[0], person=person["id"])
        other = await registers.office("town_officer", district.towns[0])

        taken = await own.post("/posts", post(person, district.towns[0], kind="committee_member"))
        given = await other.made("/posts", **post(person, district.branches[0]))
        ended = await own.post(f"/posts/{given['id']}/end", {"ended_on": "2024-01-01"}, version=1)

        assert {(one.status_code, one.json()["code"]) for one in (taken, ended)} == {(403, "own-case")}
        assert len(registers.events("registry.post.changed.v1")) == 1

    async def test_of_secretary_is_held_by_one_at_a_time(self, registers: Any) -> None:
        district = await registers.district()
        members = [await registers.member(district.branches[0]) for _ in range(3)]
        officer = await registers.office("town_officer", district.towns[0])

        answers = await asyncio.gather(*(officer.post("/posts", post(one, district.branches[0])) for one in members))

        assert sorted(one.status_code for one in answers) == [201, 409, 409]
        refused = {one.json()["code"] for one in answers if one.status_code == 409}
        assert refused == {"secretary-already-in-office"}

    async def test_ends_on_a_day_and_makes_room_for_the_next(self, registers: Any) -> None:
        district = await registers.district()
        first, second = [await registers.member(district.branches[0]) for _ in range(2)]
        officer = await registers.office("town_officer", district.towns[0])
        made = await officer.made("/posts", **post(first, district.branches[0]))
        stranger = await registers.office("town_officer", district.towns[1])

        path, ending = f"/posts/{made['id']}", {"ended_on": "2024-01-01"}
        foreign = await stranger.post(f"{path}/end", ending, version=1)
        unseen = await officer.post(f"{path}/end", ending)
        stale = await officer.post(f"{path}/end", ending, version=7)
        seen = await officer.get(path)
        ended = await officer.ended(path, 1, **ending)
        await officer.made("/posts", **post(second, district.branches[0], valid_from="2024-01-01"))

        assert [answer.status_code for answer in (foreign, unseen, stale)] == [404, 428, 412]
        assert (seen.headers["etag"], seen.json()["member_name"]) == ('"1"', first["name"])
        assert (ended["id"], ended["valid_to"], ended["version"]) == (made["id"], "2024-01-01", 2)
        assert registers.events("registry.post.changed.v1")[1] == {
            "id": made["id"],
            "member_id": first["id"],
            "organization_id": district.branches[0]["id"],
            "kind": "secretary",
            "valid_from": "2022-01-01",
            "valid_to": "2024-01-01",
            "is_current_record": True,
        }
        held = (await officer.get("/posts", as_of="2023-12-31")).json()["items"]
        assert [one["member_id"] for one in held] == [first["id"]]
