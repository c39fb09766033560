"""Where a request comes from: address behind trusted hops, request id, forwarding headers."""

import re
from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from kit.ids import uuid7

Network = IPv4Network | IPv6Network
UNKNOWN = "unknown"
_REQUEST_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._\-]{7,63}")


def request_id(offered: str | None) -> str:
    """The caller's own id when it is well formed, else a new one."""
    if offered is not None and _REQUEST_ID.fullmatch(offered):
        return offered
    return uuid7().hex


def address(peer: str, forwarded_for: str | None, trusted: Sequence[Network], fronts: Sequence[Network] = ()) -> str:
    """What the trusted hop before us saw; past it only while that is one of the proxies in front.

    A caller may well live in the same private network as our hops: what it wrote itself is never believed.
    """
    if forwarded_for is None or not _is_within(peer, trusted):
        return peer
    nearest = peer
    for entry in reversed(forwarded_for.split(",")):
        known = _parsed(entry.strip())
        if known is None:
            return nearest
        nearest = str(known)
        if not _is_within(nearest, fronts):
            return nearest
    return nearest


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def _is_within(text: str, networks: Sequence[Network]) -> bool:
    known = _parsed(text)
    return known is not None and any(known in network for network in networks)


@lru_cache(maxsize=4096)
def rate_key(client: str) -> str:
    """One key an IPv4 address, one an IPv6 /64: a home owns a whole one."""
    known = _parsed(client)
    if isinstance(known, IPv6Address):
        return str(IPv6Network((known, 64), strict=False))
    return client


@lru_cache(maxsize=4096)
def forwarding(client: str, scheme: str, host: str) -> tuple[tuple[str, str], ...]:
    node = f'"[{client}]"' if ":" in client else client
    return (
        ("x-forwarded-for", client),
        ("x-forwarded-proto", scheme),
        ("x-forwarded-host", host),
        ("forwarded", f"for={node};proto={scheme}"),
    )
