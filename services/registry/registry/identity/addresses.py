"""Where a request really comes from, behind our own gateway."""

from ipaddress import ip_address
from typing import Annotated

from fastapi import Depends, Request

from registry.settings import Settings

UNKNOWN = "unknown"


async def client_address(request: Request) -> str:
    """The nearest hop we do not run; an address a stranger writes into the header himself is never reached."""
    settings: Settings = request.app.state.settings
    nearest = request.client.host if request.client else UNKNOWN
    hops = [hop.strip() for line in request.headers.getlist("x-forwarded-for") for hop in line.split(",")]
    for hop in reversed(hops):
        if not _is_ours(nearest, settings) or not _is_address(hop):
            break
        nearest = hop
    return nearest


def _is_ours(address: str, settings: Settings) -> bool:
    return _is_address(address) and any(ip_address(address) in network for network in settings.trusted_proxies)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


ClientAddress = Annotated[str, Depends(client_address)]
