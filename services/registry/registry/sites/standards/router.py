from typing import Annotated

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from records.voiding import VoidCreate
from registry.sites.standards import models, service
from registry.sites.standards.schemas import (
    SiteStandardCreate,
    SiteStandardListing,
    SiteStandardRead,
    StandardId,
)
from registry.sites.standards.service import CONSTRAINT_ERRORS, STANDARDS

router = business_router("/api/v1/registry/site-standards", ["示范点标准"])
Wanted = Annotated[SiteStandardListing, Depends(query_of(SiteStandardListing))]


@router.get("", summary="示范点十条标准列表(按级别)")
async def list_site_standards(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[SiteStandardRead]:
    return await STANDARDS.page(db, actor, wanted)


@router.get("/export", summary="导出示范点十条标准", response_class=Response, responses=FILE_ANSWER)
async def export_site_standards(wanted: Wanted, to: ExportTo) -> Response:
    return await STANDARDS.export(wanted, to)


@router.get("/{standard_id}", summary="示范点十条标准详情")
async def read_site_standard(
    standard_id: StandardId, db: Db, actor: CurrentActor, response: Response
) -> SiteStandardRead:
    return await STANDARDS.show(db, actor, standard_id, response)


@router.post("", summary="制定一级示范点的十条标准", status_code=status.HTTP_201_CREATED)
async def create_site_standard(
    body: SiteStandardCreate, db: Db, actor: CurrentActor, response: Response
) -> SiteStandardRead:
    return await STANDARDS.answer(db, await service.set_standard(db, body, actor=actor), response)


@router.post("/{standard_id}/void", summary="作废录入有误的标准(视为从未制定,记录保留)")
async def void_site_standard(
    *, standard_id: StandardId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> SiteStandardRead:
    standard = await STANDARDS.require(db, actor, standard_id, if_match=if_match)
    return await STANDARDS.answer(db, await service.void_standard(db, standard, body.reason, actor=actor), response)


@router.get("/{standard_id}/history", summary="示范点标准的变更历史")
async def read_site_standard_history(
    standard_id: StandardId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await STANDARDS.history(db, actor, standard_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
