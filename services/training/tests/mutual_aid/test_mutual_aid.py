"""A menu of 30 items, one ballot a member, ten fixed ones with a rule for ties, what was provided, and essays."""

import asyncio
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx2
import pytest
from sqlalchemy import text

from kit.database import app_transaction
from services.training.tests.district import Client, District, SignIn, Town
from training.mutual_aid.votes.kinds import VoteOutcome
from training.mutual_aid.votes.rules import outcomes

pytestmark = pytest.mark.anyio
KEYS = text("SELECT count(*) FROM idempotency_keys")
FIELDS = ("name", "provider_ids", "form", "time", "notice")


@dataclass
class Story:
    district: District
    town: Town
    sign_in: SignIn

    def entry(self, number: int = 1, **changes: Any) -> dict[str, Any]:
        provider = self.town.people[number % 4]
        item = {"name": f"项目{number:02}", "provider_ids": [str(provider)], "form": "上门", "time": "每周六上午"}
        return {"organization_id": str(self.town.branch), **item, "notice": "提前一天预约", **changes}

    async def item(self, number: int = 1, **changes: Any) -> str:
        made = await self.town.secretary.post("/service-items", self.entry(number, **changes))
        assert made.status_code == 201, made.text
        return str(made.json()["id"])

    async def menu(self, count: int) -> list[str]:
        return [await self.item(number) for number in range(1, count + 1)]

    async def vote(self, **changes: Any) -> str:
        body = {"organization_id": str(self.town.branch), "title": "最需要的互助项目", "closes_on": "2025-03-31"}
        made = await self.town.secretary.post("/service-votes", {**body, **changes})
        assert made.status_code == 201, made.text
        return str(made.json()["id"])

    async def member(self, person: UUID, branch: UUID | None = None) -> Client:
        return await self.sign_in(("member", branch or self.town.branch), person=person)

    async def ballot(self, vote: str, person: UUID, items: list[str]) -> httpx2.Response:
        member = await self.member(person)
        return await member.post(f"/service-votes/{vote}/ballots", {"service_item_ids": items})

    async def step(self, path: str, step: str, body: Any = None, by: Client | None = None) -> httpx2.Response:
        caller = by or self.town.secretary
        return await caller.post(f"{path}/{step}", body, If_Match=await caller.tag_of(path))

    async def close(self, vote: str) -> None:
        await self.district.clock("2025-04-01T09:00:00")
        closed = await self.step(f"/service-votes/{vote}", "closure")
        assert closed.status_code == 201, closed.text

    async def named(self, vote: str, outcome: str) -> list[dict[str, Any]]:
        found = await self.town.secretary.get("/service-candidates", service_vote_id=vote, outcome=outcome, limit=100)
        return list(found.json()["items"])

    async def provision(self, by: Client, item: str, person: UUID, **changes: Any) -> httpx2.Response:
        body = {"service_item_id": item, "member_id": str(person), "provided_on": "2025-03-02", "helped": 6}
        return await by.post("/service-provisions", {**body, "content": "修好六台电脑", **changes})


@pytest.fixture
async def story(district: District, town: Town, sign_in: SignIn) -> Story:
    await district.clock("2025-03-03T09:00:00")
    return Story(district, town, sign_in)


class TestMenu:
    @pytest.mark.feature("T09")
    @pytest.mark.parametrize("lacking", FIELDS)
    async def test_refuses_an_item_that_lacks_one_of_the_five_fields(self, story: Story, lacking: str) -> None:
        entry = {name: value for name, value in story.entry().items() if name != lacking}

        answer = await story.town.secretary.post("/service-items", entry)

        assert answer.status_code == 422
        assert lacking in answer.text

    @pytest.mark.feature("T09")
    async def test_holds_30_items_with_three_flags_to_filter_by(self, story: Story) -> None:
        for number in range(1, 31):
            flags = {"is_voluntary": number <= 20, "is_convenient": number <= 10, "is_shared": number <= 5}
            await story.item(number, **flags)

        async def total(**wanted: Any) -> int:
            found = await story.town.secretary.get("/service-items", with_total=True, **wanted)
            return int(found.json()["total"])

        assert await total() == 30
        found = [await total(is_voluntary=True), await total(is_convenient=True), await total(is_shared=True)]
        assert found == [20, 10, 5]

    async def test_names_providers_of_the_organisation_only_and_shares_what_is_shared(
        self, story: Story, other_town: Town
    ) -> None:
        foreign = story.entry(provider_ids=[str(other_town.people[0])])
        refused = await story.town.secretary.post("/service-items", foreign)
        hidden, shared = await story.item(1), await story.item(2, is_shared=True)
        twice = await story.town.secretary.post("/service-items", story.entry(2))

        found = [await other_town.secretary.get(f"/service-items/{one}") for one in (hidden, shared)]
        taken = await story.step(f"/service-items/{shared}", "end", by=other_town.secretary)

        assert refused.json()["code"] == "not-of-the-organization"
        assert twice.json()["code"] == "service-item-taken"
        assert [one.status_code for one in found] == [404, 200]
        assert (taken.status_code, taken.json()["code"]) == (403, "not-the-keeper")

    async def test_keeps_its_changes_and_takes_items_off(self, story: Story) -> None:
        item = await story.item()
        path = f"/service-items/{item}"
        await story.town.secretary.patch(path, {"time": "每周日"}, If_Match='"1"')
        ended = await story.step(path, "end")
        late = await story.town.secretary.patch(path, {"time": "每天"}, If_Match='"3"')

        history = (await story.town.secretary.get(f"{path}/history")).json()["items"]
        listed = (await story.town.secretary.get("/service-items", is_ended=True)).json()["items"]

        assert ended.json()["ended_on"] == "2025-03-03"
        assert late.json()["code"] == "service-item-ended"
        assert ("time", "每周六上午", "每周日") in [(one["field"], one["old"], one["new"]) for one in history]
        assert [one["id"] for one in listed] == [item]


class TestOutcomes:
    @pytest.mark.feature("T10")
    @pytest.mark.parametrize(
        ("votes", "fixed", "tied"),
        [
            ([9, 8, 7, 6, 5, 4, 3, 3, 2, 2, 1], 10, 0),  # all ten places clear
            ([9, 8, 7, 6, 5, 4, 3, 3, 2, 1, 1], 9, 2),  # two level at the tenth place
            ([5] * 11, 0, 11),  # all level
            ([5] * 10 + [0] * 20, 10, 0),
            ([3, 2, 0, 0], 2, 0),  # nothing without a vote is fixed
            ([0] * 30, 0, 0),
        ],
    )
    def test_leave_undecided_who_is_level_at_the_edge(self, votes: list[int], fixed: int, tied: int) -> None:
        found = list(outcomes({UUID(int=at): vote for at, vote in enumerate(votes)}, 10).values())

        assert (found.count(VoteOutcome.FIXED), found.count(VoteOutcome.TIED)) == (fixed, tied)


class TestVote:
    @pytest.mark.feature("T10")
    async def test_makes_ten_of_thirty_fixed_and_lists_their_providers(self, story: Story) -> None:
        items = await story.menu(30)
        vote = await story.vote()
        for person in story.town.people:
            assert (await story.ballot(vote, person, items[:10])).status_code == 201

        await story.close(vote)

        fixed = await story.named(vote, "fixed")
        assert {one["service_item_id"] for one in fixed} == set(items[:10])
        assert {one["votes"] for one in fixed} == {5}
        providers = {name for one in fixed for name in one["provider_names"]}
        assert len(providers) == 4
        listed = await story.town.secretary.get("/service-items", is_fixed=True, with_total=True)
        assert listed.json()["total"] == 10
        export = await story.town.secretary.get("/service-candidates/export", format="csv", outcome="fixed")
        assert all(name in export.text for name in providers)

    @pytest.mark.feature("T10")
    async def test_gives_each_member_one_ballot_of_at_most_ten(self, story: Story, other_town: Town) -> None:
        items = await story.menu(11)
        vote, person = await story.vote(), story.town.people[1]

        many = await story.ballot(vote, person, items)
        repeated = await story.ballot(vote, person, [items[0], items[0]])
        stranger = await story.ballot(vote, other_town.people[0], items[:1])
        first = await story.ballot(vote, person, items[:10])
        second = await story.ballot(vote, person, items[:1])

        assert many.json()["code"] == repeated.json()["code"] == "ballot-mismatch"
        assert stranger.json()["code"] == "nobody-takes-part"
        assert (first.status_code, first.json()["voters"]) == (201, 1)
        assert (second.status_code, second.json()["code"]) == (409, "already-voted")

    @pytest.mark.feature("T10")
    async def test_counts_one_of_many_ballots_sent_at_once(self, story: Story) -> None:
        items = await story.menu(2)
        vote = await story.vote()
        member = await story.member(story.town.people[1])
        path, body = f"/service-votes/{vote}/ballots", {"service_item_ids": items[:1]}

        answers = await asyncio.gather(*(member.post(path, body) for _ in range(6)))
        await story.close(vote)

        assert sorted(one.status_code for one in answers) == [201, 409, 409, 409, 409, 409]
        assert [one["votes"] for one in await story.named(vote, "fixed")] == [1]

    async def test_shows_no_votes_and_no_choices_before_the_count(self, story: Story) -> None:
        items = await story.menu(3)
        vote = await story.vote()
        await story.ballot(vote, story.town.people[1], items[:1])

        early = await story.step(f"/service-votes/{vote}", "closure")
        pending = await story.named(vote, "pending")
        told = await story.district.events("training.service_ballot.cast.v1")

        assert (early.status_code, early.json()["code"]) == (409, "vote-not-over")
        assert {one["votes"] for one in pending} == {0}
        assert [set(one) for one in told] == [{"service_vote_id", "organization_id"}]
        await story.close(vote)
        late = await story.ballot(vote, story.town.people[2], items[:1])
        assert late.json()["code"] == "vote-not-open"

    @pytest.mark.feature("T10")
    async def test_leaves_a_tie_at_the_edge_to_the_meeting(self, story: Story) -> None:
        items = await story.menu(4)
        vote = await story.vote(places=2)
        for person, chosen in zip(story.town.people[:3], (items[:2], [items[0], items[2]], [items[0]]), strict=True):
            await story.ballot(vote, person, chosen)
        await story.close(vote)
        tied = [one["service_item_id"] for one in await story.named(vote, "tied")]
        path, decision = f"/service-votes/{vote}", {"service_item_ids": [items[2]], "reason": "需要的人更多"}

        both = await story.step(path, "tie-decision", {**decision, "service_item_ids": items[1:3]})
        decided = await story.step(path, "tie-decision", decision)
        again = await story.step(path, "tie-decision", decision)

        assert set(tied) == set(items[1:3])
        assert (both.status_code, both.json()["code"]) == (422, "tie-mismatch")
        assert (decided.status_code, decided.json()["tie_reason"]) == (201, "需要的人更多")
        assert {one["service_item_id"] for one in await story.named(vote, "fixed")} == {items[0], items[2]}
        assert (again.status_code, again.json()["code"]) == (409, "no-tie")

    async def test_leaves_no_trace_of_a_choice_with_the_keys_of_requests(self, story: Story) -> None:
        items = await story.menu(2)
        vote = await story.vote()
        async with app_transaction(story.district.app) as db:
            before = await db.scalar(KEYS)
        assert (await story.ballot(vote, story.town.people[0], items[:1])).status_code == 201
        async with app_transaction(story.district.app) as db:
            assert await db.scalar(KEYS) == before

    async def test_is_open_to_members_of_the_groups_below(self, story: Story) -> None:
        items, group = await story.menu(2), await story.district.organization("party_group", story.town.branch)
        vote, person = await story.vote(), await story.district.member(group)
        member = await story.member(person, group)
        cast = await member.post(f"/service-votes/{vote}/ballots", {"service_item_ids": items})

        assert (cast.status_code, cast.json()["voters"]) == (201, 1)
        assert {one["id"] for one in (await member.get("/service-items")).json()["items"]} == set(items)

    async def test_gives_no_place_to_what_was_taken_from_the_menu_meanwhile(self, story: Story) -> None:
        items = await story.menu(3)
        vote = await story.vote(places=2)
        for person, chosen in zip(story.town.people[:3], (items, items[:2], items[:1]), strict=True):
            await story.ballot(vote, person, chosen)
        ended = await story.step(f"/service-items/{items[0]}", "end", {"ended_on": "2025-03-03", "reason": "停办"})
        assert ended.status_code == 200, ended.text
        await story.close(vote)

        assert {one["service_item_id"] for one in await story.named(vote, "fixed")} == set(items[1:])

    async def test_that_is_newer_stays_in_force_when_an_older_one_is_void(self, story: Story) -> None:
        items = await story.menu(2)
        older, newer = await story.vote(places=1), await story.vote(places=1, closes_on="2025-04-30")
        await story.ballot(older, story.town.people[0], items[:1])
        await story.ballot(newer, story.town.people[0], items[:1])
        await story.close(older)
        await story.district.clock("2025-05-01T09:00:00")
        await story.step(f"/service-votes/{newer}", "closure")

        await story.step(f"/service-votes/{older}", "void", {"reason": "误发起"})

        fixed = await story.town.secretary.get("/service-items", is_fixed=True)
        assert [one["id"] for one in fixed.json()["items"]] == items[:1]

    async def test_begins_with_standing_items_and_can_be_void(self, story: Story) -> None:
        await story.item(1)
        body = {"organization_id": str(story.town.branch), "title": "投票", "closes_on": "2025-03-31"}
        alone = await story.town.secretary.post("/service-votes", body)
        items = [await story.item(2), await story.item(3)]
        past = await story.town.secretary.post("/service-votes", {**body, "closes_on": "2025-03-02"})
        vote = await story.vote(service_item_ids=items)
        await story.ballot(vote, story.town.people[0], items)
        await story.close(vote)

        voided = await story.step(f"/service-votes/{vote}", "void", {"reason": "误发起"})

        assert (alone.json()["code"], past.json()["code"]) == ("not-on-the-menu", "closes-too-early")
        assert (voided.status_code, voided.json()["candidates"]) == (200, 2)
        fixed = await story.town.secretary.get("/service-items", is_fixed=True)
        assert fixed.json()["items"] == []


class TestProvision:
    async def test_earns_when_confirmed_by_somebody_else_and_not_called_poor(self, story: Story) -> None:
        """Each state is a revision of one fact: reported, good, poor, good again, void."""
        person = story.town.people[1]
        item, member = await story.item(1), await story.member(person)
        path = f"/service-provisions/{(await story.provision(member, item, person)).json()['id']}"

        await story.step(path, "confirmation", {"rating": "good"})
        for rating in ("poor", "fairly_good"):
            tag = await story.town.secretary.tag_of(path)
            corrected = await story.town.secretary.patch(path, {"rating": rating}, If_Match=tag)
            assert corrected.status_code == 200, corrected.text
        await story.step(path, "void", {"reason": "重复登记"})

        told = await story.district.events("training.service_provision.changed.v1")
        assert [one["is_earning"] for one in told] == [False, True, False, True, False]
        assert [one["revision"] for one in told] == [1, 2, 3, 4, 5]
        assert {(one["member_id"], one["provided_on"]) for one in told} == {(str(person), "2025-03-02")}

    async def test_is_told_by_oneself_or_the_branch_and_of_providers_only(self, story: Story, other_town: Town) -> None:
        item, person = await story.item(1, is_shared=True), story.town.people[1]
        member, stranger = await story.member(person), await story.member(other_town.people[0], other_town.branch)

        other = await story.provision(stranger, item, person)
        nobody = await story.provision(story.town.secretary, item, story.town.people[2])
        future = await story.provision(member, item, person, provided_on="2025-03-04")
        paper = await story.provision(story.town.secretary, item, person)
        twice = await story.provision(member, item, person)
        unrated = await story.town.secretary.patch(
            f"/service-provisions/{paper.json()['id']}", {"rating": "good"}, If_Match='"1"'
        )

        assert (other.status_code, other.json()["code"]) == (403, "only-oneself")
        assert nobody.json()["code"] == "not-a-provider"
        assert future.json()["code"] == "day-to-come"
        assert paper.status_code == 201
        assert (twice.status_code, twice.json()["code"]) == (409, "provision-taken")
        assert unrated.json()["code"] == "provision-not-confirmed"


class TestEssay:
    @pytest.mark.feature("T11")
    async def test_keeps_the_old_version_beside_the_new_one(self, story: Story) -> None:
        author = await story.member(story.town.people[1])
        made = await author.post("/essays", {"title": "社区食堂", "topic": "创业创意", "text": "第一稿"})
        essay = made.json()["id"]

        revised = await story.step(f"/essays/{essay}", "versions", {"text": "第二稿"}, author)
        other = await story.step(f"/essays/{essay}", "versions", {"text": "代改"})

        versions = (await author.get("/essay-versions", essay_id=essay)).json()["items"]
        assert (revised.json()["latest"], revised.json()["text"]) == (2, "第二稿")
        assert [(one["number"], one["text"]) for one in versions] == [(2, "第二稿"), (1, "第一稿")]
        assert (other.status_code, other.json()["code"]) == (403, "not-the-author")

    @pytest.mark.feature("T11")
    async def test_is_commented_across_branches_where_it_is_shared(self, story: Story, other_town: Town) -> None:
        author = await story.member(story.town.people[1])
        elsewhere = await story.member(other_town.people[1], other_town.branch)
        body = {"title": "社区食堂", "topic": "创业创意", "text": "第一稿"}
        shared = (await author.post("/essays", {**body, "is_shared": True})).json()["id"]
        kept = (await author.post("/essays", body)).json()["id"]

        comment = await elsewhere.post("/essay-comments", {"essay_id": shared, "text": "成本再算细一点"})
        refused = await elsewhere.post("/essay-comments", {"essay_id": kept, "text": "看不到"})
        changed = await story.step(f"/essays/{shared}", "versions", {"text": "代改"}, elsewhere)
        voided = await story.step(f"/essay-comments/{comment.json()['id']}", "void", {"reason": "跑题"}, author)

        assert comment.status_code == 201
        assert (comment.json()["organization_id"], comment.json()["number"]) == (str(other_town.branch), 1)
        assert (refused.status_code, refused.json()["code"]) == (422, "unknown-essay")
        assert (changed.status_code, changed.json()["code"]) == (403, "not-the-author")
        assert (voided.status_code, voided.json()["code"]) == (403, "not-the-author")
        taken = await story.step(f"/essay-comments/{comment.json()['id']}", "void", {"reason": "跑题"}, elsewhere)
        assert taken.status_code == 200
