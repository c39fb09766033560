"""One vote a person, and nothing anywhere that says who gave which."""

import asyncio
import secrets
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import text

from kit.database import app_transaction

pytestmark = pytest.mark.anyio


def hash_of(token: str) -> dict[str, str]:
    return {"token_hash": sha256(token.encode()).hexdigest()}


async def opened(stage: Any, kind: str = "democratic") -> str:
    """A ballot of a review in its appraising step; the path of the ballot."""
    await stage.open()
    await stage.until("appraise")
    ballot = await stage.secretary.post("/ballots", {"review_id": stage.review_id, "kind": kind})
    return f"/ballots/{ballot['id']}"


def vote_of(stage: Any, voter: Any, token: str, **grades: str) -> dict[str, Any]:
    """Everybody else qualified, but for `m3="excellent"`: the member of that number."""
    chosen = {one: grades.get(f"m{number}", "qualified") for number, one in enumerate(stage.ids) if one != voter}
    return {"token": token, "choices": [{"subject_id": str(one), "grade": grade} for one, grade in chosen.items()]}


async def rows(stage: Any, query: str) -> list[Any]:
    async with app_transaction(stage.district.app) as db:
        return list((await db.execute(text(query))).scalars())


class TestAVotingToken:
    async def test_is_refused_to_strangers_officers_and_people_outside(self, stage: Any) -> None:
        place = f"{await opened(stage)}/tokens"
        outsider = await stage.make_caller(("member", stage.town), person=await stage.district.member(stage.town))

        assert (await stage.stranger.http.post("/api/v1/scoring" + place)).status_code == 401
        assert await stage.foreign_secretary.refused(place, hash_of("x")) == (403, "forbidden")
        assert await outsider.refused(place, hash_of("x")) == (404, "ballot-not-found")
        assert await stage.members[1].refused(place) == (422, "invalid-input")
        assert await stage.members[1].refused(place, {"token_hash": "A" * 64}) == (422, "invalid-input")

    async def test_is_registered_again_only_with_the_same_hash_and_only_unspent(self, stage: Any) -> None:
        place = await opened(stage)
        token = secrets.token_urlsafe(32)
        first = await stage.members[1].post(f"{place}/tokens", hash_of(token))

        again = await stage.members[1].post(f"{place}/tokens", hash_of(token))

        assert first == again == {"has_vote": True}
        assert await stage.members[1].refused(f"{place}/tokens", hash_of("another")) == (409, "already-voted")
        assert await stage.members[2].refused(f"{place}/tokens", hash_of(token)) == (409, "voting-token-taken")
        await stage.stranger.post(f"{place}/votes", vote_of(stage, stage.ids[1], token), expect=201)
        assert await stage.members[1].refused(f"{place}/tokens", hash_of(token)) == (409, "already-voted")

    async def test_of_a_probationer_gives_no_vote(self, stage: Any) -> None:
        place = await opened(stage)
        token = secrets.token_urlsafe(32)

        answer = await stage.probationary.post(f"{place}/tokens", hash_of(token))

        assert answer == {"has_vote": False}
        refused = await stage.stranger.refused(f"{place}/votes", vote_of(stage, stage.probationer, token))
        assert refused == (409, "voting-token-not-valid")

    async def test_is_one_a_person_among_parallel_ones(self, stage: Any) -> None:
        place = await opened(stage)

        async def register(number: int) -> int:
            headers = {"Idempotency-Key": f"parallel-{number}"}
            path = f"/api/v1/scoring{place}/tokens"
            answer = await stage.members[1].http.post(path, json=hash_of(str(number)), headers=headers)
            return int(answer.status_code)

        answers = await asyncio.gather(*(register(number) for number in range(4)))

        assert sorted(answers) == [200, 409, 409, 409]
        assert await rows(stage, "SELECT count(*) FROM voting_tokens") == [1]

    async def test_leaves_no_secret_beside_its_person(self, stage: Any) -> None:
        place = await opened(stage)
        await stage.members[1].token(place.rpartition("/")[2])

        kept = await rows(stage, "SELECT convert_from(body, 'UTF8') FROM idempotency_keys")

        assert '{"has_vote":true}' in kept
        assert not any("token" in one for one in kept)
        columns = "SELECT column_name::text FROM information_schema.columns WHERE table_name = 'ballot_voters'"
        assert "token_hash" not in await rows(stage, columns)


class TestAVote:
    async def test_is_counted_once(self, stage: Any) -> None:
        place = await opened(stage)
        token = await stage.members[1].token(place.rpartition("/")[2])
        vote = vote_of(stage, stage.ids[1], token)

        assert (await stage.stranger.post(f"{place}/votes", vote))["accepted"] == 5
        assert await stage.stranger.refused(f"{place}/votes", vote) == (409, "voting-token-not-valid")
        forged = {**vote, "token": "A" * 43}
        assert await stage.stranger.refused(f"{place}/votes", forged) == (409, "voting-token-not-valid")

    async def test_is_counted_once_among_parallel_ones(self, stage: Any) -> None:
        place = await opened(stage)
        token = await stage.members[1].token(place.rpartition("/")[2])

        async def cast() -> int:
            path = f"/api/v1/scoring{place}/votes"
            answer = await stage.stranger.http.post(path, json=vote_of(stage, stage.ids[1], token))
            return int(answer.status_code)

        answers = await asyncio.gather(*(cast() for _ in range(4)))

        assert sorted(answers) == [201, 409, 409, 409]
        assert await rows(stage, "SELECT votes_cast FROM ballots") == [1]

    @pytest.mark.feature("S24")
    async def test_names_no_fourth_excellent_nor_oneself_nor_probationers(self, stage: Any) -> None:
        place = await opened(stage)
        token = await stage.members[1].token(place.rpartition("/")[2])
        plain = vote_of(stage, stage.ids[1], token)
        three = vote_of(stage, stage.ids[1], token, m0="excellent", m2="excellent", m3="excellent")

        def with_one_more(subject: Any) -> dict[str, Any]:
            return {**plain, "choices": [*plain["choices"], {"subject_id": str(subject), "grade": "qualified"}]}

        assert await stage.stranger.refused(f"{place}/votes", three) == (422, "too-many-excellent")
        for unfit in (stage.ids[1], stage.ids[2], stage.probationer, stage.town):
            refused = await stage.stranger.refused(f"{place}/votes", with_one_more(unfit))
            assert refused == (422, "choices-not-valid")
        await stage.stranger.post(f"{place}/votes", plain)

    @pytest.mark.parametrize("kind", ["democratic", "mutual"])
    async def test_leaves_no_trace_that_tells_it_from_others(self, stage: Any, kind: str) -> None:
        """All counters carry the transaction of the last vote, whatever that vote chose."""
        place = await opened(stage, kind)
        for number, grades in ((1, {"m0": "excellent"}), (2, {"m0": "unqualified"})):
            token = await stage.members[number].token(place.rpartition("/")[2])
            vote = vote_of(stage, stage.ids[number], token, **grades)
            await stage.stranger.post(f"{place}/votes", vote, expect=201)

        touched = await rows(stage, "SELECT DISTINCT xmin::text FROM ballot_counts")
        columns = "SELECT column_name::text FROM information_schema.columns WHERE table_name = 'ballot_counts'"
        told = await rows(stage, "SELECT type FROM event_log WHERE type LIKE 'scoring.%vote%'")

        assert len(touched) == 1
        assert set(await rows(stage, columns)) == {
            "ballot_id", "subject_id", "root_id", "excellent", "qualified", "basic", "unqualified",
        }  # fmt: skip
        assert await rows(stage, "SELECT count(*) FROM voting_tokens") == [0]
        assert told == []

    async def test_comes_in_while_the_ballot_is_closed_or_is_refused(self, stage: Any) -> None:
        place = await opened(stage)
        tokens = [await one.token(place.rpartition("/")[2]) for one in stage.members]

        async def cast(number: int) -> int:
            path = f"/api/v1/scoring{place}/votes"
            answer = await stage.stranger.http.post(path, json=vote_of(stage, stage.ids[number], tokens[number]))
            return int(answer.status_code)

        async def close() -> int:
            path, headers = f"/api/v1/scoring{place}/closure", {"Idempotency-Key": "closing-once", "If-Match": '"1"'}
            return int((await stage.secretary.http.post(path, json={}, headers=headers)).status_code)

        *votes, closed = await asyncio.gather(*(cast(number) for number in range(6)), close())

        assert closed == 200
        assert set(votes) <= {201, 409}
        shown = (await stage.secretary.get("/ballots", review_id=stage.review_id))["items"][0]
        assert shown["votes_cast"] == votes.count(201)
        assert await rows(stage, "SELECT count(*) FROM voting_tokens") == [0]

    async def test_never_waits_for_closing_while_closing_waits_for_it(self, stage: Any) -> None:
        """A vote that had locked its token before the ballot would deadlock with a closing that holds the ballot."""
        place = await opened(stage)
        token = await stage.members[1].token(place.rpartition("/")[2])
        path = f"/api/v1/scoring{place}/votes"
        async with app_transaction(stage.district.app) as closing:
            await closing.execute(text("SELECT FROM ballots FOR UPDATE"))
            vote = asyncio.create_task(stage.stranger.http.post(path, json=vote_of(stage, stage.ids[1], token)))
            await asyncio.sleep(0.5)

            await closing.execute(text("SET LOCAL lock_timeout = '2s'"))
            await closing.execute(text("DELETE FROM voting_tokens"))

        assert (await vote).json()["code"] == "voting-token-not-valid"


class TestABallot:
    async def test_with_fewer_than_half_of_the_votes_is_not_valid(self, stage: Any) -> None:
        await stage.open()
        await stage.until("appraise")

        await stage.vote(stage.members[:2])

        assert (await stage.secretary.get("/ballots", review_id=stage.review_id))["items"][0]["is_valid"] is False
        missing = (await stage.secretary.get(f"/reviews/{stage.review_id}"))["missing"]
        assert [one["code"] for one in missing] == ["ballot-missing", "surveys-missing"]

    async def test_shows_its_counts_only_when_closed(self, stage: Any) -> None:
        place = await opened(stage)
        for number, caller in enumerate(stage.members):
            token = await caller.token(place.rpartition("/")[2])
            await stage.stranger.post(f"{place}/votes", vote_of(stage, stage.ids[number], token, m5="excellent"))
        assert (await stage.secretary.get(f"{place}/results"))["items"] == []

        await stage.secretary.post(f"{place}/closure")

        shown = {one["subject_id"]: one for one in (await stage.secretary.get(f"{place}/results"))["items"]}
        assert (shown[str(stage.ids[5])]["counts"]["excellent"], shown[str(stage.ids[5])]["score"]) == (5, "100.00")
        assert sum(shown[str(stage.ids[0])]["counts"].values()) == 5
        assert len(shown) == 6

    @pytest.mark.parametrize(("kind", "earned"), [("mutual", {"M40"}), ("democratic", set())])
    async def test_earns_points_only_as_a_mutual_one(self, stage: Any, kind: str, earned: set[str]) -> None:
        await stage.open()
        await stage.until("appraise")

        await stage.vote(kind=kind)
        await stage.district.follow_own_events()

        assert {code for code, _, _ in await stage.district.entries(stage.ids[2])} - {"M01"} == earned

    async def test_of_the_mutual_kind_does_not_stand_in_for_the_democratic_one(self, stage: Any) -> None:
        await stage.open()
        await stage.until("appraise")

        await stage.vote(kind="mutual")

        missing = (await stage.secretary.get(f"/reviews/{stage.review_id}"))["missing"]
        assert [one["code"] for one in missing] == ["ballot-missing", "surveys-missing"]
