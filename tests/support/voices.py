"""People at the gateway of a running system, who do not give up when a process is away."""

import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlencode
from uuid import uuid4

import httpx2

from kit.claims import AUDIENCE
from registry.identity.keys.signing import SigningKeys

PATIENCE_SECONDS = 60
AGAIN = {401, 404, 429, 502, 503, 504}


Grants = list[tuple[str, str | None]]


class System(Protocol):
    """Processes of our own or containers; `verify` is whose certificates are believed."""

    @property
    def address(self) -> str: ...

    @property
    def verify(self) -> ssl.SSLContext | bool: ...

    def wait(self, condition: Callable[[], bool], seconds: float = ...) -> float:
        """How long it took."""

    def token(self, grants: Grants, person: str | None = None, subject: str | None = None) -> str:
        """As registry would issue it, for an hour."""


def signed(keys: Path, grants: Grants, person: str | None, subject: str | None = None) -> str:
    """The test has the keys of its own installation."""
    now = int(time.time())
    claims = {
        "iss": "liangxin",
        "aud": AUDIENCE,
        "sub": subject or str(uuid4()),
        "jti": uuid4().hex,
        "sid": str(uuid4()),
    }
    dated = {"iat": now, "exp": now + 3600, "person": person, "client": False}
    return SigningKeys(keys).sign({**claims, **dated, "grants": grants})


@dataclass(frozen=True)
class Voice:
    """One person at the gateway. What is not acknowledged is sent again with the same key, as a client would."""

    system: System
    token: str

    def once(
        self, method: str, path: str, body: Any = None, key: str | None = None, version: int | None = None
    ) -> httpx2.Response | None:
        """None when nobody answered."""
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": key or uuid4().hex}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        url, verify = self.system.address + path, self.system.verify
        try:
            return httpx2.request(method, url, json=body, headers=headers, timeout=35, trust_env=False, verify=verify)
        except httpx2.TransportError:
            return None

    def done(self, method: str, path: str, body: Any = None, version: int | None = None) -> Mapping[str, Any]:
        """Until it is acknowledged; the projections of a service may still be on their way."""
        key = uuid4().hex
        answers: list[httpx2.Response | None] = []

        def is_acknowledged() -> bool:
            answers.append(self.once(method, path, body, key, version))
            last = answers[-1]
            assert last is None or last.is_success or last.status_code in AGAIN, last.text
            return last is not None and last.is_success

        self.system.wait(is_acknowledged, PATIENCE_SECONDS)
        last = answers[-1]
        assert last is not None
        return dict(last.json())

    def every(self, path: str, **query: Any) -> list[Mapping[str, Any]]:
        items: list[Mapping[str, Any]] = []
        after: dict[str, str] = {}
        while True:
            page = self.done("GET", f"{path}?{urlencode({'limit': 200, **query, **after})}")
            items += page["items"]
            if page["next"] is None:
                return items
            after = {"after": page["next"]}
