"""How a person comes to an account: administrators by invitation, others opened by the security administrator."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import httpx2

from demo.district.accounts import Account, AccountBook
from demo.passwords import new_password
from deploy.calling import REGISTRY, UNAUTHENTICATED, Caller, CallRefusedError

EVE = "2025-01-01T08:00:00+08:00"
GRANTED_FROM = "2024-06-01"
SYSTEM = "system_administrator"
ADMINISTRATORS = {
    SYSTEM: ("xitong", "全系统:运行维护"),
    "security_administrator": ("anquan", "全系统:账号与授权"),
    "audit_administrator": ("shenji", "全系统:审计"),
}
SPARE = "2"


class Enrolment:
    def __init__(self, http: httpx2.AsyncClient, invite: Callable[[str], str], book: AccountBook) -> None:
        self._http, self._invite, self._book = http, invite, book

    async def administrator(self, role: str) -> Caller:
        username, scope = ADMINISTRATORS[role]
        account, caller = await self._known(role, username, scope)
        return caller or await self._invited(account)

    async def system_administrator(self) -> Caller:
        """Also turns the clock of a demonstration to the eve of the year that is played, before anything is dated.

        Whoever was appointed after that day is no administrator on it; then a second one is appointed there."""
        caller = await self.administrator(SYSTEM)
        clock = await caller.get(f"{REGISTRY}/clock")
        if not clock["is_movable"] or clock["offset_seconds"]:
            return caller
        await caller.request("PUT", f"{REGISTRY}/clock", json={"now": EVE})
        await caller.sign_in()
        if any(held["role"] == SYSTEM for held in (await caller.get(f"{REGISTRY}/accounts/me"))["roles"]):
            return caller
        username, scope = ADMINISTRATORS[SYSTEM]
        return await self._invited(self._book.keep(Account(SYSTEM, username + SPARE, new_password(), scope)))

    async def person(self, security: Caller, role: str, username: str, *, granted_at: str = "", **who: str) -> Caller:
        """`who` is the member or instructor; `granted_at` the organisation for a role that follows from no post."""
        account, caller = await self._known(role, username)
        if caller is None:
            caller = await self._opened(security, account, granted_at, who)
        held = (await caller.get(f"{REGISTRY}/accounts/me"))["roles"]
        names = sorted(one["organization_name"] for one in held if one["role"] == role and one["organization_name"])
        self._book.keep(replace(account, scope="、".join(names)))
        return caller

    async def _opened(self, security: Caller, account: Account, granted_at: str, who: Mapping[str, str]) -> Caller:
        opened = await self._open(security, account, who)
        if granted_at:
            grant = {"account_id": opened["id"], "role": account.role, "organization_id": granted_at}
            await _unless_repeated(security, grant | {"valid_from": GRANTED_FROM, "reason": "示范区初始化"})
        await self._activate(opened["activation_token"], account)
        return self._caller(account)

    async def _known(self, role: str, username: str, scope: str = "") -> tuple[Account, Caller | None]:
        """Noted before it is made: a password that only a server knows would lock us out."""
        account = self._book.of(role)
        if account is None:
            return self._book.keep(Account(role, username, new_password(), scope)), None
        caller = self._caller(account)
        try:
            await caller.sign_in()
        except CallRefusedError as refused:
            if refused.status != UNAUTHENTICATED:
                raise
            return account, None
        return account, caller

    async def _invited(self, account: Account) -> Caller:
        token = await asyncio.to_thread(self._invite, account.role)
        await self._activate(token, account)
        return self._caller(account)

    async def _open(self, security: Caller, account: Account, who: Mapping[str, str]) -> Mapping[str, Any]:
        try:
            opened: Mapping[str, Any] = await security.post(
                f"{REGISTRY}/accounts", {"username": account.username, **who}
            )
        except CallRefusedError as refused:
            if refused.code != "username-taken":
                raise
            found = (await security.get(f"{REGISTRY}/accounts", username=account.username))["items"][0]
            reset = await security.post(f"{REGISTRY}/accounts/{found['id']}/password-resets", {})
            return {**found, **reset}
        return opened

    async def _activate(self, token: str, account: Account) -> None:
        choice = {"username": account.username, "password": account.password}
        await Caller(self._http).post(f"{REGISTRY}/bootstrap/{token}", choice)

    def _caller(self, account: Account) -> Caller:
        return Caller(self._http, account.username, account.password)


async def _unless_repeated(security: Caller, grant: Mapping[str, Any]) -> None:
    try:
        await security.post(f"{REGISTRY}/grants", grant)
    except CallRefusedError as refused:
        if refused.code != "grant-repeated":
            raise
