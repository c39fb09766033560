"""The demonstration accounts: kept as they are made, so that an interrupted loading goes on with the same ones."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

ROLES = (
    "system_administrator",
    "security_administrator",
    "audit_administrator",
    "district_officer",
    "town_officer",
    "branch_secretary",
    "member",
    "instructor",
)


@dataclass(frozen=True, slots=True)
class Account:
    role: str
    username: str
    password: str
    scope: str


class AccountBook:
    """Role, username, password and scope, readable by their owner only; the file bears its name once all are made."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._unfinished = path.with_name(f"{path.name}.unfinished")
        self._accounts: dict[str, Account] = {}
        if self._unfinished.exists():
            entries = json.loads(self._unfinished.read_text(encoding="utf-8"))
            self._accounts = {entry["role"]: Account(**entry) for entry in entries}

    def __iter__(self) -> Iterator[Account]:
        return iter(self._accounts[role] for role in ROLES if role in self._accounts)

    def of(self, role: str) -> Account | None:
        return self._accounts.get(role)

    def is_finished(self) -> bool:
        return self._path.exists()

    def finish(self) -> None:
        self._unfinished.replace(self._path)

    def keep(self, account: Account) -> Account:
        self._accounts[account.role] = account
        part = self._path.with_suffix(".part")
        part.unlink(missing_ok=True)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump([asdict(one) for one in self], file, ensure_ascii=False, indent=1)
        part.replace(self._unfinished)
        return account
