"""Posts, projects and contests are kept by the organisation, counted, and earn what the catalogue says."""

from typing import Any

import pytest

from services.scoring.tests.conftest import District, People

pytestmark = pytest.mark.anyio
FORMS = (
    ("show_identity", "show_pledge", "show_duty"),
    ("contest_skill", "contest_conduct", "contest_result"),
    ("appraised_by_served", "appraised_by_members", "appraised_by_leader"),
)
KINDS = (
    "model_post", "model_shop", "model_window", "model_vehicle", "four_good", "responsibility_area", "pioneer_post",
    "breakthrough",
)  # fmt: skip


async def made(client: Any, path: str, **body: Any) -> Any:
    answer = await client.post(path, body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def stepped(client: Any, path: str, body: Any, version: int) -> Any:
    answer = await client.post(path, body, if_match=f'"{version}"')
    assert answer.is_success, answer.text
    return answer.json()


async def refused(client: Any, path: str, body: Any, version: int | None = None) -> tuple[int, str]:
    answer = await client.post(path, body, **({} if version is None else {"if_match": f'"{version}"'}))
    return answer.status_code, answer.json()["code"]


def post_of(people: People, **changes: Any) -> dict[str, Any]:
    common = {"organization_id": str(people.branch), "kind": "model_post", "name": "一线示范岗"}
    return {**common, "set_up_on": "2025-03-03", "holder_id": str(people.member_id), **changes}


def project_of(people: People, **changes: Any) -> dict[str, Any]:
    common = {"organization_id": str(people.branch), "kind": "breakthrough", "name": "包装线自动化"}
    return {**common, "goal": "减少人工搬运", "opened_on": "2025-01-10", **changes}


def contest_of(people: People, **changes: Any) -> dict[str, Any]:
    common = {"organization_id": str(people.branch), "form": "show_identity", "name": "佩戴党徽上岗"}
    return {**common, "held_on": "2025-03-10", "participants": 12, "result": "全部党员亮明身份", **changes}


async def granted(district: District, subject: Any, code: str) -> list[str]:
    await district.follow_own_events()
    return [points for found, _, points in await district.entries(subject) if found == code]


class TestDutyPosts:
    @pytest.mark.feature("S09")
    async def test_of_tongda_are_seven_areas_four_posts_and_five_breakthroughs(self, people: People) -> None:
        for kind, count in (("responsibility_area", 7), ("pioneer_post", 4), ("breakthrough", 5)):
            for number in range(count):
                await made(people.secretary, "/duty-posts", **post_of(people, kind=kind, name=f"{number + 1}号"))

        figures = (await people.town_officer.get("/contest-figures", year=2025)).json()

        posts = {one["kind"]: one["posts"] for one in figures["duty_posts"] if one["posts"]}
        assert posts == {"responsibility_area": 7, "pioneer_post": 4, "breakthrough": 5}

    async def test_earn_the_branch_four_times_a_year_and_the_holder_when_up_to_standard(
        self, district: District, people: People
    ) -> None:
        posts = [await made(people.secretary, "/duty-posts", **post_of(people, name=str(n))) for n in range(5)]
        judged = await stepped(
            people.secretary, f"/duty-posts/{posts[0]['id']}/judgement", {"year": 2025, "meets_standard": True}, 1
        )

        assert await granted(district, people.branch, "O40") == ["0.50"] * 4 + ["0.00"]
        assert await granted(district, people.member_id, "M17") == ["1.00"]
        assert (judged["judged_year"], judged["meets_standard"], judged["version"]) == (2025, True, 2)

    async def test_earn_nothing_any_more_when_the_standard_was_not_met_or_the_post_was_a_mistake(
        self, district: District, people: People
    ) -> None:
        post = await made(people.secretary, "/duty-posts", **post_of(people))
        place = f"/duty-posts/{post['id']}"
        await stepped(people.secretary, f"{place}/judgement", {"year": 2025, "meets_standard": True}, 1)
        await granted(district, people.member_id, "M17")

        await stepped(people.secretary, f"{place}/judgement", {"year": 2025, "meets_standard": False}, 2)
        assert await granted(district, people.member_id, "M17") == ["1.00", "-1.00"]
        await stepped(people.secretary, f"{place}/void", {"reason": "录错了支部"}, 3)

        assert await granted(district, people.branch, "O40") == ["0.50", "-0.50"]
        assert (await people.secretary.get("/duty-posts")).json()["items"] == []
        gone = (await people.secretary.get("/duty-posts", is_void=True)).json()["items"]
        assert [one["void_reason"] for one in gone] == ["录错了支部"]
        assert await refused(people.secretary, f"{place}/end", {"ended_on": "2025-03-20"}, 4) == (409, "record-void")

    async def test_are_judged_by_somebody_else_in_their_own_years(self, people: People) -> None:
        own = await made(people.secretary, "/duty-posts", **post_of(people, holder_id=str(people.secretary_id)))
        nobody = await made(people.secretary, "/duty-posts", **post_of(people, holder_id=None))
        whole = {"year": 2025, "meets_standard": True}

        place = f"/duty-posts/{own['id']}/judgement"
        assert await refused(people.secretary, place, whole, 1) == (403, "own-case")
        assert await refused(people.town_officer, place, {**whole, "year": 2024}, 1) == (422, "not-its-year")
        assert await refused(people.town_officer, place, {**whole, "year": 2026}, 1) == (422, "not-its-year")
        assert await refused(people.town_officer, f"/duty-posts/{nobody['id']}/judgement", whole, 1) == (
            422,
            "nobody-holds-it",
        )

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({"set_up_on": "2025-04-01"}, (422, "day-in-the-future")),
            ({"holder_id": "stranger"}, (422, "not-its-members")),
            ({"organization_id": "other"}, (404, "party-organization-not-found")),
        ],
    )
    async def test_are_the_branchs_own(
        self, district: District, people: People, changes: dict[str, Any], expected: tuple[int, str]
    ) -> None:
        outsider = await district.member(people.other_branch)
        meant = {"stranger": str(outsider), "other": str(people.other_branch)}
        changes = {name: meant.get(value, value) for name, value in changes.items()}

        assert await refused(people.secretary, "/duty-posts", post_of(people, **changes)) == expected
        assert await refused(people.member, "/duty-posts", post_of(people)) == (403, "forbidden")

    async def test_end_once_and_not_before_they_began(self, people: People) -> None:
        post = await made(people.secretary, "/duty-posts", **post_of(people))
        place = f"/duty-posts/{post['id']}/end"

        assert await refused(people.secretary, place, {"ended_on": "2025-03-02"}, 1) == (422, "wrong-dates")
        await stepped(people.secretary, place, {"ended_on": "2025-03-31"}, 1)
        assert await refused(people.secretary, place, {"ended_on": "2025-03-31"}, 2) == (409, "duty-post-already-ended")
        figures = (await people.secretary.get("/contest-figures", year=2025)).json()
        assert {one["posts"] for one in figures["duty_posts"]} == {0}
        assert (await people.member.get("/duty-posts", is_ended=True)).json()["items"][0]["id"] == post["id"]
        assert (await people.other_town_officer.get("/duty-posts")).json()["items"] == []


class TestAProject:
    @pytest.mark.feature("S21")
    async def test_is_offered_claimed_and_closed_with_its_measured_effect(
        self, district: District, people: People
    ) -> None:
        project = await made(people.secretary, "/projects", **project_of(people))
        place = f"/projects/{project['id']}"
        closure = {"closed_on": "2025-03-20", "effect": "用工减少三分之一,效率提高一倍"}
        assert await refused(people.secretary, f"{place}/closure", closure, 1) == (409, "project-not-under-way")
        claim = {"claimant_id": str(people.member_id)}
        claimed = await stepped(people.secretary, f"{place}/claim", claim, 1)
        assert await refused(people.secretary, f"{place}/claim", claim, 2) == (409, "project-already-claimed")
        without = {"closed_on": "2025-03-20", "effect": " "}
        assert (await refused(people.secretary, f"{place}/closure", without, 2))[0] == 422

        others = {"participant_ids": [str(people.colleague_id)]}
        closed = await stepped(people.secretary, f"{place}/closure", {**closure, **others}, 2)

        assert (project["state"], claimed["state"], closed["state"]) == ("offered", "under_way", "closed")
        assert closed["effect"] == "用工减少三分之一,效率提高一倍"
        assert len(closed["participant_names"]) == 2
        assert await granted(district, people.branch, "O41") == ["1.00"]
        for one in (people.member_id, people.colleague_id):
            assert await granted(district, one, "M14") == ["1.00"]

    async def test_earns_nothing_when_it_was_no_technical_one_or_a_mistake(
        self, district: District, people: People
    ) -> None:
        closure = {"closed_on": "2025-03-20", "effect": "用工减少三分之一"}
        for kind in ("secretary", "improvement"):
            project = await made(people.secretary, "/projects", **project_of(people, kind=kind))
            place = f"/projects/{project['id']}"
            await stepped(people.secretary, f"{place}/claim", {"claimant_id": str(people.member_id)}, 1)
            await stepped(people.secretary, f"{place}/closure", closure, 2)
        assert await granted(district, people.branch, "O41") == ["1.00"]

        await stepped(people.secretary, f"{place}/void", {"reason": "重复登记"}, 3)

        assert await granted(district, people.branch, "O41") == ["1.00", "-1.00"]
        assert await granted(district, people.member_id, "M14") == ["1.00", "-1.00"]

    async def test_is_closed_neither_before_it_was_opened_nor_tomorrow(self, people: People) -> None:
        project = await made(people.secretary, "/projects", **project_of(people))
        place = f"/projects/{project['id']}"
        await stepped(people.secretary, f"{place}/claim", {"claimant_id": str(people.member_id)}, 1)

        early = {"closed_on": "2025-01-09", "effect": "见报告"}
        assert await refused(people.secretary, f"{place}/closure", early, 2) == (422, "wrong-dates")
        late = {**early, "closed_on": "2025-04-01"}
        assert await refused(people.secretary, f"{place}/closure", late, 2) == (422, "day-in-the-future")


class TestContests:
    async def test_earn_the_branch_a_quarter_and_nothing_when_void(self, district: District, people: People) -> None:
        first = await made(people.secretary, "/contests", **contest_of(people))
        await made(people.secretary, "/contests", **contest_of(people, form="appraised_by_served"))
        assert await granted(district, people.branch, "O49") == ["0.25", "0.00"]

        await stepped(people.secretary, f"/contests/{first['id']}/void", {"reason": "录错日期"}, 1)

        assert await granted(district, people.branch, "O49") == ["0.25", "0.00", "-0.25"]

    @pytest.mark.feature("S08")
    @pytest.mark.feature("S09")
    async def test_of_a_year_with_100_contests_500_posts_and_120_appraisals_are_reported(self, people: People) -> None:
        _, contests, appraisals = FORMS
        for number in range(100):
            await made(people.secretary, "/contests", **contest_of(people, form=contests[number % 3]))
        for number in range(120):
            await made(people.secretary, "/contests", **contest_of(people, form=appraisals[number % 3]))
        for number in range(500):
            post = post_of(people, kind=KINDS[number % 8], name=f"第{number + 1}岗", holder_id=None)
            await made(people.secretary, "/duty-posts", **post)

        figures = (await people.district_officer.get("/contest-figures", year=2025)).json()

        parts = {one["part"]: (one["held"], one["participants"]) for one in figures["parts"]}
        assert parts == {"shows": (0, 0), "contests": (100, 1200), "appraisals": (120, 1440)}
        assert {one["kind"]: one["posts"] for one in figures["duty_posts"]} == {
            kind: 63 if number < 4 else 62 for number, kind in enumerate(KINDS)
        }
        assert sum(one["posts"] for one in figures["duty_posts"]) == 500
        listed = (await people.town_officer.get("/duty-posts", limit=1, with_total=True)).json()
        assert listed["total"] == 500
        assert {one["held"] for one in figures["forms"][3:6]} == {33, 34}
