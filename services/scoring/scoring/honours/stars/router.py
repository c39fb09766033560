from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.paging import Page
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.listing import query_of
from scoring.honours.stars import models, queries, service
from scoring.honours.stars.models import Star
from scoring.honours.stars.schemas import (
    PlaqueListing,
    PlaqueRead,
    PublicStarListing,
    StarAdjustment,
    StarHistoryListing,
    StarListing,
    StarRead,
)
from scoring.honours.stars.service import PLAQUES, STARS

router = business_router(prefix="/api/v1/scoring", tags=["星级与牌匾"])
PublicStars = Annotated[PublicStarListing, Depends(query_of(PublicStarListing))]
Stars = Annotated[StarListing, Depends(query_of(StarListing))]
History = Annotated[StarHistoryListing, Depends(query_of(StarHistoryListing))]
Plaques = Annotated[PlaqueListing, Depends(query_of(PlaqueListing))]


@router.get("/stars", summary="星级党组织名单(公开)")
async def list_stars(wanted: PublicStars, db: Db) -> Page[StarRead]:
    return await STARS.page_of(db, STARS.rows().where(queries.is_public()), wanted)


@router.get("/stars/export", summary="导出星级党组织名单", response_class=Response, responses=FILE_ANSWER)
async def export_stars(wanted: PublicStars, to: ExportTo) -> Response:
    return await STARS.export(wanted, to)


@router.get("/published-stars", summary="管理范围内的星级(含党员)")
async def list_published_stars(wanted: Stars, db: Db, actor: CurrentActor) -> Page[StarRead]:
    return await STARS.page_of(db, service.seen_rows(actor).where(Star.is_current), wanted)


@router.get("/published-stars/export", summary="导出管理范围内的星级", response_class=Response, responses=FILE_ANSWER)
async def export_published_stars(wanted: Stars, to: ExportTo) -> Response:
    seen = service.seen_rows(to.actor).where(Star.is_current)
    return await STARS.export_of(seen, wanted, to)


@router.get("/star-history/{subject_id}", summary="一名对象的星级变动与理由")
async def read_star_history(subject_id: UUID, wanted: History, db: Db, actor: CurrentActor) -> Page[StarRead]:
    seen = service.seen_rows(actor)
    return await STARS.page_of(db, seen.where(Star.subject_id == subject_id), wanted)


@router.post("/stars/{star_id}/adjustments", summary="增星或减星(上级党组织)", status_code=status.HTTP_201_CREATED)
async def adjust_star(
    *,
    star_id: UUID,
    body: StarAdjustment,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    today: Today,
    response: Response,
) -> StarRead:
    star = await service.adjust(db, star_id, body, today=today, actor=actor, if_match=if_match)
    return await STARS.answer(db, star, response)


@router.get("/plaques", summary="命名挂牌名单(公开)")
async def list_plaques(wanted: Plaques, db: Db) -> Page[PlaqueRead]:
    return await PLAQUES.page_of(db, PLAQUES.rows(), wanted)


@router.get("/plaques/export", summary="导出命名挂牌名单", response_class=Response, responses=FILE_ANSWER)
async def export_plaques(wanted: Plaques, to: ExportTo) -> Response:
    return await PLAQUES.export(wanted, to)


DOMAIN = Domain(routers=[router], tables=models)
