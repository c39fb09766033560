import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from kit.calendar import day_of, real_now
from registry.identity.activations.models import AdministratorRole

pytestmark = pytest.mark.anyio
URL = "/api/v1/registry/grants"
ADMINISTRATORS = ("system_administrator", "security_administrator", "audit_administrator")


async def end(registry: Any, headers: dict[str, str], grant_id: str, version: int = 1, **fields: Any) -> Any:
    keyed = headers | {"Idempotency-Key": uuid4().hex, "If-Match": f'"{version}"'}
    return await registry.http.post(f"{URL}/{grant_id}/end", json={"reason": "调离", **fields}, headers=keyed)


async def own_roles(registry: Any, headers: dict[str, str]) -> list[str]:
    own = await registry.http.get("/api/v1/registry/accounts/me", headers=headers)
    return [role["role"] for role in own.json()["roles"]]


class TestGrant:
    async def test_is_given_by_the_security_administrator_only(self, registry: Any) -> None:
        account = uuid4()

        for role in (AdministratorRole.SYSTEM, AdministratorRole.AUDIT):
            headers = await registry.administrator(role)
            assert (await registry.grant(headers, account, "town_officer")).status_code == 403

    async def test_to_oneself_is_refused(self, registry: Any) -> None:
        security = await registry.administrator()
        own = (await registry.http.get("/api/v1/registry/accounts/me", headers=security)).json()["account_id"]

        answer = await registry.grant(security, UUID(own), "district_officer")

        assert (answer.status_code, answer.json()["code"]) == (409, "grant-to-self")

    @pytest.mark.parametrize("second", ADMINISTRATORS)
    async def test_of_a_second_administrator_role_is_refused(self, registry: Any, second: str) -> None:
        security = await registry.administrator()
        account = await registry.account(security, "some.body")
        first = await registry.grant(security, account, "audit_administrator")
        await end(registry, security, first.json()["id"])

        answer = await registry.grant(security, account, second)

        assert (answer.status_code, answer.json()["code"]) == (409, "separation-of-duties")

    async def test_of_two_administrator_roles_at_once_is_refused_by_the_database(self, registry: Any) -> None:
        security = await registry.administrator()
        account = await registry.account(security, "some.body")
        insert = (
            "INSERT INTO grants (record_id, id, version, account_id, role, valid_from, reason) "
            "VALUES (gen_random_uuid(), gen_random_uuid(), 1, %s, %s, current_date, 'x')"
        )
        registry.execute(insert, account, "system_administrator")

        with pytest.raises(psycopg.errors.UniqueViolation, match="uq_grants_administrator"):
            registry.execute(insert, account, "audit_administrator")

    async def test_in_parallel_leaves_one_administrator_role(self, registry: Any) -> None:
        security = await registry.administrator()
        account = await registry.account(security, "some.body")

        answers = await asyncio.gather(*(registry.grant(security, account, role) for role in ADMINISTRATORS))

        assert sorted(answer.status_code for answer in answers) == [201, 409, 409]

    @pytest.mark.parametrize(
        ("role", "level"), [("district_officer", 3), ("town_officer", 2), ("branch_secretary", 3), ("convener", 2)]
    )
    async def test_at_another_level_is_refused(self, registry: Any, role: str, level: int) -> None:
        security = await registry.administrator()
        account = await registry.account(security, "some.body")
        organization = await registry.organization(1)
        for step in range(2, level + 1):
            organization = await registry.organization(step, organization)

        answer = await registry.grant(security, account, role, organization_id=str(organization.id))

        assert (answer.status_code, answer.json()["code"]) == (422, "organization-unsuitable")

    @pytest.mark.parametrize("role", ["member", "instructor", "partner", "service", "root"])
    async def test_of_a_role_that_is_not_given_is_refused(self, registry: Any, role: str) -> None:
        security = await registry.administrator()
        account = await registry.account(security, "some.body")

        assert (await registry.grant(security, account, role)).status_code == 422

    async def test_carries_the_role_to_the_next_token(self, registry: Any) -> None:
        security = await registry.administrator()
        account = await registry.account(security, "some.body")
        district = await registry.organization(1)

        given = await registry.grant(security, account, "district_officer", organization_id=str(district.id))
        headers = await registry.signed_in("some.body")

        assert given.status_code == 201
        assert await own_roles(registry, headers) == ["district_officer"]
        assert registry.events("registry.grant.changed.v1")[-1]["organization_id"] == str(district.id)

    async def test_that_ends_makes_the_access_token_worthless(self, registry: Any) -> None:
        security = await registry.administrator()
        account = await registry.account(security, "some.body")
        given = await registry.grant(security, account, "security_administrator")
        headers = await registry.signed_in("some.body")

        ended = await end(registry, security, given.json()["id"])
        await asyncio.sleep(2)
        stale = await registry.http.get(URL, headers=headers)
        renewed = (await registry.refresh(registry.logins["some.body"]["refresh_token"])).json()
        fresh = await registry.http.get(URL, headers={"Authorization": f"Bearer {renewed['access_token']}"})

        assert ended.status_code == 200
        assert (stale.status_code, fresh.status_code) == (401, 403)

    async def test_keeps_what_was_believed_before(self, registry: Any) -> None:
        security = await registry.administrator()
        account = await registry.account(security, "some.body")
        given = (await registry.grant(security, account, "audit_administrator")).json()

        ended = (
            await end(registry, security, given["id"], ended_on=str(day_of(real_now()) + timedelta(days=5)))
        ).json()
        listed = (await registry.http.get(URL, params={"account_id": str(account)}, headers=security)).json()["items"]
        later = str(day_of(real_now()) + timedelta(days=9))
        stale = await end(registry, security, given["id"], ended_on=later)
        again = await end(registry, security, given["id"], version=2, ended_on=later)

        assert (ended["id"], ended["version"]) == (given["id"], 2)
        assert [grant["valid_to"] for grant in listed] == [ended["valid_to"]]
        assert (stale.status_code, again.status_code, again.json()["code"]) == (412, 409, "grant-ended")
        assert (listed[0]["account_name"], listed[0]["person_name"]) == ("some.body", None)
        with psycopg.connect(registry.database.app_url.replace("+psycopg", "")) as db:
            kept = db.execute("SELECT count(*) FROM grants WHERE id = %s", [given["id"]]).fetchone()
        assert kept == (2,)
