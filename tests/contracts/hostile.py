"""What nobody in their right mind would send, and somebody will."""

import json
from collections.abc import Iterator
from typing import Any

DEPTH = 100_000
CANARY = "canary-4f1e9b7c2a"
ENCODED = (
    "%00", f"{CANARY}%00", "%ED%A0%80", "%FF%FE", "%EF%BF%BF", "a" * 60_000, "-1", "0", "9223372036854775808",
    "1" * 5000, "1e400", "NaN", "-Infinity", "0001-01-01", "9999-12-31", "10000-01-01", "2025-02-29",
    "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-23:59", "''", "%25%27%5F%5C", CANARY, "", "true", "%E2%80%AE", "null",
)  # fmt: skip
CURSORS = ("%3E", "%3C", "%3Ex", "%3Ex~x", "%3Etrue", "%3Ci:1", "%3En:NaN", "%3Ei:" + "9" * 400)
VALUES: tuple[Any, ...] = (
    "\0", f"{CANARY}\0", "\ud800", "\uffff", CANARY * 10_000, -1, 2**31, 2**63, 10**400, 1e308, float("nan"),
    float("inf"), "NaN", "0001-01-01", "9999-12-31", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+14:00", "",
    "   ", CANARY, None, True, [], {}, [[]], [None], {CANARY: CANARY}, [CANARY] * 2000,
)  # fmt: skip
ENVELOPES: tuple[tuple[str, bytes], ...] = (
    ("application/json", b""),
    ("application/json", b"null"),
    ("application/json", b"[]"),
    ("application/json", b"[" * DEPTH),
    ("application/json", b"[" * DEPTH + b"]" * DEPTH),
    ("application/json", b'{"a":' * DEPTH + b"1" + b"}" * DEPTH),
    ("application/json", b"1" * 5000),
    ("application/json", b'{"a":' + b"9" * 5000 + b"}"),
    ("application/json", b"\xff\xfe{\x00}\x00"),
    ("application/json", b'"\xed\xa0\x80"'),
    ("application/json", b'{"name":"\xff"}'),
    ("application/json; charset=nowhere", b"{}"),
    ("application/xml", f"<a>{CANARY}</a>".encode()),
    ("text/plain", CANARY.encode()),
    ("", b"{}"),
    ("multipart/form-data", b"--x"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=file\r\n\r\n\r\n--x--"),
    ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
    ("application/x-www-form-urlencoded", b"%00=%FF&&&=&a=%ZZ"),
)
IDEMPOTENCY_KEYS = (b"", b"short", b"a" * 9000, b"\xff" * 20, b"with blank", b"\x00" * 10)
VERSIONS = (b"*", b'"x"', b'"-1"', b'"9223372036854775808"', b'"' + b"1" * 5000 + b'"', b'W/"1"', b"\xff", b'"\xb9"')


def spoilt(body: dict[str, Any], name: str) -> Iterator[bytes]:
    """That field made hostile, and given twice."""
    for value in VALUES:
        yield json.dumps(body | {name: value}).encode()
    yield json.dumps(body).encode()[:-1] + b"," + json.dumps({name: CANARY})[1:].encode()


def unknown(body: dict[str, Any]) -> bytes:
    """With a field that nobody knows."""
    return json.dumps(body | {CANARY: CANARY}).encode()
