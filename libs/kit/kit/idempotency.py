"""The Idempotency-Key of a POST and the fingerprint of what was sent under it (architecture D19)."""

import hashlib
import re

from starlette.requests import Request

from kit import problems

KEY = re.compile(r"^[\x21-\x7e]{8,200}$")
BOUNDARY = re.compile(r'multipart/.*boundary="?([^";,\s]+)')


class IdempotencyKeyRequired(problems.BadRequest):
    code = "idempotency-key-required"
    detail = "提交须带 Idempotency-Key 请求头(8 至 200 个可见字符),重试时用同一个值"


class IdempotencyKeyReused(problems.Unprocessable):
    code = "idempotency-key-reused"
    detail = "这个 Idempotency-Key 已用于另一份内容,请换一个新值"


def key_of(request: Request) -> str:
    key = request.headers.get("idempotency-key", "")
    if not KEY.match(key):
        raise IdempotencyKeyRequired
    return key


async def request_hash(request: Request) -> bytes:
    """Same content, same hash; a multipart boundary is chosen anew at every try and is no content."""
    digest = hashlib.sha256(f"{request.method} {request.url.path}?{request.url.query}\n".encode())
    body = await request.body()
    boundary = BOUNDARY.search(request.headers.get("content-type", ""))
    digest.update(body.replace(boundary[1].encode("latin-1"), b"") if boundary else body)
    return digest.digest()
