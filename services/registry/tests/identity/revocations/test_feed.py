from datetime import timedelta
from typing import Any

import pytest

from hosting.tokens import RevocationList
from kit.calendar import real_now
from registry.identity.authorities.rules import HeldRole
from registry.identity.clients.service import subject_of
from registry.identity.logins.tokens import sign_access_token

pytestmark = pytest.mark.anyio
URL = "/internal/v1/revocations"


@pytest.fixture
def service(registry_keys: Any) -> dict[str, str]:
    token, _ = sign_access_token(
        registry_keys,
        issuer="liangxin",
        subject=subject_of("scoring"),
        roles=(HeldRole("service", None),),
        expires_at=real_now() + timedelta(minutes=5),
        is_client=True,
    )
    return {"Authorization": f"Bearer {token}"}


class TestRevocationFeed:
    async def test_refuses_people(self, registry: Any) -> None:
        security = await registry.administrator()

        assert (await registry.http.get(URL)).status_code == 401
        assert (await registry.http.get(URL, headers=security)).status_code == 403

    @pytest.mark.parametrize("since", ["yesterday", "2026-01-01T00:00:00", "9999-12-31T00:00:00+00:00", "\x00"])
    async def test_refuses_a_start_it_did_not_give(self, registry: Any, service: dict[str, str], since: str) -> None:
        assert (await registry.http.get(URL, params={"since": since}, headers=service)).status_code == 400

    async def test_names_a_closed_login_as_the_verifiers_read_it(self, registry: Any, service: dict[str, str]) -> None:
        security = await registry.administrator()
        (login,) = registry.logins.values()
        before = (await registry.http.get(URL, headers=service)).json()
        await registry.http.delete("/api/v1/registry/logins/current", headers=security)

        after = (await registry.http.get(URL, params={"since": before["next"]}, headers=service)).json()
        known = RevocationList()
        for item in after["items"]:
            known.add(item)

        assert before["items"] == []
        assert {str(login_id) for login_id in known.logins} == {login["login_id"]}

    async def test_names_a_subject_whose_grant_ended(self, registry: Any, service: dict[str, str]) -> None:
        security = await registry.administrator()
        account = await registry.account(security, "some.body")
        given = (await registry.grant(security, account, "audit_administrator")).json()
        headers = security | {"Idempotency-Key": "end-the-grant", "If-Match": '"1"'}
        await registry.http.post(f"/api/v1/registry/grants/{given['id']}/end", json={"reason": "调离"}, headers=headers)

        items = (await registry.http.get(URL, headers=service)).json()["items"]

        assert [item["subject"] for item in items] == [str(account)]
        assert isinstance(items[0]["revoked_at_epoch"], int)
