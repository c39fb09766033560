"""The three requests of P1 and P2, as bytes for the generator and as SQL for pgbench."""

import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psycopg

from deploy.bench.callers import claimants, officers
from deploy.bench.generator import KEY
from deploy.bench.system import database_url
from deploy.launcher.layout import HOST, Layout
from kit.clock import day_of, real_now

SQL = Path(__file__).with_name("sql")
MEMBERS, CLAIMANTS, CONNECTIONS = 2000, 400, 16


@dataclass(frozen=True, slots=True)
class Load:
    """`whole` is every statement of the request, for the share that is not the one row's."""

    name: str
    title: str
    service: str
    target: float
    requests: tuple[str, ...]
    script: Path
    whole: Path | None = None


def loads(layout: Layout) -> list[Load]:
    tokens = officers(layout, CONNECTIONS)
    members = _members(layout)
    reads = tuple(
        get(f"/api/v1/registry/members/{member}", tokens[number % CONNECTIONS]) for number, member in enumerate(members)
    )
    lists = tuple(get("/api/v1/registry/members?limit=50", token) for token in tokens)
    return [
        Load("read", "读一名党员", "registry", 0.035, reads, SQL / "read.sql"),
        Load("list", "党员列表 50 条", "registry", 0.14, lists, SQL / "list.sql"),
        Load("claim", "申报一条积分", "scoring", 0.15, _claims(layout), SQL / "claim.sql", SQL / "claim_whole.sql"),
    ]


def _members(layout: Layout) -> list[UUID]:
    with psycopg.connect(database_url(layout, "registry")) as db:
        return [row[0] for row in db.execute("SELECT id FROM members ORDER BY md5(id::text) LIMIT %s", [MEMBERS])]


def _claims(layout: Layout) -> tuple[str, ...]:
    query = """SELECT min(code) FROM indicators JOIN catalogues ON catalogues.id = catalogue_id
               WHERE earning = 'claim' AND subject_kind = 'member' AND state = 'published'"""
    with psycopg.connect(database_url(layout, "scoring")) as db:
        code = db.execute(query).fetchone()
        moved = db.execute("SELECT coalesce(max(offset_seconds), 0) FROM business_clock").fetchone()
    body = {"subject_kind": "member", "indicator_code": code and code[0], "description": "为群众办实事一件"}
    day = day_of(real_now() + timedelta(seconds=moved[0] if moved else 0)).isoformat()
    return tuple(
        _post("/api/v1/scoring/claims", one.token, {**body, "occurred_on": day, "subject_id": str(one.member_id)})
        for one in claimants(layout, CLAIMANTS)
    )


def get(path: str, token: str) -> str:
    return f"GET {path} HTTP/1.1\r\nhost: {HOST}\r\nauthorization: Bearer {token}\r\n\r\n"


def _post(path: str, token: str, body: dict[str, object]) -> str:
    content = json.dumps(body)
    return (
        f"POST {path} HTTP/1.1\r\nhost: {HOST}\r\nauthorization: Bearer {token}\r\nidempotency-key: {KEY}\r\n"
        f"content-type: application/json\r\ncontent-length: {len(content)}\r\n\r\n{content}"
    )
