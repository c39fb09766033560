"""A disabled account signs nobody in and its tokens stop within five seconds; whoever looks after accounts finds it."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from registry.identity.activations.models import AdministratorRole
from registry.tree.posts.kinds import PostKind

pytestmark = pytest.mark.anyio
URL = "/api/v1/registry/accounts"
WHY = {"reason": "调离岗位,账号停用"}


async def decide(
    registry: Any, headers: dict[str, str], account_id: str, what: str, *, version: int | None = None, body: Any = None
) -> Any:
    shown = await registry.http.get(f"{URL}/{account_id}", headers=headers)
    seen = version if version is not None else shown.json().get("version", 1)
    sent = {**headers, **({"If-Match": f'"{seen}"'} if seen else {})}
    return await registry.http.post(f"{URL}/{account_id}/{what}", json=WHY if body is None else body, headers=sent)


class TestDisabling:
    async def test_stops_login_refresh_and_tokens_within_five_seconds(self, registry: Any) -> None:
        security = await registry.administrator()
        account_id = await registry.account(security, "some.body")
        headers = await registry.signed_in("some.body")

        disabled = await decide(registry, security, account_id, "disabling")

        assert (disabled.status_code, disabled.json()["is_active"]) == (201, False)
        assert (await registry.login("some.body")).status_code == 401
        refreshed = await registry.refresh(registry.logins["some.body"]["refresh_token"])
        assert (refreshed.status_code, refreshed.json()["code"]) == (401, "refresh-refused")
        await asyncio.sleep(4)
        assert (await registry.http.get(f"{URL}/me", headers=headers)).status_code == 401

    async def test_is_undone_by_enabling_but_old_logins_stay_ended(self, registry: Any) -> None:
        security = await registry.administrator()
        account_id = await registry.account(security, "some.body")
        await registry.signed_in("some.body")
        old = registry.logins["some.body"]["refresh_token"]
        await decide(registry, security, account_id, "disabling")

        enabled = await decide(registry, security, account_id, "enabling")

        assert (enabled.status_code, enabled.json()["is_active"]) == (201, True)
        assert (await registry.refresh(old)).status_code == 401
        assert (await registry.login("some.body")).status_code == 201

    async def test_needs_a_reason_the_version_and_a_change(self, registry: Any) -> None:
        security = await registry.administrator()
        account_id = await registry.account(security, "some.body")

        codes = [
            (await decide(registry, security, account_id, what, **how)).json().get("code")
            for what, how in (
                ("disabling", {"body": {}}),
                ("disabling", {"version": 0}),
                ("disabling", {"version": 99}),
                ("enabling", {}),
                ("disabling", {}),
                ("disabling", {}),
            )
        ]

        assert codes == [
            "invalid-input", "precondition-required", "stale-version", "account-enabled", None, "account-disabled",
        ]  # fmt: skip

    async def test_is_for_the_security_administrator_and_never_for_oneself(self, registry: Any) -> None:
        security = await registry.administrator()
        audit = await registry.administrator(AdministratorRole.AUDIT)
        own = (await registry.http.get(f"{URL}/me", headers=security)).json()["account_id"]

        for what in ("disabling", "enabling"):
            assert (await decide(registry, audit, own, what)).status_code == 403
            answer = await decide(registry, security, own, what)
            assert (answer.status_code, answer.json()["code"]) == (409, "own-account")
            assert (await decide(registry, security, str(uuid4()), what)).status_code == 404
            assert (await registry.http.post(f"{URL}/{own}/{what}", json=WHY)).status_code == 401

    async def test_and_enabling_are_told_with_their_reasons(self, registry: Any) -> None:
        security = await registry.administrator()
        account_id = await registry.account(security, "some.body")
        await decide(registry, security, account_id, "disabling")
        await decide(registry, security, account_id, "enabling", body={"reason": "停用有误"})

        assert registry.events("registry.account.disabled.v1") == [{"id": str(account_id), **WHY}]
        assert registry.events("registry.account.enabled.v1") == [{"id": str(account_id), "reason": "停用有误"}]


class TestFindingPeople:
    async def test_by_name_and_organisation(self, registers: Any) -> None:
        district = await registers.district()
        security = await registers.office("security_administrator")
        people = [
            await registers.member(one, name=name)
            for one, name in zip(district.branches, ("欧阳明", "李红"), strict=False)
        ]
        ids = [
            (await security.made("/accounts", username=f"found.{number}", member_id=one["id"]))["id"]
            for number, one in enumerate(people)
        ]

        async def found(**query: Any) -> list[str]:
            items = (await security.get("/accounts", **query)).json()["items"]
            return sorted(one["id"] for one in items if one["id"] in ids)

        assert await found(organization_id=district.branches[1]["id"]) == [ids[1]]
        assert await found(organization_id=district.towns[1]["id"]) == []
        assert await found(under=district.towns[1]["id"]) == [ids[1]]
        assert await found(q="欧阳") == [ids[0]]
        assert await found(q="found.1") == [ids[1]]
        assert await found(q="欧阳", organization_id=district.branches[1]["id"]) == []

    async def test_shows_which_role_follows_from_which_post(self, registry: Any) -> None:
        security = await registry.administrator()
        branch = await registry.organization(4, await registry.organization(3, await registry.organization(1)))
        member = await registry.member(branch)
        await registry.post(member, branch)
        await registry.post(member, branch, PostKind.PUBLICITY_OFFICER)
        account_id = await registry.account(security, "some.body", member_id=member.id)
        await registry.grant(security, account_id, "security_administrator", organization_id=str(branch.id))

        shown = (await registry.http.get(f"{URL}/{account_id}/roles", headers=security)).json()

        assert (shown["account_name"], shown["is_active"]) == ("some.body", True)
        assert {(one["role"], one["basis"], one["post_kind"], one["organization_name"]) for one in shown["roles"]} == {
            ("branch_secretary", "post", "secretary", branch.name),
            ("member", "membership", None, branch.name),
            ("security_administrator", "grant", None, branch.name),
        }
        assert all(one["holds_today"] for one in shown["roles"])
