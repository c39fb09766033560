from typing import Annotated

from fastapi import Depends, File, Query, Response, UploadFile, status

from kit.access import CurrentActor
from kit.database import Db
from kit.domains import Domain
from kit.paging import Page
from kit.routing import business_router
from records.files import FILE_ANSWER, XLSX, ExportTo, attachment
from records.listing import query_of
from registry.exchange.imports import models, service
from registry.exchange.imports.jobs import blueprint
from registry.exchange.imports.models import ImportMode
from registry.exchange.imports.schemas import (
    ImportId,
    ImportListing,
    ImportProblemListing,
    ImportProblemRead,
    ImportRead,
    KindOfImport,
)
from registry.exchange.imports.service import CONSTRAINT_ERRORS, IMPORTS
from registry.exchange.imports.workbooks import TEMPLATES
from registry.seals import CurrentSeals
from sheets import write_template

router = business_router("/api/v1/registry/imports", ["导入"])
Wanted = Annotated[ImportListing, Depends(query_of(ImportListing))]
WantedProblems = Annotated[ImportProblemListing, Depends(query_of(ImportProblemListing))]


@router.get("", summary="导入记录")
async def list_imports(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[ImportRead]:
    return await IMPORTS.page(db, actor, wanted)


@router.get("/export", summary="导出导入记录", response_class=Response, responses=FILE_ANSWER)
async def export_imports(wanted: Wanted, to: ExportTo) -> Response:
    return await IMPORTS.export(wanted, to)


@router.get("/{kind}/template", summary="下载导入模板", response_class=Response)
async def read_import_template(kind: KindOfImport) -> Response:
    headers = attachment(f"{kind.label}导入模板.xlsx")
    return Response(write_template(TEMPLATES[kind]), media_type=XLSX, headers=headers)


@router.post("/{kind}", summary="上传工作簿导入(或试导入)", status_code=status.HTTP_202_ACCEPTED)
async def open_import(
    *,
    kind: KindOfImport,
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
async def read_import(import_id: ImportId, db: Db, actor: CurrentActor, response: Response) -> ImportRead:
    return await IMPORTS.show(db, actor, import_id, response)


@router.get("/{import_id}/rows", summary="逐行报告:工作表、行、列、原因")
async def list_import_problems(
    import_id: ImportId, wanted: WantedProblems, db: Db, actor: CurrentActor
) -> Page[ImportProblemRead]:
    return await service.page_problems(db, await IMPORTS.require(db, actor, import_id), wanted)


@router.get("/{import_id}/rows/export", summary="下载逐行报告", response_class=Response, responses=FILE_ANSWER)
async def export_import_problems(
    import_id: ImportId, wanted: WantedProblems, db: Db, actor: CurrentActor, to: ExportTo
) -> Response:
    return await service.export_problems(await IMPORTS.require(db, actor, import_id), wanted, to)


DOMAIN = Domain(
    routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS, jobs=blueprint, forget=service.forget_problems
)
