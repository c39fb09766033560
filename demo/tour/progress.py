"""What of the year has been played: an interrupted tour goes on there, and no request counts twice.

Every POST carries a key made of its own name, so a repeated one is answered from the first effect.
"""

import json
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from demo.passwords import password_of


class Progress:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._state: dict[str, Any] = {"seed": secrets.token_hex(16), "done": {}}
        if path.exists():
            self._state = json.loads(path.read_text(encoding="utf-8"))

    def key(self, *names: object) -> str:
        """Idempotency-Key of one named request of this tour."""
        return uuid5(NAMESPACE_URL, "/".join([self._state["seed"], *map(str, names)])).hex

    def password(self, username: str) -> str:
        """Reproducible by whoever has this file, and by nobody else."""
        return password_of(self.key("password", username))

    async def once(self, name: str, work: Callable[[], Awaitable[Any]]) -> Any:
        """The result of `work`, done now or remembered from an earlier run."""
        done: dict[str, Any] = self._state["done"]
        if name not in done:
            done[name] = await work()
            self._save()
        return done[name]

    def has(self, name: str) -> bool:
        return name in self._state["done"]

    def _save(self) -> None:
        part = self._path.with_suffix(".part")
        self._path.parent.mkdir(parents=True, exist_ok=True)
        part.touch(mode=0o600, exist_ok=True)
        part.write_text(json.dumps(self._state, ensure_ascii=False), encoding="utf-8")
        part.replace(self._path)
