from typing import Annotated
from uuid import UUID

from fastapi import File, Query, Response, UploadFile, status

from kit.access import CurrentActor
from kit.database import Db
from kit.paging import Page, PageOf, paginate
from kit.routing import business_router
from registry.exchange.imports import queries, service
from registry.exchange.imports.models import ImportKind, ImportMode
from registry.exchange.imports.schemas import ImportProblemRead, ImportRead
from registry.exchange.imports.workbooks import TEMPLATES
from registry.exports import XLSX, attachment
from registry.seals import CurrentSeals
from sheets import CellProblem, write_report, write_template

router = business_router("/api/v1/registry/imports", ["导入"])


@router.get("", summary="导入记录")
async def list_imports(db: Db, actor: CurrentActor, page: PageOf) -> Page[ImportRead]:
    found = await paginate(db, queries.listed_for(actor), page)
    return Page(items=[ImportRead.model_validate(row) for row in found.items], next=found.next)


@router.get("/{kind}/template", summary="下载导入模板", response_class=Response)
async def read_import_template(kind: ImportKind) -> Response:
    headers = attachment(f"{kind.label}导入模板.xlsx")
    return Response(write_template(TEMPLATES[kind]), media_type=XLSX, headers=headers)


@router.post("/{kind}", summary="上传工作簿导入(或试导入)", status_code=status.HTTP_202_ACCEPTED)
async def open_import(
    *,
    kind: ImportKind,
    file: Annotated[UploadFile, File(title="XLSX 工作簿")],
    db: Db,
    actor: CurrentActor,
    seals: CurrentSeals,
    response: Response,
    dry_run: Annotated[bool, Query(title="试导入", description="只检查,不写入")] = False,
    mode: Annotated[ImportMode, Query(title="方式")] = ImportMode.ALL_OR_NOTHING,
) -> ImportRead:
    opened = await service.open_import(
        db,
        await file.read(),
        file_name=file.filename or "",
        kind=kind,
        mode=mode,
        is_dry_run=dry_run,
        actor=actor,
        seals=seals,
    )
    response.headers["Location"] = f"/api/v1/registry/imports/{opened.id}"
    return ImportRead.model_validate(opened)


@router.get("/{import_id}", summary="导入进度与结果")
async def read_import(import_id: UUID, db: Db, actor: CurrentActor) -> ImportRead:
    return ImportRead.model_validate(await service.require(db, actor, import_id))


@router.get("/{import_id}/rows", summary="逐行报告:工作表、行、列、原因")
async def list_import_problems(import_id: UUID, db: Db, actor: CurrentActor, page: PageOf) -> Page[ImportProblemRead]:
    found = await service.require(db, actor, import_id)
    rows = await paginate(db, queries.problems_of(found), page)
    items = [
        ImportProblemRead(sheet=row.sheet, row=row.row_no, column=row.column_heading, reason=row.reason)
        for row in rows.items
    ]
    return Page(items=items, next=rows.next)


@router.get("/{import_id}/report", summary="下载逐行报告(XLSX)", response_class=Response)
async def export_import_problems(import_id: UUID, db: Db, actor: CurrentActor) -> Response:
    found = await service.require(db, actor, import_id)
    rows = await db.execute(queries.problems_of(found))
    report = write_report(CellProblem(row.sheet, row.row_no, row.column_heading, row.reason) for row in rows)
    return Response(report, media_type=XLSX, headers=attachment("导入报告.xlsx"))
