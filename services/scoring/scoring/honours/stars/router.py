from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field
from sqlalchemy import select

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.paging import Page, PageOf, paginate
from kit.routing import business_router
from scoring.actors import reach_of
from scoring.honours.stars import queries, service
from scoring.honours.stars.models import Plaque, Star
from scoring.honours.stars.schemas import PlaqueRead, StarAdjustment, StarRead
from scoring.subjects import SubjectKind

router = business_router(prefix="/api/v1/scoring", tags=["星级与牌匾"])
YearFilter = Annotated[int | None, Query(ge=2000, le=2099, description="评定年度")]
LevelFilter = Annotated[list[Annotated[int, Field(ge=0, le=5)]] | None, Query(max_length=6, description="星级")]


@router.get("/stars", summary="星级党组织名单(公开)", response_model=Page[StarRead])
async def list_stars(db: Db, page: PageOf, year: YearFilter = None, level: LevelFilter = None) -> object:
    query = queries.public_stars()
    if year is not None:
        query = query.where(Star.year == year)
    if level:
        query = query.where(Star.level.in_(level))
    return await paginate(db, query.order_by(Star.year.desc(), Star.level.desc(), Star.id), page)


@router.get("/published-stars", summary="管理范围内的星级(含党员)", response_model=Page[StarRead])
async def list_published_stars(
    db: Db,
    actor: CurrentActor,
    page: PageOf,
    year: YearFilter = None,
    level: LevelFilter = None,
    subject_kind: Annotated[SubjectKind | None, Query(description="对象")] = None,
) -> object:
    query = queries.visible_stars(await reach_of(db, actor)).where(Star.is_current)
    if year is not None:
        query = query.where(Star.year == year)
    if level:
        query = query.where(Star.level.in_(level))
    if subject_kind is not None:
        query = query.where(Star.subject_kind == subject_kind)
    return await paginate(db, query.order_by(Star.year.desc(), Star.level.desc(), Star.id), page)


@router.get("/star-history/{subject_id}", summary="一名对象的星级变动与理由", response_model=Page[StarRead])
async def read_star_history(db: Db, actor: CurrentActor, page: PageOf, subject_id: UUID) -> object:
    query = queries.visible_stars(await reach_of(db, actor)).where(Star.subject_id == subject_id)
    return await paginate(db, query.order_by(Star.year.desc(), Star.id.desc()), page)


@router.post("/stars/{star_id}/adjustments", summary="增星或减星(上级党组织)", response_model=StarRead, status_code=201)
async def adjust_star(db: Db, actor: CurrentActor, star_id: UUID, change: StarAdjustment, today: Today) -> Star:
    return await service.adjust(db, star_id, change, today=today, actor=actor)


@router.get("/plaques", summary="命名挂牌名单(公开)", response_model=Page[PlaqueRead])
async def list_plaques(
    db: Db, page: PageOf, withdrawn: Annotated[bool, Query(description="是否列已摘牌的")] = False
) -> object:
    query = select(Plaque)
    query = query.where(Plaque.withdrawn_on.is_not(None) if withdrawn else Plaque.withdrawn_on.is_(None))
    return await paginate(db, query.order_by(Plaque.sequence, Plaque.id), page)
