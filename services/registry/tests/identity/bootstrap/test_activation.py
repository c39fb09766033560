import asyncio
import json
from typing import Any

import psycopg
import pytest

from registry.identity.activations.models import AdministratorRole

pytestmark = pytest.mark.anyio


class TestActivationLink:
    async def test_that_nobody_issued_is_refused(self, registry: Any) -> None:
        answer = await registry.activate("made-up", username="some.body")

        assert (answer.status_code, answer.json()["code"]) == (404, "activation-link-invalid")

    async def test_that_expired_is_refused(self, registry: Any) -> None:
        token = await registry.invite(AdministratorRole.SYSTEM)
        registry.execute(
            "UPDATE activation_links SET issued_at = now() - interval '4 days', expires_at = now() - interval '1 day'"
        )

        assert (await registry.activate(token, username="some.body")).status_code == 404

    async def test_works_once_among_parallel_users(self, registry: Any) -> None:
        token = await registry.invite(AdministratorRole.SYSTEM)

        answers = await asyncio.gather(*(registry.activate(token, username=f"racer.{n}") for n in range(8)))

        assert sorted(answer.status_code for answer in answers) == [201] + [404] * 7

    async def test_is_given_back_when_its_use_is_refused(self, registry: Any) -> None:
        await registry.activate(await registry.invite(AdministratorRole.SYSTEM), username="taken.name")
        token = await registry.invite(AdministratorRole.AUDIT)

        refused = await registry.activate(token, username="taken.name")
        used = await registry.activate(token, username="free.name")

        assert (refused.status_code, refused.json()["code"]) == (409, "username-taken")
        assert used.status_code == 201

    async def test_refuses_a_weak_password(self, registry: Any) -> None:
        token = await registry.invite(AdministratorRole.SYSTEM)

        answer = await registry.activate(token, username="some.body", password="Admin123456")

        assert (answer.status_code, answer.json()["code"]) == (422, "weak-password")
        assert "Admin123456" not in answer.text

    async def test_needs_a_user_name_for_an_administrator(self, registry: Any) -> None:
        answer = await registry.activate(await registry.invite(AdministratorRole.SYSTEM))

        assert (answer.status_code, answer.json()["code"]) == (422, "username-needed")

    async def test_is_kept_as_a_hash_only(self, registry: Any, database: Any) -> None:
        token = await registry.invite(AdministratorRole.SYSTEM)

        with psycopg.connect(database.app_url.replace("+psycopg", "")) as db:
            rows = db.execute("SELECT row_to_json(l)::text FROM activation_links l").fetchall()
            events = db.execute("SELECT data::text FROM event_log").fetchall()
        assert token not in json.dumps([rows, events])

    async def test_makes_the_administrator_it_names(self, registry: Any) -> None:
        headers = await registry.administrator(AdministratorRole.SYSTEM)

        own = (await registry.http.get("/api/v1/registry/accounts/me", headers=headers)).json()

        assert [role["role"] for role in own["roles"]] == ["system_administrator"]
        assert own["roles"][0]["label"] == "系统管理员"
        assert own["roles"][0]["organization_id"] is None


class TestFreshRegistry:
    async def test_has_no_account_at_all(self, registry: Any) -> None:
        for username in ("admin", "root", "system_administrator"):
            assert (await registry.login(username, username)).status_code == 401
