from typing import Annotated

from fastapi import Depends, Query, Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.edge import BusinessDate
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from records.voiding import VoidCreate
from registry.sites.site_checks import models, service
from registry.sites.site_checks.schemas import (
    CheckId,
    ParkLinksListing,
    ParkLinksRead,
    SiteCheckCreate,
    SiteCheckListing,
    SiteCheckRead,
)
from registry.sites.site_checks.service import CHECKS

router = business_router("/api/v1/registry", ["阵地检查"])
Wanted = Annotated[SiteCheckListing, Depends(query_of(SiteCheckListing))]
WantedParks = Annotated[ParkLinksListing, Depends(query_of(ParkLinksListing))]
AsOf = Annotated[BusinessDate | None, Query(title="截至日期", description="默认今天")]


@router.get("/site-checks", summary="阵地检查列表(六有、五有五上墙、十条标准、五联一化)")
async def list_site_checks(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[SiteCheckRead]:
    return await CHECKS.page(db, actor, wanted)


@router.get("/site-checks/export", summary="导出阵地检查", response_class=Response, responses=FILE_ANSWER)
async def export_site_checks(wanted: Wanted, to: ExportTo) -> Response:
    return await service.export_checks(wanted, to)


@router.get("/site-checks/{check_id}", summary="阵地检查详情")
async def read_site_check(check_id: CheckId, db: Db, actor: CurrentActor, response: Response) -> SiteCheckRead:
    return await CHECKS.show(db, actor, check_id, response)


@router.post("/site-checks", summary="登记一次阵地检查(逐项、附照片)", status_code=status.HTTP_201_CREATED)
async def create_site_check(
    body: SiteCheckCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> SiteCheckRead:
    return await CHECKS.answer(db, await service.record_check(db, body, actor=actor, today=today), response)


@router.post("/site-checks/{check_id}/void", summary="作废录入有误的检查(视为从未有过,记录保留)")
async def void_site_check(
    *, check_id: CheckId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> SiteCheckRead:
    check = await CHECKS.require(db, actor, check_id, if_match=if_match)
    return await CHECKS.answer(db, await service.void_check(db, check, body.reason, actor=actor), response)


@router.get("/site-checks/{check_id}/history", summary="阵地检查的变更历史")
async def read_site_check_history(check_id: CheckId, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await CHECKS.history(db, actor, check_id, page)


@router.get("/park-links", summary="各园区五联一化情况")
async def list_park_links(
    wanted: WantedParks, db: Db, actor: CurrentActor, today: Today, as_of: AsOf = None
) -> Page[ParkLinksRead]:
    return await service.parks_page(db, actor, wanted, as_of or today)


@router.get("/park-links/export", summary="导出各园区五联一化情况", response_class=Response, responses=FILE_ANSWER)
async def export_park_links(wanted: WantedParks, to: ExportTo, today: Today, as_of: AsOf = None) -> Response:
    return await service.export_parks(wanted, to, as_of or today)


DOMAIN = Domain(routers=[router], tables=models)
