"""The pages people work with: files that were built beforehand, or one page that says why there are none yet."""

import html
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Request, status
from fastapi.responses import FileResponse, HTMLResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.types import Scope

from gateway.settings import Settings

ASSETS = "/assets"
SAYS_WHY = "status.txt"
NOTHING_FROM_OUTSIDE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
PAGE_HEADERS = {
    "Content-Security-Policy": NOTHING_FROM_OUTSIDE,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}
KEPT_FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN_SECONDS = "5"
NOT_INSTALLED = "这次安装没有带界面文件。"
router = APIRouter(include_in_schema=False)


class Assets(StaticFiles):
    """Named after what they hold: a changed one has another name."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = KEPT_FOR_EVER
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


def install(app: FastAPI, settings: Settings) -> None:
    app.include_router(router)
    if settings.console_folder is not None:
        app.mount(ASSETS, Assets(directory=settings.console_folder / "assets", check_dir=False))


async def _folder(request: Request) -> Path | None:
    settings: Settings = request.app.state.settings
    return settings.console_folder


Folder = Annotated[Path | None, Depends(_folder)]


@router.get("/")
async def show_console(folder: Folder) -> Response:
    return page(folder, "index.html")


@router.get("/m/")
async def show_phone(folder: Folder) -> Response:
    return page(folder, "m/index.html")


def page(folder: Path | None, name: str) -> Response:
    """Looked for at every request: `make run` builds while people may already be asking."""
    if folder is not None and (folder / name).is_file():
        return FileResponse(folder / name, headers=PAGE_HEADERS)
    text = _unbuilt().replace("{reason}", html.escape(reason(folder)))
    headers = PAGE_HEADERS | {"Retry-After": ASK_AGAIN_SECONDS}
    return HTMLResponse(text, status.HTTP_503_SERVICE_UNAVAILABLE, headers=headers)


def reason(folder: Path | None) -> str:
    try:
        return (folder / SAYS_WHY).read_text(encoding="utf-8").strip() if folder is not None else NOT_INSTALLED
    except OSError:
        return NOT_INSTALLED


@cache
def _unbuilt() -> str:
    return (files("gateway") / "pages" / "unbuilt.html").read_text(encoding="utf-8")
