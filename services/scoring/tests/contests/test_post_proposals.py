"""设岗定责: a member without a post is listed with a proposal, and gets one when somebody accepts it."""

import asyncio
from typing import Any

import pytest

from services.scoring.tests.conftest import District, People
from services.scoring.tests.contests.test_contests import granted, made, post_of, refused

pytestmark = pytest.mark.anyio
PROPOSALS = "/duty-post-proposals"


async def proposed(client: Any, **wanted: Any) -> list[Any]:
    return list((await client.get(PROPOSALS, **wanted)).json()["items"])


def accepting(people: People, *posts: Any) -> dict[str, Any]:
    return {"organization_id": str(people.branch), "set_up_on": "2025-03-20", "posts": list(posts)}


class TestProposals:
    @pytest.mark.feature("S27")
    async def test_of_a_member_without_a_post_give_one_when_accepted(self, district: District, people: People) -> None:
        """Member without post gets one: the system proposes, the secretary accepts, nobody is left."""
        await made(people.secretary, "/duty-posts", **post_of(people, holder_id=str(people.secretary_id)))
        listed = await proposed(people.secretary)
        ids = sorted(map(str, (people.deputy_id, people.member_id, people.colleague_id)))
        assert [one["member_id"] for one in listed] == ids
        kinds = ["responsibility_area", "pioneer_post", "model_post"]
        assert [one["kind"] for one in listed] == kinds
        assert listed[0]["name"] == f"{listed[0]['member_name']}责任区"
        assert await granted(district, people.branch, "O40") == ["0.50"]

        first, *rest = ({"member_id": one} for one in ids)
        chosen = {**first, "kind": "pioneer_post", "name": "安全生产监督岗", "duties": "每周巡查一次"}
        given = await made(people.secretary, PROPOSALS, **accepting(people, chosen, *rest))

        assert [(one["holder_id"], one["kind"], one["name"]) for one in given["items"]] == [
            (ids[0], "pioneer_post", "安全生产监督岗"),
            *((one["member_id"], one["kind"], one["name"]) for one in listed[1:]),
        ]
        assert await proposed(people.secretary) == []
        assert await granted(district, people.branch, "O40") == ["0.50"] * 4

    async def test_accepted_by_two_at_once_give_one_post_each(self, people: People) -> None:
        body = accepting(people, {"member_id": str(people.member_id)})

        answers = await asyncio.gather(
            *(by.post(PROPOSALS, body) for by in [people.secretary, people.town_officer] * 3)
        )

        assert sorted(one.status_code for one in answers) == [201] + [409] * 5
        held = (await people.secretary.get("/duty-posts", holder_id=str(people.member_id))).json()["items"]
        assert len(held) == 1

    async def test_come_back_when_the_post_is_void_or_over(self, people: People) -> None:
        [one, other] = (str(people.member_id), str(people.colleague_id))
        posts = [{"member_id": one}, {"member_id": other}]
        given = (await made(people.secretary, PROPOSALS, **accepting(people, *posts)))["items"]
        without = {one["member_id"] for one in await proposed(people.secretary)}

        void = await people.secretary.post(f"/duty-posts/{given[0]['id']}/void", {"reason": "误设"}, if_match='"1"')
        over = {"ended_on": "2025-03-31"}
        ended = await people.secretary.post(f"/duty-posts/{given[1]['id']}/end", over, if_match='"1"')

        assert void.is_success
        assert ended.is_success
        assert {one["member_id"] for one in await proposed(people.secretary)} - without == {one, other}

    async def test_are_made_to_who_came_from_another_branch_where_the_post_was_never_ended(
        self, district: District, people: People
    ) -> None:
        """The post that stayed behind is neither the new branch's nor a turn of the old one's any more."""
        await made(people.secretary, "/duty-posts", **post_of(people))
        before = await proposed(people.secretary)
        other = await district.organization("branch", people.town)
        await district.changed(people.member_id, other, version=9, name="调入的党员", stage="formal")

        [found] = [one for one in await proposed(people.town_officer) if one["member_id"] == str(people.member_id)]

        assert (found["organization_id"], found["kind"]) == (str(other), "model_post")
        assert before[0]["kind"] == "responsibility_area"
        assert (await proposed(people.secretary))[0]["kind"] == "model_post"
        body = {**accepting(people, {"member_id": str(people.member_id)}), "organization_id": str(other)}
        given = await made(people.town_officer, PROPOSALS, **body)
        assert given["items"][0]["organization_id"] == str(other)

    async def test_of_a_long_name_fit(self, district: District, people: People) -> None:
        member = str(await district.member(people.branch, name="阿" * 200))

        given = await made(people.secretary, PROPOSALS, **accepting(people, {"member_id": member}))

        assert given["items"][0]["name"].startswith("阿" * 190)
        assert len(given["items"][0]["name"]) <= 200

    async def test_of_a_group_are_its_branch_s(self, district: District, people: People) -> None:
        group = await district.organization("party_group", people.branch)
        member = str(await district.member(group))

        [found] = [one for one in await proposed(people.town_officer) if one["member_id"] == member]

        assert found["organization_id"] == str(people.branch)
        given = await made(people.town_officer, PROPOSALS, **accepting(people, {"member_id": member}))
        assert given["items"][0]["organization_id"] == str(people.branch)

    async def test_are_not_accepted_twice_nor_for_others(self, district: District, people: People) -> None:
        mine = {"member_id": str(people.member_id)}
        names = {one["member_id"]: one["member_name"] for one in await proposed(people.secretary)}
        await made(people.secretary, PROPOSALS, **accepting(people, mine))

        again = accepting(people, mine, {"member_id": str(people.colleague_id)})
        assert await refused(people.secretary, PROPOSALS, again) == (409, "post-not-proposed")
        strange = accepting(people, mine, {"member_id": str(await district.member(people.other_town))})
        said = (await people.secretary.post(PROPOSALS, strange)).json()["detail"]
        assert said.endswith(f":{names[mine['member_id']]}、另有 1 人不在这个党组织")
        assert str(people.colleague_id) in {one["member_id"] for one in await proposed(people.secretary)}
        twice = accepting(people, {"member_id": str(people.colleague_id)}, {"member_id": str(people.colleague_id)})
        assert await refused(people.secretary, PROPOSALS, twice) == (422, "invalid-input")
        foreign = accepting(people, {"member_id": str(people.colleague_id)})
        assert (await refused(people.other_town_officer, PROPOSALS, foreign))[0] == 404
        late = {**foreign, "set_up_on": "2025-04-01"}
        assert await refused(people.secretary, PROPOSALS, late) == (422, "day-in-the-future")
        assert (await people.member.get(PROPOSALS)).status_code == 403
