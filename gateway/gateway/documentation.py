"""One documentation page over all services, from files that lie here: it asks no outside address for anything."""

import asyncio
import hashlib
import json
import time
from importlib.resources import files
from typing import Any

from fastapi import APIRouter, FastAPI, Request, status
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles

from gateway.merging import Document, merge
from gateway.parts import ask
from gateway.upstreams import Upstreams
from kit.problems import Problem

ASSETS = "/docs/assets"
NOTHING_FROM_OUTSIDE = (
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    "script-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
PAGE_HEADERS = {"Content-Security-Policy": NOTHING_FROM_OUTSIDE, "X-Content-Type-Options": "nosniff"}
PAGE = files("gateway") / "pages" / "documentation.html"
STAR = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="#c8102e" '
    'd="M12 2l3 6.9 7.5.7-5.7 5 1.7 7.4L12 18.1 5.500 22l1.700-7.400-5.700-5 7.500-.7z"/></svg>'
)
CONVENTIONS = """\
- 登录:`POST /api/v1/registry/logins`,把应答中的 `access_token` 放入 `Authorization: Bearer …`(本页右上角 Authorize)。
- 提交:须带 `Idempotency-Key`,每次提交用新值,重试用同一个值;在本页保留示例值时自动换成新值。
- 修改:须带 `If-Match`,取自读取时的 `ETag`;他人已改则 412,未带则 428。
- 拒绝:一律 `application/problem+json`,`code` 稳定不变。每个接口的 `x-problem-codes` 是它可能答出的全部代码(宁多勿漏),
  含义见 `components.x-problems`;文档根上的 `x-problem-codes` 是网关对任何接口都可能答出的。
- 权限:`x-roles` 为可用角色,`x-scope` 为范围(subtree 本级及下级党组织,self 仅本人,root 所在区,none 不按党组织限定)。
- 查询:不认识的查询参数一律 422,不会被忽略。取值的中文名称见 `x-enum-labels`。
"""
router = APIRouter(include_in_schema=False)


class Library:
    """The merged OpenAPI document; a service that is down keeps its last known part."""

    def __init__(self, app: FastAPI, upstreams: Upstreams, *, seconds: float, patience: float) -> None:
        self._app = app
        self._upstreams = upstreams
        self._seconds = seconds
        self._patience = patience
        self._known: dict[str, Document] = {}
        self._missing: list[dict[str, str]] = []
        self._text = b""
        self._tag = ""
        self._stale_at = 0.0
        self._renewing = asyncio.Lock()

    async def text(self) -> tuple[bytes, str]:
        """The document and the tag of this version of it."""
        async with self._renewing:
            if time.monotonic() >= self._stale_at:
                await self._renew()
        return self._text, self._tag

    async def _renew(self) -> None:
        deadline = asyncio.get_running_loop().time() + self._patience
        answers = await asyncio.gather(
            *(ask(upstream, "/openapi.json", [], deadline=deadline) for upstream in self._upstreams.values())
        )
        self._missing = []
        for name, answer in zip(self._upstreams, answers, strict=True):
            if isinstance(answer, dict):
                self._known[name] = answer
            else:
                self._note_missing(name, answer)
        document = merge(self._app.openapi(), self._known)
        if self._missing:
            document["x-missing"] = self._missing
        self._text = json.dumps(document, ensure_ascii=False).encode()
        self._tag = f'W/"{hashlib.sha256(self._text).hexdigest()}"'
        self._stale_at = time.monotonic() + (self._seconds if not self._missing else self._patience)

    def _note_missing(self, name: str, answer: Any) -> None:
        reason = type(answer).code if isinstance(answer, Problem) else "service-answer-broken"
        shown = "last-known" if name in self._known else "nothing"
        self._missing.append({"service": name, "reason": reason, "shown": shown})


def install(app: FastAPI) -> None:
    app.include_router(router)
    app.mount(ASSETS, StaticFiles(directory=str(files("fastapi_offline") / "static"), packages=[("gateway", "pages")]))


@router.get("/docs")
async def show_documentation() -> HTMLResponse:
    return HTMLResponse(PAGE.read_text(encoding="utf-8"), headers=PAGE_HEADERS)


@router.get("/openapi.json")
async def show_openapi(request: Request) -> Response:
    library: Library = request.app.state.documents
    text, tag = await library.text()
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if tag.removeprefix("W/") in request.headers.get("if-none-match", ""):
        return Response(status_code=status.HTTP_304_NOT_MODIFIED, headers=headers)
    return Response(text, media_type="application/json", headers=headers)


@router.get("/favicon.svg")
@router.get("/favicon.ico")
async def show_star() -> Response:
    return Response(STAR, media_type="image/svg+xml", headers={"Cache-Control": "max-age=86400"})
