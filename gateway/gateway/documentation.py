"""One documentation page over all services, from files that lie here: it asks no outside address for anything."""

import asyncio
import hashlib
import json
import time
from importlib.resources import files
from typing import Any

from fastapi import APIRouter, FastAPI, Request, status
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles

from gateway.merging import Document, merge
from gateway.parts import ask
from gateway.upstreams import Upstreams
from kit.problems import Problem

ASSETS = "/docs/assets"
NOTHING_FROM_OUTSIDE = (
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    "script-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
PAGE_HEADERS = {"Content-Security-Policy": NOTHING_FROM_OUTSIDE, "X-Content-Type-Options": "nosniff"}
PAGE_SETTINGS = {"validatorUrl": None, "docExpansion": "none", "filter": True, "persistAuthorization": True}
STAR = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="#c8102e" '
    'd="M12 2l3 6.9 7.5.7-5.7 5 1.7 7.4L12 18.1 5.500 22l1.700-7.400-5.700-5 7.500-.7z"/></svg>'
)
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
    app.mount(ASSETS, StaticFiles(directory=str(files("fastapi_offline") / "static")))


@router.get("/")
async def to_documentation() -> RedirectResponse:
    return RedirectResponse("/docs")


@router.get("/docs")
async def show_documentation(request: Request) -> HTMLResponse:
    page = get_swagger_ui_html(
        openapi_url="/openapi.json",
        title=request.app.title,
        swagger_js_url=f"{ASSETS}/swagger-ui-bundle.js",
        swagger_css_url=f"{ASSETS}/swagger-ui.css",
        swagger_favicon_url="/favicon.svg",
        swagger_ui_parameters=PAGE_SETTINGS,
    )
    page.headers.update(PAGE_HEADERS)
    return page


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
