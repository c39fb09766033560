"""Which service a raw path belongs to, decided before anything is decoded."""

import re

from gateway.refusals import MalformedPath

ALWAYS_OPEN = frozenset(
    ("/", "/m/", "/livez", "/readyz", "/version", "/health", "/docs", "/openapi.json", "/favicon.ico", "/favicon.svg")
)
PROBES = frozenset(("/livez", "/readyz"))
ASSETS = ("/assets/", "/docs/assets/")
_PREFIX = re.compile(r"/api/v1/(registry|scoring|training)/")
_ALLOWED = re.compile(r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})+")
_FORBIDDEN = re.compile(
    r"//"
    r"|(?:^|/)\.{1,2}(?:/|$|;)"
    r"|%(?:2[EeFf]|5[Cc]|25|[01][0-9A-Fa-f]|7[Ff])"
)
_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


def checked(raw: bytes) -> str:
    """The path as it came; refused are dot and empty segments, encoded slashes, dots, percents and controls."""
    try:
        path = raw.decode("ascii")
    except UnicodeDecodeError as error:
        raise MalformedPath from error
    if not path.startswith("/") or not _ALLOWED.fullmatch(path) or _FORBIDDEN.search(path):
        raise MalformedPath
    for escapes in _ESCAPES.findall(path):
        try:
            bytes.fromhex(escapes.replace("%", "")).decode("utf-8")
        except UnicodeDecodeError as error:
            raise MalformedPath from error
    return path


def service_of(path: str) -> str | None:
    """The service a checked path is passed to; None = the gateway answers itself."""
    found = _PREFIX.match(path)
    return found[1] if found else None


def is_always_open(path: str) -> bool:
    return path in ALWAYS_OPEN or path.startswith(ASSETS)
