import time
from datetime import datetime, timedelta
from typing import Any

import pytest
from joserfc import jwt

from kit.calendar import SHANGHAI
from registry.identity.activations.models import AdministratorRole
from registry.identity.keys.signing import SigningKeys
from registry.tree.posts.kinds import PostKind

pytestmark = pytest.mark.anyio
ME = "/api/v1/registry/accounts/me"
CLOCK = "/api/v1/registry/clock"


def claims_of(keys: SigningKeys, token: str) -> dict[str, Any]:
    return dict(jwt.decode(token, keys.key_set, algorithms=["ES256"]).claims)


class TestAuthority:
    async def test_is_shown_to_nobody_else(self, registry: Any) -> None:
        assert (await registry.http.get(ME)).status_code == 401

    async def test_follows_posts_and_membership(self, registry: Any, registry_keys: SigningKeys) -> None:
        security = await registry.administrator()
        district = await registry.organization(1)
        town = await registry.organization(3, await registry.organization(2, district))
        branch = await registry.organization(4, town)
        member = await registry.member(branch)
        await registry.post(member, branch)
        await registry.post(member, town, PostKind.ORGANIZATION_OFFICER)
        await registry.post(member, district, PostKind.PUBLICITY_OFFICER)
        await registry.account(security, "some.body", member_id=member.id)
        headers = await registry.signed_in("some.body")

        own = (await registry.http.get(ME, headers=headers)).json()
        claims = claims_of(registry_keys, registry.logins["some.body"]["access_token"])

        expected = {("branch_secretary", str(branch.id)), ("member", str(branch.id)), ("town_officer", str(town.id))}
        assert {(role["role"], role["organization_id"]) for role in own["roles"]} == expected
        assert {tuple(grant) for grant in claims["grants"]} == expected
        assert own["person"] == {"id": str(member.id), "name": member.name}
        assert claims["person"] == str(member.id)

    async def test_ends_the_token_when_the_next_post_ends(self, registry: Any, registry_keys: SigningKeys) -> None:
        system = await registry.administrator(AdministratorRole.SYSTEM)
        security = await registry.administrator()
        branch = await registry.organization(1)
        member = await registry.member(branch)
        ends = datetime(2027, 3, 1, tzinfo=SHANGHAI)
        await registry.post(member, branch, valid_to=ends.date())
        await registry.account(security, "some.body", member_id=member.id)
        moved = {"now": (ends - timedelta(minutes=3)).isoformat()}
        await registry.http.put(CLOCK, json=moved, headers=system)

        await registry.signed_in("some.body")
        login = registry.logins["some.body"]
        claims = claims_of(registry_keys, login["access_token"])

        assert 150 < login["expires_in"] <= 180
        assert 150 < claims["exp"] - time.time() <= 180
        assert ["district_officer", str(branch.id)] in claims["grants"]

    async def test_is_gone_the_day_the_post_ends(self, registry: Any) -> None:
        security = await registry.administrator()
        branch = await registry.organization(1)
        member = await registry.member(branch)
        today = datetime.now(SHANGHAI).date()
        await registry.post(member, branch, valid_to=today)
        await registry.account(security, "some.body", member_id=member.id)

        own = (await registry.http.get(ME, headers=await registry.signed_in("some.body"))).json()

        assert [role["role"] for role in own["roles"]] == ["member"]

    async def test_of_a_member_who_left_is_none(self, registry: Any) -> None:
        security = await registry.administrator()
        branch = await registry.organization(1)
        member = await registry.member(branch)
        await registry.post(member, branch)
        await registry.account(security, "some.body", member_id=member.id)
        registry.execute("UPDATE members SET is_active = false, left_on = current_date WHERE id = %s", member.id)

        own = (await registry.http.get(ME, headers=await registry.signed_in("some.body"))).json()

        assert own["roles"] == []
