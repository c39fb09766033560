"""Listens to the clients of a world: who asked what, what was answered, and what the database kept of it."""

import base64
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, LiteralString
from urllib.parse import parse_qs, unquote

import httpx2
import psycopg

from deploy.launcher.provision import conninfo
from kit.permissions import PUBLIC, SIGNED_IN
from tests.support.applications import Operation, Service

FILE_NAME = re.compile(rb'filename="([^"]*)"')
LATER = "SELECT type, tx::text::bigint %% 4294967296 FROM event_log WHERE seq > %s ORDER BY seq"
TABLES: LiteralString = """
SELECT string_agg(format('SELECT %L WHERE EXISTS (SELECT FROM %I WHERE xmin::text::bigint = any(%%(transactions)s))',
    relname, relname), ' UNION ALL ')
FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
    AND relname NOT IN ('event_log', 'idempotency_keys') AND relname NOT LIKE 'procrastinate%%'"""


@dataclass(frozen=True)
class Played:
    """One request that succeeded, and what it left."""

    operation: Operation
    by: str
    parameters: dict[str, str]
    body: Any
    answer: httpx2.Response
    events: list[str]
    changed: list[str]
    """Tables with a row of the transaction that told the events."""

    @property
    def writes(self) -> bool:
        return self.operation.method != "get" or self.operation.name.startswith("export_")

    @property
    def media_type(self) -> str:
        return str(self.answer.headers.get("content-type", "")).partition(";")[0]


@dataclass
class Recorder:
    service: Service
    played: list[Played] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._db = psycopg.connect(conninfo(self.service.database.app_url), autocommit=True)
        [query] = self._db.execute(TABLES).fetchone() or [""]
        self._changed: LiteralString = query
        self._position = 0

    def close(self) -> None:
        self._db.close()

    @property
    def hooks(self) -> dict[str, list[Any]]:
        return {"request": [self._asked], "response": [self._answered]}

    async def _asked(self, request: httpx2.Request) -> None:
        await request.aread()
        [self._position] = self._db.execute("SELECT coalesce(max(seq), 0) FROM event_log").fetchone() or [0]

    async def _answered(self, answer: httpx2.Response) -> None:
        await answer.aread()
        if not answer.is_success:
            return
        told = self._db.execute(LATER, [self._position]).fetchall()
        transactions = sorted({transaction for _, transaction in told})
        found = self._db.execute(self._changed, {"transactions": transactions}).fetchall() if told else []
        operation, path = self._operation_of(answer.request)
        self.played.append(
            Played(
                operation,
                self._role_of(answer.request, operation),
                {**path, **dict(answer.request.url.params)},
                body_of(answer.request),
                answer,
                [kind for kind, _ in told],
                sorted(name for (name,) in found),
            )
        )

    def _operation_of(self, request: httpx2.Request) -> tuple[Operation, dict[str, str]]:
        """Of several that fit, the one that names most of the path itself."""
        fitting = []
        for operation in self.service.operations:
            pattern = re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", operation.path)
            found = re.fullmatch(pattern, request.url.path)
            if found and operation.method.upper() == request.method:
                fitting.append((operation, {name: unquote(one) for name, one in found.groupdict().items()}))
        return min(fitting, key=lambda one: len(one[1]))

    def _role_of(self, request: httpx2.Request, operation: Operation) -> str:
        allowed = self.service.rules[operation.name].roles
        held = [role for role, _ in claims_of(request).get("grants", ())]
        if PUBLIC in allowed or not held:
            return PUBLIC
        return next(role for role in held if {role, SIGNED_IN} & allowed)


def claims_of(request: httpx2.Request) -> dict[str, Any]:
    token = str(request.headers.get("authorization", "")).removeprefix("Bearer ")
    return claims_in(token) if token else {}


def claims_in(token: str) -> dict[str, Any]:
    payload = token.split(".")[1]
    return dict(json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))))


def body_of(request: httpx2.Request) -> Any:
    kind = str(request.headers.get("content-type", ""))
    if kind.startswith("multipart/"):
        found = FILE_NAME.search(request.content)
        return {"file": found[1].decode()} if found else None
    if kind.startswith("application/x-www-form-urlencoded"):
        return {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
    return json.loads(request.content) if request.content else None


def first_of_each(played: Iterable[Played]) -> dict[str, Played]:
    """Of a write the first success, as a newcomer would do it; of a read the last, when most is there."""
    found: dict[str, Played] = {}
    for one in played:
        if one.operation.method == "get" or one.operation.name not in found:
            found[one.operation.name] = one
    return found
