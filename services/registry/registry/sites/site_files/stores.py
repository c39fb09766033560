"""The store of pictures and papers, opened once a process. Callers are asked for their rights, so it lends no links."""

import secrets
from typing import Annotated

from fastapi import Depends, Request

from attachments import Limits, Store
from registry.settings import Settings

KEY_BYTES = 32


def open_store(settings: Settings) -> Store:
    root = settings.attachments_url or settings.attachments_directory
    return Store(root, secrets.token_bytes(KEY_BYTES), limits=Limits(file_bytes=settings.max_file_bytes))


async def _store(request: Request) -> Store:
    store: Store = request.app.state.site_files
    return store


SiteStore = Annotated[Store, Depends(_store)]
