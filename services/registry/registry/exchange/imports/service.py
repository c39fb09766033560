import base64
import hashlib
from datetime import datetime

from fastapi import Response
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.jobs import defer
from kit.paging import Page
from records.columns import shown
from records.events import record_event
from records.files import Export
from records.listing import slice_of
from records.registers import Register
from registry.exchange.imports import queries
from registry.exchange.imports.events import ImportOpened
from registry.exchange.imports.jobs import RUN_IMPORT
from registry.exchange.imports.models import KEEP_PROBLEMS, Import, ImportKind, ImportMode, ImportProblem
from registry.exchange.imports.schemas import ImportProblemListing, ImportProblemRead, ImportRead
from registry.seals import IMPORT_FILE, Seals

LONGEST_FILE_NAME = 200


class ImportNotFound(problems.NotFound):
    code = "import-not-found"
    detail = "没有这次导入"


class WorkbookAlreadyImported(problems.Conflict):
    code = "workbook-already-imported"
    detail = "这个文件已经导入过,或正在导入,没有重复写入"


class EmptyFile(problems.Unprocessable):
    code = "empty-file"
    detail = "文件是空的"


class NothingInReach(problems.Forbidden):
    code = "nothing-in-reach"
    detail = "您还没有可管理的党组织,不能导入"


async def open_import(
    db: AsyncSession,
    content: bytes,
    *,
    file_name: str,
    kind: ImportKind,
    mode: ImportMode,
    is_dry_run: bool,
    actor: Actor,
    seals: Seals,
) -> Import:
    """Queued in the same transaction; the same file twice meets the unique index and is 409."""
    if not content:
        raise EmptyFile
    reach = ("",) if actor.reaches_all else actor.paths
    if not reach:
        raise NothingInReach
    opened = Import(
        kind=kind,
        mode=mode,
        is_dry_run=is_dry_run,
        file_name=_presentable(file_name),
        file_digest=hashlib.sha256(content).digest(),
        file_sealed=seals.cipher.seal(base64.b64encode(content).decode(), IMPORT_FILE),
        reach_paths=list(reach),
        created_by=actor.subject,
    )
    db.add(opened)
    await db.flush()
    await db.refresh(opened, ["created_at"])
    await record_event(db, ImportOpened.model_validate(opened), subject=opened.id, actor=actor)
    await defer(db, RUN_IMPORT, import_id=str(opened.id))
    return opened


def _presentable(file_name: str) -> str:
    return "".join(letter for letter in file_name if letter.isprintable())[-LONGEST_FILE_NAME:] or "未命名"


async def page_problems(db: AsyncSession, found: Import, wanted: ImportProblemListing) -> Page[ImportProblemRead]:
    page = await slice_of(db, queries.problems_of(found), wanted)
    items = [shown(ImportProblemRead, row) for row in page.rows]
    return Page[ImportProblemRead].model_construct(items=items, next=page.next, total=page.total)


async def export_problems(found: Import, wanted: ImportProblemListing, to: Export) -> Response:
    rows = await to.select(wanted.ordered(queries.problems_of(found)))
    return await to.file("导入报告", ImportProblemRead, (row._mapping for row in rows))


async def forget_problems(db: AsyncSession, *, before: datetime) -> None:
    """The rows of a report say where a workbook was wrong; once it is old they help nobody. Its figures stay."""
    old = select(Import.id).where(Import.finished_at < before - KEEP_PROBLEMS)
    await db.execute(delete(ImportProblem).where(ImportProblem.import_id.in_(old)))


KEPT_UNTIL = Import.finished_at + KEEP_PROBLEMS
IMPORTS = Register(
    "导入记录", Import, ImportRead, ImportNotFound, queries.seen, derived={"rows_kept_until": KEPT_UNTIL}
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_imports_kind_file_digest": WorkbookAlreadyImported}
