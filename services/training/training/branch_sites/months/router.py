from typing import Annotated

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from training.branch_sites.months import models, service
from training.branch_sites.months.schemas import (
    MonthId,
    SiteCheckInCreate,
    SiteCheckInRead,
    SiteMonthCreate,
    SiteMonthListing,
    SiteMonthRead,
    SiteParticipationListing,
    SiteParticipationRead,
)
from training.branch_sites.months.service import PARTICIPATIONS, SITE_MONTHS

router = business_router("/api/v1/training", ["网上支部"])
Wanted = Annotated[SiteMonthListing, Depends(query_of(SiteMonthListing))]
WantedLines = Annotated[SiteParticipationListing, Depends(query_of(SiteParticipationListing))]


@router.post("/site-check-ins", summary="到网上支部报到(一天计一次)", status_code=status.HTTP_201_CREATED)
async def check_in_to_site(body: SiteCheckInCreate, db: Db, actor: CurrentActor, today: Today) -> SiteCheckInRead:
    return await service.check_in(db, body.branch_site_id, actor=actor, today=today)


@router.get("/site-months", summary="网上支部月度情况与名次")
async def list_site_months(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[SiteMonthRead]:
    return await SITE_MONTHS.page(db, actor, wanted)


@router.get("/site-months/export", summary="导出网上支部月度情况", response_class=Response, responses=FILE_ANSWER)
async def export_site_months(wanted: Wanted, to: ExportTo) -> Response:
    return await SITE_MONTHS.export(wanted, to)


@router.get("/site-months/{site_month_id}", summary="网上支部某月情况")
async def read_site_month(site_month_id: MonthId, db: Db, actor: CurrentActor, response: Response) -> SiteMonthRead:
    return await SITE_MONTHS.show(db, actor, site_month_id, response)


@router.post("/site-months", summary="公布上月报到与留言(再次公布为更正)", status_code=status.HTTP_201_CREATED)
async def publish_site_month(
    body: SiteMonthCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> SiteMonthRead:
    published = await service.publish(db, body.branch_site_id, body.month, actor=actor, today=today)
    return await SITE_MONTHS.answer(db, published, response)


@router.get("/site-months/{site_month_id}/history", summary="月度情况的变更历史")
async def read_site_month_history(
    site_month_id: MonthId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await SITE_MONTHS.history(db, actor, site_month_id, page)


@router.get("/site-participations", summary="党员每月在网上支部的报到与留言")
async def list_site_participations(wanted: WantedLines, db: Db, actor: CurrentActor) -> Page[SiteParticipationRead]:
    return await PARTICIPATIONS.page(db, actor, wanted)


@router.get(
    "/site-participations/export", summary="导出党员每月报到与留言", response_class=Response, responses=FILE_ANSWER
)
async def export_site_participations(wanted: WantedLines, to: ExportTo) -> Response:
    return await PARTICIPATIONS.export(wanted, to)


DOMAIN = Domain(routers=[router], tables=models)
