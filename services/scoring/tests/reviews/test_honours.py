"""A town reviews its branches: single ones only, by dimension or by band, and hangs plaques."""

from collections import Counter
from typing import Any
from uuid import UUID

import pytest

from kit.database import app_transaction
from kit.ids import uuid7
from scoring.honours.stars.models import Star
from scoring.subjects import SubjectKind

pytestmark = pytest.mark.anyio


class Town:
    """Three branches and a joint one, each with a secretary; the town with a committee of three."""

    def __init__(self, stage: Any) -> None:
        self.stage = stage
        self.branches: list[Any] = []
        self.committee: list[Any] = []
        self.secretaries: list[Any] = []

    async def assemble(self, branches: int = 2) -> None:
        district, town = self.stage.district, self.stage.town
        for number in range(branches):
            self.branches.append(await district.organization("branch", town, level=4))
            self.secretaries.append(await district.member(self.branches[-1]))
            await self.post(self.secretaries[-1], self.branches[-1], number)
        self.joint = await district.organization("joint_branch", town, level=4, is_joint=True)
        for _ in range(3):
            self.committee.append(await district.member(town))
            await self.post(self.committee[-1], town, 9)

    async def post(self, member: Any, organization: Any, _: int) -> None:
        from kit.ids import uuid7

        one = uuid7()
        data = {
            "id": str(one),
            "member_id": str(member),
            "organization_id": str(organization),
            "kind": "secretary",
            "valid_from": "2024-01-01",
            "valid_to": None,
            "is_current_record": True,
        }
        await self.stage.district.tell("registry.post.changed.v1", one, data)

    async def judge(self) -> None:
        """From opening to the end; the committee votes, the survey is left out."""
        stage, officer = self.stage, self.stage.town_officer
        review = {"review_id": stage.review_id}
        subjects = [one["subject_id"] for one in (await officer.get(f"/reviews/{stage.review_id}/subjects"))["items"]]
        for one in subjects:
            subject = {**review, "subject_id": one}
            await officer.post("/pledge-exemptions", {**subject, "reason": "年中新建"})
        await stage.advance("practise", officer)
        await stage.advance("report", officer)
        for one in subjects:
            await officer.post("/reports", {**review, "subject_id": one, "absence_reason": "因公出差"})
        await stage.advance("appraise", officer)
        ballot = await officer.post("/ballots", review)
        own = dict(zip(self.secretaries, map(str, self.branches), strict=True))
        for person in (*self.committee, *self.secretaries):
            voter = await stage.make_caller(("member", stage.town), person=person)
            token = await voter.token(ballot["id"])
            choices = [{"subject_id": one, "grade": "qualified"} for one in subjects if one != own.get(person)]
            await stage.stranger.post(f"/ballots/{ballot['id']}/votes", {"token": token, "choices": choices})
        await officer.post(f"/ballots/{ballot['id']}/closure")
        for one in subjects:
            await officer.post("/survey-absences", {**review, "subject_id": one, "reason": "本年未开展"})
        await stage.advance("compare", officer)
        await stage.advance("publicise", officer)
        await stage.let_the_notice_run_out()
        await stage.advance("deliberate", officer)
        meeting = {"held_on": "2026-03-31", "present_member_ids": [str(one) for one in self.committee]}
        meeting["sheet_file_id"] = await stage.sheet(officer)
        await officer.post("/resolutions", {**review, **meeting, "confirmation": {"votes_for": 3}})
        await stage.advance("final", officer)


async def star_of(stage: Any, subject: Any) -> Any:
    stars = (await stage.stranger.get("/stars", limit=200))["items"]
    return next(one for one in stars if one["subject_id"] == str(subject))


async def rate(stage: Any, levels: dict[Any, int]) -> None:
    """The superior gives each that many stars."""
    raised = {"reason": "经上级党组织复核", "hearing": "已听取支部书记陈述"}
    for subject, level in levels.items():
        star = await star_of(stage, subject)
        place = f"/stars/{star['id']}/adjustments"
        await stage.district_officer.post(place, {"level": level, **raised}, version=star["version"])


@pytest.fixture
async def town(stage: Any) -> Town:
    one = Town(stage)
    await one.assemble()
    return one


class TestASchemeForSingleOrganizations:
    @pytest.mark.feature("S13")
    @pytest.mark.parametrize("only_single", [True, False])
    async def test_leaves_joint_ones_out_unless_the_cycle_allows_them(
        self, stage: Any, town: Town, only_single: bool
    ) -> None:
        await stage.open("organization", only_single=only_single, star_model="dimensions")

        subjects = (await stage.town_officer.get(f"/reviews/{stage.review_id}/subjects"))["items"]

        found = {one["subject_id"] for one in subjects}
        assert {str(one) for one in town.branches} <= found
        assert (str(town.joint) in found) is not only_single


class TestPlaques:
    @pytest.mark.feature("S12")
    async def test_hang_at_three_four_star_and_eight_three_star_ones(self, stage: Any) -> None:
        """Eleven plaques; who falls to two stars loses it, in public, with the reason."""
        town = Town(stage)
        await town.assemble(branches=11)
        await stage.open("organization", only_single=True, star_model="dimensions")
        await town.judge()
        found = {one["subject_id"]: one for one in (await stage.stranger.get("/stars", limit=200))["items"]}
        raised = {"reason": "经上级党组织复核", "hearing": "已听取支部书记陈述"}
        for number, branch in enumerate(town.branches):
            place = f"/stars/{found[str(branch)]['id']}/adjustments"
            await stage.district_officer.post(place, {"level": 4 if number < 3 else 3, **raised}, version=1)

        plaques = (await stage.stranger.get("/plaques", limit=200))["items"]
        assert Counter(one["level"] for one in plaques) == {4: 3, 3: 8}
        assert len({one["number"] for one in plaques}) == 3 + 8

        fallen = str(town.branches[-1])
        [star] = [
            one for one in (await stage.stranger.get("/stars", limit=200))["items"] if one["subject_id"] == fallen
        ]
        lowered = {"level": 2, "reason": "整改不到位", "hearing": "已听取支部书记陈述"}
        await stage.district_officer.post(f"/stars/{star['id']}/adjustments", lowered, version=star["version"])

        hanging = (await stage.stranger.get("/plaques", limit=200))["items"]
        assert fallen not in {one["organization_id"] for one in hanging}
        assert len(hanging) == 10
        [gone] = (await stage.stranger.get("/plaques", withdrawn=True))["items"]
        assert (gone["organization_id"], gone["withdrawal_reason"]) == (fallen, "整改不到位")


class TestRewards:
    @pytest.mark.feature("S15")
    async def test_equal_the_list_of_three_four_star_and_eight_three_star_ones(self, stage: Any) -> None:
        """All three sums of the classes; a reward and a plaque for each of the eleven."""
        town = Town(stage)
        await town.assemble(branches=11)
        await stage.open("organization", only_single=True, star_model="dimensions")
        await town.judge()
        await rate(stage, {one: 4 if number < 3 else 3 for number, one in enumerate(town.branches)})
        for name, value in (("reward_four_stars", 2000), ("reward_three_stars", 1000)):
            rule = {"name": name, "effective_from": "2026-03-31", "value": value}
            await stage.district_officer.post("/policies", rule)
        before = await stage.district_officer.get("/reward-statement", cycle_id=stage.cycle_id)
        assert (before["is_equal"], before["without_reward"], before["rewards"]) == (False, 11, 0)
        grant = {"cycle_id": stage.cycle_id, "granted_on": "2026-03-31"}
        assert await stage.stranger.refused("/rewards", grant) == (401, "unauthenticated")

        told = await stage.district_officer.post("/rewards", grant, expect=201)

        assert {one["star_class"]: one["stars"] for one in told["classes"]} == {
            "advanced": 11, "ordinary": 0, "backward": told["stars"] - 11,
        }  # fmt: skip
        assert [(one["level"], one["stars"], one["rewards"], one["amount"]) for one in told["levels"]] == [
            (5, 0, 0, "0.00"), (4, 3, 3, "6000.00"), (3, 8, 8, "8000.00"),
        ]  # fmt: skip
        assert (told["named"], told["rewards"], told["plaques"], told["amount"]) == (11, 11, 11, "14000.00")
        assert (told["is_equal"], told["missing"], told["surplus"]) == (True, [], [])
        listed = (await stage.district_officer.get("/rewards", cycle_id=stage.cycle_id, limit=200))["items"]
        assert {one["subject_id"] for one in listed} == {str(one) for one in town.branches}
        plaques = {one["number"] for one in (await stage.stranger.get("/plaques", limit=200))["items"]}
        assert {one["plaque_number"] for one in listed} == plaques
        assert await stage.district_officer.refused("/rewards", grant) == (409, "nothing-to-reward")

    @pytest.mark.feature("S15")
    async def test_without_a_star_are_refused_and_those_whose_star_changed_are_listed(
        self, stage: Any, town: Town
    ) -> None:
        await stage.open("organization", only_single=True, star_model="dimensions")
        await town.judge()
        first, second = town.branches
        await rate(stage, {first: 4})
        grant = {"cycle_id": stage.cycle_id, "granted_on": "2026-03-31"}
        low = await star_of(stage, second)
        refused = await stage.district_officer.refused("/rewards", {**grant, "star_ids": [low["id"]]})
        assert refused == (422, "reward-without-star")
        high = await star_of(stage, first)
        named = {**grant, "star_ids": [high["id"]]}
        early, late = {**named, "granted_on": "2026-03-30"}, {**named, "granted_on": "2026-04-01"}
        assert await stage.district_officer.refused("/rewards", early) == (422, "granted-out-of-time")
        assert await stage.district_officer.refused("/rewards", late) == (422, "granted-out-of-time")
        await stage.district_officer.post("/rewards", named, expect=201)
        assert await stage.district_officer.refused("/rewards", named) == (409, "reward-already-granted")

        await rate(stage, {first: 5})
        risen = {**grant, "star_ids": [(await star_of(stage, first))["id"]]}
        assert await stage.district_officer.refused("/rewards", risen) == (409, "reward-already-granted")
        assert await stage.district_officer.refused("/rewards", grant) == (409, "nothing-to-reward")
        await rate(stage, {first: 2, second: 3})

        told = await stage.district_officer.get("/reward-statement", cycle_id=stage.cycle_id)
        assert (told["is_equal"], told["without_reward"], told["without_star"]) == (False, 1, 1)
        assert [one["subject_id"] for one in told["missing"]] == [str(second)]
        assert [(one["subject_id"], one["level"]) for one in told["surplus"]] == [(str(first), 4)]
        [reward] = (await stage.town_officer.get("/rewards"))["items"]
        assert (reward["is_star_current"], reward["plaque_number"]) == (False, None)
        place = f"/rewards/{reward['id']}/void"
        await stage.district_officer.post(place, {"reason": "星级已降"})
        after = await stage.district_officer.post("/rewards", grant, expect=201)
        assert (after["is_equal"], after["rewards"]) == (True, 1)
        assert await stage.district_officer.refused(place, {"reason": "再作废"}, version=2) == (409, "record-void")
        gone = (await stage.district_officer.get("/rewards", is_void=True))["items"]
        assert [one["void_reason"] for one in gone] == ["星级已降"]


class TestStarsOfOrganizations:
    @pytest.mark.feature("S12")
    @pytest.mark.feature("S11")
    async def test_hang_a_plaque_at_three_and_lose_it_below(self, stage: Any, town: Town) -> None:
        await stage.earn([town.branches[0]], 1.0, SubjectKind.ORGANIZATION)
        await stage.open("organization", only_single=True, star_model="dimensions")
        await town.judge()

        stars = (await stage.stranger.get("/stars"))["items"]
        plaques = (await stage.stranger.get("/plaques"))["items"]

        named = {one["subject_id"]: one for one in stars}
        assert str(town.joint) not in named
        assert named[str(town.branches[0])]["level"] == 5
        assert named[str(town.branches[1])]["level"] == 0
        assert [(one["organization_id"], one["number"]) for one in plaques] == [(str(town.branches[0]), "2026-0001")]

        star = named[str(town.branches[0])]
        lowered = {"level": 2, "reason": "群众反映强烈,经查属实", "hearing": "已听取支部书记陈述"}
        place = f"/stars/{star['id']}/adjustments"
        assert await stage.town_officer.refused(place, lowered, version=1) == (403, "only-the-superior")
        assert await stage.district_officer.refused(place, {**lowered, "level": 5}, version=1) == (
            422,
            "level-unchanged",
        )
        assert star["version"] == 1
        await stage.district_officer.post(place, lowered, version=1)

        assert await stage.district_officer.refused(place, lowered, version=1) == (412, "stale-version")
        assert await stage.district_officer.refused(place, lowered, version=2) == (409, "star-not-current")
        assert (await stage.stranger.get("/plaques"))["items"] == []
        withdrawn = (await stage.stranger.get("/plaques", withdrawn=True))["items"]
        assert [one["withdrawal_reason"] for one in withdrawn] == [lowered["reason"]]
        history = (await stage.district_officer.get(f"/star-history/{town.branches[0]}"))["items"]
        assert [(one["level"], one["previous_level"]) for one in history] == [(2, 5), (5, None)]

    async def test_of_a_former_year_leave_the_plaque_of_the_newest_alone(self, stage: Any, town: Town) -> None:
        await stage.earn([town.branches[0]], 1.0, SubjectKind.ORGANIZATION)
        await stage.open("organization", only_single=True, star_model="dimensions")
        await town.judge()
        former, newest = await star_of(stage, town.branches[0]), uuid7()
        later = {"organization_id": str(stage.district.root), "year": 2027, "name": "2027 年度评议"}
        cycle = await stage.district_officer.post("/cycles", {**later, "subject_kind": "organization"}, expect=201)
        async with app_transaction(stage.district.app) as db:
            star = await db.get_one(Star, UUID(former["id"]))
            same = {
                column.key: getattr(star, column.key) for column in Star.__table__.columns if column.key != "version"
            }
            changed = {"id": newest, "cycle_id": UUID(cycle["id"]), "year": 2027, "level": 4}
            db.add(Star(**same | changed))

        await rate(stage, {town.branches[0]: 2})

        [plaque] = (await stage.stranger.get("/plaques"))["items"]
        assert (plaque["level"], plaque["organization_id"]) == (5, str(town.branches[0]))

    @pytest.mark.feature("S26")
    async def test_by_band_count_into_the_overview(self, stage: Any, town: Town) -> None:
        await stage.earn(town.branches, 1.0, SubjectKind.ORGANIZATION)
        await stage.open("organization")
        await town.judge()

        overview = await stage.district_officer.get("/overview")

        counted = {one["level"]: one["count"] for one in overview["stars"] if one["organization_id"] == str(stage.town)}
        assert sum(counted.values()) == 5
        assert counted[5] == 2
