"""What every request of every service may rely on."""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator

import httpx2
import psycopg
import pytest

from hosting import jobs
from tests.support.commits import refusing_at_commit

pytestmark = pytest.mark.anyio


def bearer(token: str, **headers: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "Idempotency-Key": uuid.uuid4().hex, **headers}


def things(database) -> int:
    with psycopg.connect(jobs.conninfo(database.app_url)) as connection:
        return len(connection.execute("SELECT FROM things").fetchall())


class TestAccess:
    async def test_refuses_a_stranger_before_reading_the_body(self, client):
        answer = await client.post("/things", content=b"{" * 10, headers={"content-type": "application/json"})
        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["code"] == "unauthenticated"

    async def test_refuses_a_role_the_operation_does_not_name(self, client, token):
        assert (await client.get("/things", headers=bearer(token("painter")))).status_code == 403

    async def test_refuses_an_operation_without_a_row(self, client, token):
        assert (await client.get("/doors/forgotten", headers=bearer(token("worker")))).status_code == 403

    async def test_keeps_persons_out_of_the_internal_feed(self, client, token):
        assert (await client.get("/internal/v1/events", headers=bearer(token("worker")))).status_code == 403
        service = token("service", client=True)
        assert (await client.get("/internal/v1/events", headers=bearer(service))).status_code == 200

    async def test_does_not_take_a_client_for_a_signed_in_person(self, client, token):
        assert (await client.get("/doors/me", headers=bearer(token("service", client=True)))).status_code == 403
        assert (await client.get("/doors/me", headers=bearer(token()))).status_code == 200

    async def test_opens_public_operations_to_everybody(self, client):
        assert (await client.post("/doors/open")).json() == {"open": True}

    async def test_shows_only_the_subtree_of_the_callers_grants(self, client, token):
        for at in (1, 2):
            await client.post("/things", json={"name": f"thing {at}"}, headers=bearer(token("worker", at=at)))
        seen = (await client.get("/things", headers=bearer(token("worker", at=2)))).json()["items"]
        assert [thing["name"] for thing in seen] == ["thing 2"]


class TestAddresses:
    async def test_with_a_slash_too_many_do_not_lead_past_the_gateway(self, client, token):
        answer = await client.get("/things/", headers=bearer(token("worker")))
        assert answer.status_code == 404
        assert "location" not in answer.headers


class TestIdempotencyKey:
    async def test_is_required(self, client, token):
        headers = {"Authorization": f"Bearer {token('worker')}"}
        answer = await client.post("/things", json={"name": "a"}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (400, "idempotency-key-required")

    async def test_replays_the_answer_with_its_headers(self, client, token, database):
        headers = bearer(token("worker"))
        first = await client.post("/things", json={"name": "a"}, headers=headers)
        again = await client.post("/things", json={"name": "a"}, headers=headers)
        assert (first.status_code, first.content, first.headers["etag"]) == (201, again.content, again.headers["etag"])
        assert again.headers["idempotent-replay"] == "true"
        assert things(database) == 1

    async def test_refuses_another_body(self, client, token):
        headers = bearer(token("worker"))
        await client.post("/things", json={"name": "a"}, headers=headers)
        answer = await client.post("/things", json={"name": "b"}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency-key-reused")

    async def test_belongs_to_one_caller(self, client, token, database):
        key = {"Idempotency-Key": "same-key-for-two"}
        for subject in (7, 8):
            headers = bearer(token("worker", subject=subject)) | key
            answer = await client.post("/things", json={"name": f"by {subject}"}, headers=headers)
            assert answer.status_code == 201
        assert things(database) == 2

    async def test_gives_fifty_at_once_one_effect_and_equal_answers(self, client, token, database):
        headers = bearer(token("worker"))
        answers = await asyncio.gather(
            *(client.post("/things", json={"name": "a"}, headers=headers) for _ in range(50))
        )
        busy = [answer for answer in answers if answer.status_code == 503]
        assert {answer.content for answer in answers if answer not in busy} == {answers[0].content}
        assert things(database) == 1

    async def test_is_free_again_after_a_refusal(self, client, token):
        headers = bearer(token("worker"))
        assert (await client.post("/things", json={"name": ""}, headers=headers)).status_code == 422
        assert (await client.post("/things", json={"name": "a"}, headers=headers)).status_code == 201


class TestTransaction:
    async def test_is_undone_as_a_whole_by_an_unforeseen_error(self, client, token, database):
        answer = await client.post("/things", json={"name": "explode"}, headers=bearer(token("worker")))
        assert (answer.status_code, answer.json()["code"]) == (500, "internal-error")
        assert "nobody expected" not in answer.text
        assert things(database) == 0
        assert (await client.get("/livez")).status_code == 200

    async def test_finds_a_full_disk_of_the_database_unavailable_and_loses_nothing_else(self, client, token, database):
        """The server's own code for it, raised by the server."""
        full = "RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'"
        with psycopg.connect(jobs.conninfo(database.owner_url)) as owner:
            owner.execute(f"CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {full}; END $$")
            owner.execute("CREATE TRIGGER full_disk AFTER INSERT ON things FOR EACH ROW EXECUTE FUNCTION fill()")
        headers = bearer(token("worker"))

        answer = await client.post("/things", json={"name": "a"}, headers=headers)

        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert answer.headers["retry-after"]
        with psycopg.connect(jobs.conninfo(database.owner_url)) as owner:
            owner.execute("DROP TRIGGER full_disk ON things")
        assert (await client.post("/things", json={"name": "a"}, headers=headers)).status_code == 201
        assert things(database) == 1

    @pytest.mark.parametrize("path", ["/things", "/doors/things"])
    async def test_that_fails_at_its_commit_is_no_success(self, client, token, database, path):
        """With and without a key: an answer is given when everything is kept, not before."""
        with psycopg.connect(jobs.conninfo(database.owner_url)) as owner:
            owner.execute(refusing_at_commit("things"))
        headers = bearer(token("worker"))

        answer = await client.post(path, json={"name": "a"}, headers=headers)

        assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
        assert things(database) == 0
        with psycopg.connect(jobs.conninfo(database.owner_url)) as owner:
            owner.execute("DROP TRIGGER refuse_at_commit ON things")
        assert (await client.post(path, json={"name": "a"}, headers=headers)).status_code == 201
        assert things(database) == 1

    async def test_names_the_broken_constraint(self, client, token):
        await client.post("/things", json={"name": "a"}, headers=bearer(token("worker")))
        answer = await client.post("/things", json={"name": "a"}, headers=bearer(token("worker")))
        assert (answer.status_code, answer.json()["code"]) == (409, "name-taken")


class TestVersion:
    async def make(self, client, token) -> tuple[str, str]:
        answer = await client.post("/things", json={"name": "a"}, headers=bearer(token("worker")))
        return answer.json()["id"], answer.headers["etag"]

    async def test_must_be_named(self, client, token):
        thing, _ = await self.make(client, token)
        answer = await client.patch(f"/things/{thing}", json={"name": "b"}, headers=bearer(token("worker")))
        assert answer.status_code == 428

    @pytest.mark.parametrize("given", ["3", "abc", '"0"', "*", '"' + "9" * 20 + '"'])
    async def test_must_be_well_formed(self, client, token, given):
        thing, _ = await self.make(client, token)
        headers = bearer(token("worker"), **{"If-Match": given})
        assert (await client.patch(f"/things/{thing}", json={"name": "b"}, headers=headers)).status_code == 400

    async def test_lets_one_of_two_writers_win(self, client, token):
        thing, tag = await self.make(client, token)
        headers = bearer(token("worker"), **{"If-Match": tag})
        answers = await asyncio.gather(
            *(client.patch(f"/things/{thing}", json={"name": name}, headers=headers) for name in ("b", "c"))
        )
        assert sorted(answer.status_code for answer in answers) == [200, 412]

    @pytest.mark.parametrize(("given", "status"), [("1", 412), ("2", 200), ("3", 412)])
    async def test_is_exactly_the_one_that_stands(self, client, token, given, status):
        thing, tag = await self.make(client, token)
        await client.patch(f"/things/{thing}", json={"name": "b"}, headers=bearer(token("worker"), **{"If-Match": tag}))
        headers = bearer(token("worker"), **{"If-Match": f'"{given}"'})
        answer = await client.patch(f"/things/{thing}", json={"name": "c"}, headers=headers)
        assert answer.status_code == status

    async def test_of_a_foreign_thing_is_not_even_looked_at(self, client, token):
        thing, _ = await self.make(client, token)
        headers = bearer(token("worker", at=2), **{"If-Match": '"99"'})
        foreign = await client.patch(f"/things/{thing}", json={"name": "b"}, headers=headers)
        missing = await client.patch(f"/things/{uuid.uuid4()}", json={"name": "b"}, headers=headers)
        assert (foreign.status_code, foreign.json()) == (404, missing.json())


class TestPages:
    async def test_follow_each_other_without_loss(self, client, token):
        headers = {"Authorization": f"Bearer {token('worker')}"}
        names = [f"thing {number:02}" for number in range(7)]
        for name in names:
            await client.post("/things", json={"name": name}, headers=bearer(token("worker")))
        seen, after = [], None
        for _ in range(4):
            query = {"limit": 2} | ({"after": after} if after else {})
            page = (await client.get("/things", params=query, headers=headers)).json()
            seen += [thing["name"] for thing in page["items"]]
            after = page["next"]
        assert (seen, after) == (names, None)

    @pytest.mark.parametrize(
        "after", ["x", ">x", ">", "<", ">x~x", "<s:a~s:b", ">i:1~i:2", ">i:1", ">s:a~uuid:zz", ">s:\x00~s:b"]
    )
    async def test_refuse_a_forged_cursor(self, client, token, after):
        """Of many and of one key: `x` stands for nothing, and nothing cannot be compared."""
        for path in ("/things", "/things/names"):
            answer = await client.get(path, params={"after": after}, headers=bearer(token("worker")))
            assert (answer.status_code, answer.json()["code"]) == (400, "invalid-cursor")

    @pytest.mark.parametrize("limit", ["0", "-1", "201", "99999999999999999999", "x"])
    async def test_refuse_a_limit_out_of_range(self, client, token, limit):
        assert (await client.get(f"/things?limit={limit}", headers=bearer(token("worker")))).status_code == 422


async def pieces() -> AsyncIterator[bytes]:
    for _ in range(20):
        yield b"x" * 100


HOSTILE = [
    '{"name": "a", "points": NaN}',
    '{"name": "a", "points": Infinity}',
    '{"name": "a", "points": "1e400"}',
    '{"name": "a", "points": 1.234}',
    '{"name": "a", "count": 99999999999999999999}',
    '{"name": "a", "count": -1}',
    '{"name": "a", "count": true}',
    '{"name": "a\\u0000b"}',
    '{"name": "\\ud800"}',
    '{"name": "a", "day": "0001-01-01"}',
    '{"name": "a", "day": "9999-12-31"}',
    '{"name": "a", "colour": "blue"}',
    '{"name": "a", "unknown": 1}',
    '{"name": 1}',
    '{"name": null}',
    "[]",
    "null",
    "[" * 100_000,
    '{"a":' * 100_000,
    "{",
    "",
    "\x00",
]


class TestHostileBodies:
    @pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
    async def test_are_refused_without_echo(self, client, token, body):
        headers = bearer(token("worker"), **{"content-type": "application/json"})
        answer = await client.post("/things", content=body.encode(), headers=headers)
        assert 400 <= answer.status_code < 500
        problem = answer.json()
        assert problem["code"]
        assert "input" not in json.dumps(problem).replace("invalid-input", "").replace("Invalid input", "")

    async def test_are_not_repeated_in_the_names_of_fields(self, client, token):
        body = {"name": "a", "990100198503090011": 1, "13900000000": 1, "nickname": 1}
        problem = (await client.post("/things", json=body, headers=bearer(token("worker")))).json()
        assert {error["pointer"] for error in problem["errors"]} == {"/body/?", "/body/nickname"}

    async def test_in_another_type_are_refused(self, client, token):
        headers = bearer(token("worker"), **{"content-type": "text/plain"})
        assert (await client.post("/things", content=b'{"name": "a"}', headers=headers)).status_code == 422

    async def test_too_large_are_refused(self, database, sample, verifier, token):
        app = sample.create_app(database.app_url, verifier, max_body_bytes=1000)
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://kit") as client:
            headers = bearer(token("worker"), **{"content-type": "application/json"})
            announced = await client.post("/things", content=b"x" * 2000, headers=headers)
            streamed = await client.post("/things", content=pieces(), headers=headers)
        await app.state.engine.dispose()
        for answer in (announced, streamed):
            assert (answer.status_code, answer.json()["code"]) == (413, "too-large")


class TestOverload:
    async def test_is_told_to_come_back_while_health_answers(self, database, sample, verifier, token):
        app = sample.create_app(database.app_url, verifier, max_in_flight=0)
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://kit") as client:
            answer = await client.get("/things", headers=bearer(token("worker")))
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
            assert (await client.get("/livez")).status_code == 200
        await app.state.engine.dispose()


class TestHealth:
    async def test_is_ready_with_database_head_and_keys(self, client):
        assert (await client.get("/readyz")).json()["status"] == "ok"

    async def test_names_the_database_that_is_away(self, sample, verifier):
        app = sample.create_app("postgresql+psycopg://nobody@127.0.0.1:1/nothing", verifier)
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://kit") as client:
            answer = await client.get("/readyz")
        assert answer.status_code == 503
        assert answer.json()["checks"]["database"] != "ok"
        assert (answer.json()["checks"]["keys"]) == "ok"


class TestLogs:
    async def test_hold_no_value_of_an_unforeseen_error(self, capsys, database, sample, verifier, token):
        app = sample.create_app(database.app_url, verifier)
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://kit") as client:
            await client.post("/things", json={"name": "explode"}, headers=bearer(token("worker")))
        await app.state.engine.dispose()
        written = capsys.readouterr().err
        assert "request.failed" in written
        assert "nobody expected" not in written
        assert "Bearer" not in written
