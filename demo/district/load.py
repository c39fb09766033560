"""Fills an empty system: administrators, the four workbooks, one account a role; all through the public interface."""

import asyncio
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from demo.district.accounts import AccountBook
from demo.district.enrolment import Enrolment
from demo.district.loading import load_district
from deploy.calling import client
from deploy.launcher.layout import Layout

Invite = Callable[[str], str]
"""Answers the one-time token that makes somebody an administrator of this role."""


def load_if_empty(base_url: str, invite: Invite, accounts_file: Path | None = None) -> list[dict[str, str]]:
    """The accounts that were made, none when the district is there already. Goes on where it was interrupted."""
    book = AccountBook(accounts_file or Layout.from_environment().accounts)
    if book.is_finished():
        return []
    asyncio.run(load(base_url, invite, book))
    book.finish()
    return [asdict(account) for account in book]


async def load(base_url: str, invite: Invite, book: AccountBook) -> None:
    async with client(base_url) as http:
        await load_district(Enrolment(http, invite, book), Console())
