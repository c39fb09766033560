import asyncio
from typing import Any
from uuid import uuid4

import pytest

from registry.identity.activations.models import AdministratorRole

pytestmark = pytest.mark.anyio
URL = "/api/v1/registry/accounts"
PASSWORD, OTHER = "Correct-Horse-7-Battery", "Quite-Another-Staple-8"


async def change(registry: Any, headers: dict[str, str], current: str, new: str) -> Any:
    body = {"current_password": current, "new_password": new}
    return await registry.http.put(f"{URL}/me/password", json=body, headers=headers)


class TestOpenAccount:
    async def test_refuses_a_stranger(self, registry: Any) -> None:
        assert (await registry.http.post(URL, json={"username": "some.body"})).status_code == 401

    @pytest.mark.parametrize("role", [AdministratorRole.SYSTEM, AdministratorRole.AUDIT])
    async def test_refuses_the_other_administrators(self, registry: Any, role: AdministratorRole) -> None:
        headers = await registry.administrator(role)

        assert (await registry.http.post(URL, json={"username": "some.body"}, headers=headers)).status_code == 403

    async def test_refuses_a_taken_name_in_any_case(self, registry: Any) -> None:
        security = await registry.administrator()
        await registry.account(security, "some.body")

        answer = await registry.http.post(URL, json={"username": "Some.Body"}, headers=security)

        assert (answer.status_code, answer.json()["code"]) == (409, "username-taken")

    async def test_refuses_a_second_account_of_a_person(self, registry: Any) -> None:
        security = await registry.administrator()
        member = await registry.member(await registry.organization(1))
        await registry.account(security, "some.body", member_id=member.id)

        body = {"username": "other.name", "member_id": str(member.id)}
        answer = await registry.http.post(URL, json=body, headers=security)

        assert (answer.status_code, answer.json()["code"]) == (409, "person-has-account")

    async def test_refuses_a_person_nobody_knows(self, registry: Any) -> None:
        security = await registry.administrator()

        body = {"username": "some.body", "member_id": str(uuid4())}
        answer = await registry.http.post(URL, json=body, headers=security)

        assert (answer.status_code, answer.json()["code"]) == (404, "person-not-found")

    async def test_leaves_the_password_to_the_person(self, registry: Any) -> None:
        security = await registry.administrator()

        opened = (await registry.http.post(URL, json={"username": "some.body"}, headers=security)).json()
        activated = await registry.activate(opened["activation_token"])
        again = await registry.activate(opened["activation_token"])

        assert opened["is_activated"] is False
        assert (activated.status_code, again.status_code) == (201, 404)
        assert (await registry.login("some.body")).status_code == 201


class TestScopedAdministrator:
    async def test_sees_and_changes_only_below_the_own_organisation(self, registry: Any) -> None:
        security = await registry.administrator()
        district = await registry.organization(1)
        here, there = [await registry.organization(2, district) for _ in range(2)]
        mine, foreign = [await registry.member(place) for place in (here, there)]
        local = await registry.account(security, "local.admin")
        await registry.grant(security, local, "security_administrator", organization_id=str(here.id))
        near = await registry.account(security, "near.member", member_id=mine.id)
        far = await registry.account(security, "far.member", member_id=foreign.id)
        headers = await registry.signed_in("local.admin")

        listed = (await registry.http.get(URL, headers=headers)).json()["items"]
        foreign_reset = await registry.http.post(f"{URL}/{far}/password-resets", headers=headers)
        missing_reset = await registry.http.post(f"{URL}/{uuid4()}/password-resets", headers=headers)
        own_reset = await registry.http.post(f"{URL}/{near}/password-resets", headers=headers)

        assert [account["id"] for account in listed] == [str(near)]
        assert (foreign_reset.status_code, missing_reset.status_code) == (404, 404)
        assert foreign_reset.json() == missing_reset.json()
        assert own_reset.status_code == 201

    async def test_opens_no_account_for_a_foreign_member_or_for_nobody(self, registry: Any) -> None:
        security = await registry.administrator()
        district = await registry.organization(1)
        here, there = [await registry.organization(2, district) for _ in range(2)]
        foreign = await registry.member(there)
        local = await registry.account(security, "local.admin")
        await registry.grant(security, local, "security_administrator", organization_id=str(here.id))
        headers = await registry.signed_in("local.admin")

        for body in ({"username": "some.body", "member_id": str(foreign.id)}, {"username": "some.body"}):
            assert (await registry.http.post(URL, json=body, headers=headers)).status_code == 404


class TestPasswordReset:
    async def test_refuses_the_own_account(self, registry: Any) -> None:
        security = await registry.administrator()
        own = (await registry.http.get(f"{URL}/me", headers=security)).json()["account_id"]

        answer = await registry.http.post(f"{URL}/{own}/password-resets", headers=security)

        assert (answer.status_code, answer.json()["code"]) == (409, "own-account")

    async def test_stops_the_old_password_and_every_login(self, registry: Any) -> None:
        security = await registry.administrator()
        account_id = await registry.account(security, "some.body")
        headers = await registry.signed_in("some.body")

        reset = (await registry.http.post(f"{URL}/{account_id}/password-resets", headers=security)).json()
        old = await registry.login("some.body")
        refreshed = await registry.refresh(registry.logins["some.body"]["refresh_token"])
        repeated = await registry.activate(reset["activation_token"])
        renewed = await registry.activate(reset["activation_token"], password=OTHER)
        await asyncio.sleep(1.5)

        assert (old.status_code, refreshed.status_code) == (401, 401)
        assert (repeated.status_code, repeated.json()["code"]) == (422, "password-used-before")
        assert renewed.status_code == 201
        assert (await registry.http.get(f"{URL}/me", headers=headers)).status_code == 401
        assert (await registry.login("some.body", OTHER)).status_code == 201


class TestUnlock:
    async def test_lets_a_locked_account_in_again(self, registry: Any) -> None:
        security = await registry.administrator()
        account_id = await registry.account(security, "some.body")
        for _ in range(5):
            await registry.login("some.body", "wrong")

        locked = await registry.login("some.body")
        unlocked = await registry.http.post(f"{URL}/{account_id}/unlocks", headers=security)

        assert (locked.status_code, unlocked.status_code) == (429, 200)
        assert (await registry.login("some.body")).status_code == 201


class TestPasswordChange:
    async def test_refuses_a_wrong_current_password_and_then_locks(self, registry: Any) -> None:
        security = await registry.administrator()
        await registry.account(security, "some.body")
        headers = await registry.signed_in("some.body")

        answers = [await change(registry, headers, "wrong", OTHER) for _ in range(6)]

        assert [answer.status_code for answer in answers] == [422] * 5 + [429]
        assert len(registry.events("registry.account.password_change_refused.v1")) == 5

    async def test_refuses_a_weak_or_repeated_one(self, registry: Any) -> None:
        security = await registry.administrator()
        await registry.account(security, "some.body")
        headers = await registry.signed_in("some.body")

        weak = await change(registry, headers, PASSWORD, "Weak-7")
        repeated = await change(registry, headers, PASSWORD, PASSWORD)

        assert weak.json()["code"] == "weak-password"
        assert repeated.json()["code"] == "password-used-before"

    async def test_ends_the_other_logins_and_keeps_this_one(self, registry: Any) -> None:
        security = await registry.administrator()
        await registry.account(security, "some.body")
        elsewhere = (await registry.login("some.body")).json()
        headers = await registry.signed_in("some.body")

        changed = await change(registry, headers, PASSWORD, OTHER)

        assert changed.status_code == 204
        assert (await registry.refresh(elsewhere["refresh_token"])).status_code == 401
        assert (await registry.refresh(registry.logins["some.body"]["refresh_token"])).status_code == 200
        assert (await registry.login("some.body")).status_code == 401
