from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from kit.calendar import real_now
from kit.database import app_transaction
from kit.events import append
from registry.identity.authorities.following import POLL_SECONDS, revoke_changed

pytestmark = pytest.mark.anyio


def connected(registry: Any) -> psycopg.Connection[Any]:
    return psycopg.connect(registry.database.app_url.replace("+psycopg", ""))


async def revoked(registry: Any, floor: int = 0) -> list[str]:
    async with app_transaction(registry.app) as db:
        await revoke_changed(db, floor)
    with connected(registry) as db:
        return [str(row[0]) for row in db.execute("SELECT subject FROM revocations").fetchall()]


async def happened(registry: Any, kind: str, subject: Any, **data: str) -> None:
    async with app_transaction(registry.app) as db:
        await append(db, type=kind, subject=subject, version=1, data=data)


@contextmanager
def held_horizon(registry: Any) -> Iterator[None]:
    """A transaction that somebody forgot holds back the horizon of every feed in the cluster."""
    with connected(registry) as db:
        db.execute("SELECT pg_current_xact_id()")
        yield


class TestOwnEvents:
    async def test_of_a_post_revoke_its_holder_only(self, registry: Any) -> None:
        security = await registry.administrator()
        branch = await registry.organization(1)
        holder, other = await registry.member(branch), await registry.member(branch)
        account = await registry.account(security, "some.body", member_id=holder.id)
        await registry.account(security, "some.other", member_id=other.id)

        await happened(registry, "registry.post.changed.v1", branch.id, member_id=str(holder.id))

        assert await revoked(registry) == [str(account)]

    @pytest.mark.parametrize("version", ["v1", "v2"])
    async def test_of_a_member_revoke_that_member(self, registry: Any, version: str) -> None:
        security = await registry.administrator()
        member = await registry.member(await registry.organization(1))
        account = await registry.account(security, "some.body", member_id=member.id)

        await happened(registry, f"registry.member.changed.{version}", member.id)

        assert await revoked(registry) == [str(account)]

    async def test_of_no_matter_revoke_nobody(self, registry: Any) -> None:
        security = await registry.administrator()
        member = await registry.member(await registry.organization(1))
        await registry.account(security, "some.body", member_id=member.id)

        await happened(registry, "registry.member.disclosed.v1", member.id)

        assert await revoked(registry) == []

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
        monkeypatch.setattr("registry.identity.authorities.following.real_now", lambda: real_now() + timedelta(hours=2))
        await happened(registry, "registry.member.changed.v2", member.id)

        assert await revoked(registry) == []

    async def test_revoke_while_a_transaction_holds_up_every_feed(self, registry: Any) -> None:
        security = await registry.administrator()
        member = await registry.member(await registry.organization(1))
        account = await registry.account(security, "some.body", member_id=member.id)

        with held_horizon(registry):
            await happened(registry, "registry.member.changed.v2", member.id)
            found = await revoked(registry)

        assert found == [str(account)]

    async def test_of_a_slow_transaction_are_not_missed_nor_told_twice(self, registry: Any) -> None:
        """It begins before another one that is read, and is committed afterwards."""
        security = await registry.administrator()
        branch = await registry.organization(1)
        slow, quick = await registry.member(branch), await registry.member(branch)
        first = await registry.account(security, "some.body", member_id=slow.id)
        second = await registry.account(security, "some.other", member_id=quick.id)
        async with app_transaction(registry.app) as db:
            await append(db, type="registry.member.changed.v2", subject=slow.id, version=1, data={})
            await happened(registry, "registry.member.changed.v2", quick.id)
            async with app_transaction(registry.app) as reading:
                floor = await revoke_changed(reading, 0)
            early = await revoked(registry, floor)

        assert early == [str(second)]
        assert sorted(await revoked(registry, floor)) == sorted([str(first), str(second)])

    async def test_of_a_database_put_back_are_read_from_the_beginning(self, registry: Any) -> None:
        security = await registry.administrator()
        member = await registry.member(await registry.organization(1))
        account = await registry.account(security, "some.body", member_id=member.id)
        await happened(registry, "registry.member.changed.v2", member.id)

        assert await revoked(registry, 2**60) == [str(account)]
        async with app_transaction(registry.app) as db:
            floor = await revoke_changed(db, 0)
        assert 0 < floor < 2**60


def test_what_is_read_ends_tokens_everywhere_within_five_seconds() -> None:
    """Read from the log, then by every service from the table of revocations."""
    from hosting.tokens import POLL_SECONDS as OF_SERVICES
    from registry.identity.revocations.following import POLL_SECONDS as OF_REGISTRY

    assert POLL_SECONDS + max(OF_SERVICES, OF_REGISTRY) < 5
