from datetime import timedelta
from typing import Any

import anyio
import psycopg
import pytest

from kit.calendar import real_now
from kit.database import app_transaction
from kit.events import append
from registry.identity.authorities.consumers import consumer

pytestmark = pytest.mark.anyio


async def revoked(registry: Any) -> list[str]:
    """After the one event of the test was handled, which other tests' transactions may hold back a little."""
    with anyio.fail_after(30):
        while not await consumer.step(registry.app.state.engine, None):  # noqa: ASYNC110 - the feed has no event
            await anyio.sleep(0.05)
    with psycopg.connect(registry.database.app_url.replace("+psycopg", "")) as db:
        return [str(row[0]) for row in db.execute("SELECT subject FROM revocations").fetchall()]


async def happened(registry: Any, kind: str, subject: Any, **data: str) -> None:
    async with app_transaction(registry.app) as db:
        await append(db, type=kind, subject=subject, version=1, data=data)


class TestOwnEvents:
    async def test_of_a_post_revoke_its_holder_only(self, registry: Any) -> None:
        security = await registry.administrator()
        branch = await registry.organization(1)
        holder, other = await registry.member(branch), await registry.member(branch)
        account = await registry.account(security, "some.body", member_id=holder.id)
        await registry.account(security, "some.other", member_id=other.id)

        await happened(registry, "registry.post.changed.v1", branch.id, member_id=str(holder.id))

        assert await revoked(registry) == [str(account)]

    async def test_of_a_member_revoke_that_member(self, registry: Any) -> None:
        security = await registry.administrator()
        member = await registry.member(await registry.organization(1))
        account = await registry.account(security, "some.body", member_id=member.id)

        await happened(registry, "registry.member.changed.v2", member.id)

        assert await revoked(registry) == [str(account)]

    async def test_before_the_account_revoke_nothing(self, registry: Any) -> None:
        security = await registry.administrator()
        member = await registry.member(await registry.organization(1))
        await happened(registry, "registry.member.changed.v2", member.id)
        await registry.account(security, "some.body", member_id=member.id)

        assert await revoked(registry) == []

    async def test_read_again_much_later_revoke_nothing(self, registry: Any, monkeypatch: Any) -> None:
        security = await registry.administrator()
        member = await registry.member(await registry.organization(1))
        await registry.account(security, "some.body", member_id=member.id)
        await happened(registry, "registry.member.changed.v2", member.id)
        monkeypatch.setattr("registry.identity.authorities.consumers.real_now", lambda: real_now() + timedelta(hours=2))

        assert await revoked(registry) == []
