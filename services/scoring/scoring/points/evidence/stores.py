"""The store of evidence, opened once a process; its link key is made at the first start."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request

from attachments import Limits, Store
from scoring.settings import Settings

KEY_BYTES = 32


def open_store(settings: Settings) -> Store:
    root = settings.attachments_url or settings.attachments_directory
    key = link_key(settings.attachments_key_file)
    return Store(root, key, limits=Limits(file_bytes=settings.max_file_bytes))


def link_key(file: Path) -> bytes:
    file.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        made = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(made, "wb") as target:
            target.write(secrets.token_bytes(KEY_BYTES))
    return file.read_bytes()


async def _store(request: Request) -> Store:
    store: Store = request.app.state.evidence
    return store


Evidence = Annotated[Store, Depends(_store)]
