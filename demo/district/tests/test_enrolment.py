"""Against the real registry: who gets which account, and that an interruption changes nothing."""

from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest

from demo.district.accounts import Account, AccountBook
from demo.district.enrolment import EVE, Enrolment
from deploy.calling import REGISTRY, Caller, CallRefusedError

pytestmark = pytest.mark.anyio


async def roles_of(caller: Caller) -> list[str]:
    return [held["role"] for held in (await caller.get(f"{REGISTRY}/accounts/me"))["roles"]]


class TestAdministrators:
    async def test_are_three_people_with_one_role_each(
        self, http: httpx2.AsyncClient, invite: Callable[[str], str], book: AccountBook
    ) -> None:
        enrolment = Enrolment(http, invite, book)
        system = await enrolment.system_administrator()
        security = await enrolment.administrator("security_administrator")
        audit = await enrolment.administrator("audit_administrator")
        assert [await roles_of(one) for one in (system, security, audit)] == [
            ["system_administrator"],
            ["security_administrator"],
            ["audit_administrator"],
        ]

    async def test_stand_on_the_eve_of_the_played_year(
        self, http: httpx2.AsyncClient, invite: Callable[[str], str], book: AccountBook
    ) -> None:
        system = await Enrolment(http, invite, book).system_administrator()
        assert (await system.get(f"{REGISTRY}/clock"))["today"] == EVE[:10]

    async def test_are_the_same_after_an_interruption(
        self, http: httpx2.AsyncClient, invite: Callable[[str], str], book: AccountBook, tmp_path: Path
    ) -> None:
        await Enrolment(http, invite, book).system_administrator()
        again = AccountBook(tmp_path / "accounts.json")
        caller = await Enrolment(http, invite, again).system_administrator()
        assert await roles_of(caller) == ["system_administrator"]
        assert list(again) == list(book)

    async def test_are_invited_again_when_only_their_password_had_been_noted(
        self, http: httpx2.AsyncClient, invite: Callable[[str], str], book: AccountBook
    ) -> None:
        book.keep(Account("audit_administrator", "shenji", "Noted-but-never-used-1", "审计"))
        caller = await Enrolment(http, invite, book).administrator("audit_administrator")
        assert await roles_of(caller) == ["audit_administrator"]


class TestPerson:
    async def test_unknown_to_the_registers_gets_no_account(
        self, http: httpx2.AsyncClient, invite: Callable[[str], str], book: AccountBook
    ) -> None:
        enrolment = Enrolment(http, invite, book)
        security = await enrolment.administrator("security_administrator")
        nobody = "0197f000-0000-7000-8000-000000000000"
        with pytest.raises(CallRefusedError, match="没有找到此人") as refused:
            await enrolment.person(security, "member", "dangyuan", member_id=nobody)
        assert refused.value.code == "person-not-found"

    async def test_gets_through_after_an_interrupted_opening(
        self, http: httpx2.AsyncClient, invite: Callable[[str], str], book: AccountBook
    ) -> None:
        enrolment = Enrolment(http, invite, book)
        security = await enrolment.administrator("security_administrator")
        await security.post(f"{REGISTRY}/accounts", {"username": "gongwei"})
        caller = await enrolment.person(security, "district_officer", "gongwei")
        assert await roles_of(caller) == []
