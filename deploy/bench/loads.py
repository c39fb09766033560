"""The three requests of P1 and P2, as bytes for the generator and as SQL for pgbench."""

import asyncio
import json
from dataclasses import dataclass
from hashlib import md5
from operator import itemgetter
from pathlib import Path

from deploy.bench.callers import Seen, claimants, officers, seen_by
from deploy.bench.generator import KEY
from deploy.launcher.layout import HOST, ROOT, Layout

ABLE = {"formal", "probationary"}
MEMBERS, CLAIMANTS, CONNECTIONS = 2000, 400, 16


def statements(service: str, name: str) -> Path:
    """They stand with the service whose tables they name."""
    return ROOT / "services" / service / "bench" / f"{name}.sql"


CLAIM = statements("scoring", "claim"), statements("scoring", "claim_whole")


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
    seen = asyncio.run(seen_by(layout, tokens[0]))
    reads = tuple(
        get(f"/api/v1/registry/members/{member}", tokens[number % CONNECTIONS])
        for number, member in enumerate(_mixed(seen))
    )
    lists = tuple(get("/api/v1/registry/members?limit=50", token) for token in tokens)
    return [
        Load("read", "读一名党员", "registry", 0.035, reads, statements("registry", "read")),
        Load("list", "党员列表 50 条", "registry", 0.14, lists, statements("registry", "list")),
        Load("claim", "申报一条积分", "scoring", 0.15, _claims(layout, seen), *CLAIM),
    ]


def _mixed(seen: Seen) -> list[str]:
    """Neighbours in a list are no neighbours in the table."""
    return sorted((str(one["id"]) for one in seen.members), key=lambda one: md5(one.encode()).digest())[:MEMBERS]  # noqa: S324 - to mix, not to protect


def _claims(layout: Layout, seen: Seen) -> tuple[str, ...]:
    body = {"subject_kind": "member", "indicator_code": seen.claimable, "occurred_on": seen.today}
    body |= {"description": "为群众办实事一件"}
    able = sorted((one for one in seen.members if one["stage"] in ABLE), key=itemgetter("id"))
    return tuple(
        _post(
            "/api/v1/scoring/claims", one.token, {**body, "occurred_on": seen.today, "subject_id": str(one.member_id)}
        )
        for one in claimants(layout, able[:CLAIMANTS])
    )


def get(path: str, token: str) -> str:
    return f"GET {path} HTTP/1.1\r\nhost: {HOST}\r\nauthorization: Bearer {token}\r\n\r\n"


def _post(path: str, token: str, body: dict[str, object]) -> str:
    content = json.dumps(body)
    return (
        f"POST {path} HTTP/1.1\r\nhost: {HOST}\r\nauthorization: Bearer {token}\r\nidempotency-key: {KEY}\r\n"
        f"content-type: application/json\r\ncontent-length: {len(content)}\r\n\r\n{content}"
    )
