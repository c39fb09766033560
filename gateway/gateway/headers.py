"""What may pass the gateway: hop-by-hop, identity and forwarding headers stay outside, both ways."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from gateway.refusals import MalformedHeaders

Pairs = list[tuple[str, str]]
RawPairs = list[tuple[bytes, bytes]]

HOP_BY_HOP = frozenset(
    {"connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection"}
    | {"te", "trailer", "transfer-encoding", "upgrade", "http2-settings"}
)
SET_BY_THE_DOOR = frozenset(("cookie", "host", "content-length", "expect", "x-request-id", "forwarded", "via"))
ONCE_ONLY = frozenset(("authorization", "host", "content-length", "content-type", "x-request-id", "idempotency-key"))
CLAIMED_IDENTITY = ("x-user", "x-actor", "x-forwarded", "x-remote", "x-auth", "x-client", "x-original", "x-rewrite")
CLAIMED_ADDRESS = frozenset(("x-real-ip", "true-client-ip", "cf-connecting-ip", "x-http-method-override"))
FROM_THE_SERVICE = frozenset(("date", "server", "x-request-id"))
NOTED = frozenset(("connection", "transfer-encoding", "x-forwarded-for", "accept-encoding")) | ONCE_ONLY
HARMLESS_CONNECTION = frozenset(("", "keep-alive", "close"))
_TRACE_PARENT = re.compile(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")


@dataclass(slots=True)
class Heads:
    """One request's headers: those that go on, and the few the gateway reads itself."""

    onward: Pairs
    noted: dict[str, str] = field(default_factory=dict)


@lru_cache(maxsize=512)
def _name(raw: bytes) -> tuple[str, bool, bool]:
    """Name, whether it goes on, whether the gateway reads it."""
    name = raw.decode("latin-1")
    stays = (
        name in HOP_BY_HOP
        or name in SET_BY_THE_DOOR
        or name in CLAIMED_ADDRESS
        or name.startswith(CLAIMED_IDENTITY)
        or "_" in name
    )
    return name, not stays, name in NOTED


def read(raw: Iterable[tuple[bytes, bytes]]) -> Heads:
    heads = Heads([])
    onward, noted = heads.onward, heads.noted
    try:
        for raw_name, raw_value in raw:
            name, goes_on, is_noted = _name(raw_name)
            if not goes_on and not is_noted:
                continue
            value = raw_value.decode("utf-8")
            if is_noted:
                _note(noted, name, value)
            if goes_on and (name != "traceparent" or _TRACE_PARENT.fullmatch(value)):
                onward.append((name, value))
    except UnicodeDecodeError as error:
        raise MalformedHeaders from error
    listed = listed_by_connection(noted.get("connection", ""))
    if listed:
        heads.onward = [pair for pair in onward if pair[0] not in listed]
    return heads


def _note(noted: dict[str, str], name: str, value: str) -> None:
    if name not in noted:
        noted[name] = value
        return
    if name in ONCE_ONLY:
        raise MalformedHeaders
    noted[name] = f"{noted[name]},{value}"


def listed_by_connection(value: str) -> frozenset[str]:
    """Names a Connection header declares to be for this hop only."""
    lowered = value.lower()
    if lowered in HARMLESS_CONNECTION:
        return frozenset()
    return frozenset(part.strip() for part in lowered.split(",")) - HARMLESS_CONNECTION


def answer(pairs: Iterable[tuple[str, str]], *, with_length: bool) -> tuple[RawPairs, int | None]:
    """The service's headers that reach the caller, and the announced length."""
    kept: RawPairs = []
    length: int | None = None
    listed: frozenset[str] = frozenset()
    for name, value in pairs:
        if name == "content-length":
            length = int(value)
        elif name == "connection":
            listed |= listed_by_connection(value)
        elif name not in HOP_BY_HOP and name not in FROM_THE_SERVICE:
            kept.append((name.encode("ascii"), value.encode("ascii")))
    if listed:
        kept = [pair for pair in kept if pair[0].decode("ascii") not in listed]
    if with_length and length is not None:
        kept.append((b"content-length", str(length).encode("ascii")))
    return kept, length
