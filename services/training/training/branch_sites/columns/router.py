from typing import Annotated

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from training.branch_sites.columns import service
from training.branch_sites.columns.schemas import ColumnId, SiteColumnCreate, SiteColumnListing, SiteColumnRead
from training.branch_sites.columns.service import COLUMNS, CONSTRAINT_ERRORS

router = business_router("/api/v1/training/site-columns", ["网上支部"])
Wanted = Annotated[SiteColumnListing, Depends(query_of(SiteColumnListing))]


@router.get("", summary="网上支部栏目")
async def list_site_columns(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[SiteColumnRead]:
    return await COLUMNS.page(db, actor, wanted)


@router.get("/export", summary="导出网上支部栏目", response_class=Response, responses=FILE_ANSWER)
async def export_site_columns(wanted: Wanted, to: ExportTo) -> Response:
    return await COLUMNS.export(wanted, to)


@router.get("/{site_column_id}", summary="栏目详情")
async def read_site_column(site_column_id: ColumnId, db: Db, actor: CurrentActor, response: Response) -> SiteColumnRead:
    return await COLUMNS.show(db, actor, site_column_id, response)


@router.post("", summary="开设栏目", status_code=status.HTTP_201_CREATED)
async def create_site_column(body: SiteColumnCreate, db: Db, actor: CurrentActor, response: Response) -> SiteColumnRead:
    return await COLUMNS.answer(db, await service.open_column(db, body, actor=actor), response)


@router.post("/{site_column_id}/end", summary="停用栏目")
async def end_site_column(
    *, site_column_id: ColumnId, db: Db, actor: CurrentActor, today: Today, if_match: IfMatch, response: Response
) -> SiteColumnRead:
    column = await COLUMNS.require(db, actor, site_column_id, if_match=if_match)
    return await COLUMNS.answer(db, await service.end_column(db, column, actor=actor, today=today), response)


@router.get("/{site_column_id}/history", summary="栏目的变更历史")
async def read_site_column_history(
    site_column_id: ColumnId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await COLUMNS.history(db, actor, site_column_id, page)


DOMAIN = Domain(routers=[router], constraint_errors=CONSTRAINT_ERRORS)
