"""Where the year is played: the gateway, the people signed in at it, and the business clock."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import httpx2
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from demo.tour import progress
from deploy.calling import REGISTRY, Caller, client

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE_HOUR = time(9)
AT_ONCE = 8
LOOK_AGAIN_SECONDS, QUIET_LOOKS = 0.5, 4
Item = TypeVar("Item")


class Stage:
    def __init__(self, http: httpx2.AsyncClient, accounts: Path, played: progress.Progress, console: Console) -> None:
        self.progress, self.console = played, console
        self._http = http
        listed = json.loads(accounts.read_text(encoding="utf-8"))
        self._known = {entry["username"]: entry["password"] for entry in listed}
        self._by_role = {entry["role"]: entry["username"] for entry in listed}
        self._callers: dict[str, Caller] = {}
        self._usernames: dict[str, str] = {}
        self.town_secretaries: dict[str, str] = {}
        self.stranger = Caller(http)

    def caller(self, role: str) -> Caller:
        return self._signed_in(self._by_role[role])

    def person(self, member_id: str) -> Caller:
        return self._signed_in(self.username(member_id))

    def town_officer(self, town_id: str) -> Caller:
        return self.person(self.town_secretaries[town_id])

    def username(self, member_id: str) -> str:
        return self._usernames.get(member_id, f"m-{member_id[-12:]}")

    def adopt(self, member_id: str, username: str) -> None:
        """This member has an account of the demonstration already."""
        self._usernames[member_id] = username

    def _signed_in(self, username: str) -> Caller:
        if username not in self._callers:
            password = self._known.get(username) or self.progress.password(username)
            self._callers[username] = Caller(self._http, username, password)
        return self._callers[username]

    async def post(self, caller: Caller, path: str, body: Any, *names: object, version: int | None = None) -> Any:
        """Named by `path` and `names`: sent again after an interruption, it is the same request."""
        content = {} if body is None else {"json": body}
        key = self.progress.key(path, *names)
        return (await caller.request("POST", path, key=key, version=version, **content)).json()

    async def for_each(self, title: str, items: Iterable[Item], work: Callable[[Item], Awaitable[Any]]) -> list[Any]:
        """Several at once, with a bar; the first refusal ends it."""
        todo, gate = list(items), asyncio.Semaphore(AT_ONCE)
        with bars(self.console) as shown:
            bar = shown.add_task(title, total=len(todo))

            async def one(item: Item) -> Any:
                async with gate:
                    result = await work(item)
                shown.advance(bar)
                return result

            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(one(item)) for item in todo]
        if not self.console.is_terminal:
            self.console.print(f"  {title}:{len(todo)}")
        return [task.result() for task in tasks]

    async def move_clock(self, day: date) -> None:
        """Every service must have heard of the new day before anything is dated."""
        moment = datetime.combine(day, OFFICE_HOUR, SHANGHAI)
        await self.caller("system_administrator").request("PUT", f"{REGISTRY}/clock", json={"now": moment.isoformat()})
        while True:
            if await self._all_know(day):
                return
            await asyncio.sleep(LOOK_AGAIN_SECONDS)

    async def _all_know(self, day: date) -> bool:
        """Asked one by one: the composed overview would tell the others registry's day."""
        district = self.caller("district_officer")
        parts = [await district.get(f"/api/v1/{name}/overview") for name in ("registry", "scoring", "training")]
        return all(part["as_of"] == day.isoformat() for part in parts)

    async def settle(self) -> None:
        """Wait until the ledger has taken in everything that has happened."""
        seen, quiet = -1, 0
        while quiet < QUIET_LOOKS:
            overview = await self.caller("district_officer").get("/api/v1/scoring/overview")
            quiet = quiet + 1 if overview["entries"] == seen else 0
            seen = overview["entries"]
            await asyncio.sleep(LOOK_AGAIN_SECONDS)


def bars(console: Console) -> Progress:
    columns = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=not console.is_terminal)


@asynccontextmanager
async def set_stage(address: str, home: Path, console: Console) -> AsyncIterator[Stage]:
    async with client(address) as http:
        yield Stage(http, home / "accounts.json", progress.Progress(home / "tour.json"), console)
