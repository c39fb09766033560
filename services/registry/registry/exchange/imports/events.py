from typing import ClassVar
from uuid import UUID

from records.events import Payload
from registry.exchange.imports.models import ImportKind, ImportMode, ImportState


class ImportOpened(Payload, title="开始导入"):
    type: ClassVar[str] = "registry.import.opened.v1"
    id: UUID
    kind: ImportKind
    mode: ImportMode
    is_dry_run: bool


class ImportFinished(Payload, title="导入结束"):
    type: ClassVar[str] = "registry.import.finished.v1"
    id: UUID
    kind: ImportKind
    state: ImportState
    rows: int
    wrong: int
    published: int
