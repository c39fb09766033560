from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor, CurrentActor
from kit.clock import Now
from kit.database import Db
from kit.etags import IfMatch, tag
from kit.paging import Page, PageOf, paginate
from kit.routing import business_router
from scoring.points.indicators import queries, service
from scoring.points.indicators.models import Catalogue, CatalogueState
from scoring.points.indicators.schemas import (
    CatalogueDetail,
    CatalogueDraft,
    CatalogueRead,
    IndicatorRead,
    IndicatorsWrite,
)
from scoring.subjects import SubjectKind

router = business_router("/api/v1/scoring/catalogues", ["积分指标"])


@router.get("", summary="查询指标版本", response_model=Page[CatalogueRead])
async def list_catalogues(
    db: Db,
    actor: CurrentActor,
    page: PageOf,
    subject_kind: Annotated[SubjectKind | None, Query(description="评定对象")] = None,
    state: Annotated[CatalogueState | None, Query(description="状态")] = None,
) -> object:
    query = queries.visible_to(actor).order_by(Catalogue.from_year.desc(), Catalogue.id)
    if subject_kind is not None:
        query = query.where(Catalogue.subject_kind == subject_kind)
    if state is not None:
        query = query.where(Catalogue.state == state)
    return await paginate(db, query, page)


@router.post("", summary="起草指标版本", status_code=201)
async def draft_catalogue(db: Db, actor: CurrentActor, new: CatalogueDraft, response: Response) -> CatalogueDetail:
    return await _detail(db, actor, await service.draft(db, actor, new), response)


@router.get("/{catalogue_id}", summary="查看指标版本")
async def show_catalogue(db: Db, actor: CurrentActor, catalogue_id: UUID, response: Response) -> CatalogueDetail:
    return await _detail(db, actor, await service.find(db, actor, catalogue_id), response)


@router.put("/{catalogue_id}/indicators", summary="修改草稿中的全部指标")
async def replace_indicators(
    db: Db, actor: CurrentActor, catalogue_id: UUID, change: IndicatorsWrite, if_match: IfMatch, response: Response
) -> CatalogueDetail:
    catalogue = await service.replace_indicators(
        db, actor, catalogue_id, indicators=change.indicators, expected=if_match
    )
    return await _detail(db, actor, catalogue, response)


@router.post("/{catalogue_id}/publication", summary="发布指标版本")
async def publish_catalogue(
    db: Db, actor: CurrentActor, catalogue_id: UUID, if_match: IfMatch, now: Now, response: Response
) -> CatalogueDetail:
    catalogue = await service.publish(db, actor, catalogue_id, expected=if_match, now=now)
    return await _detail(db, actor, catalogue, response)


async def _detail(db: AsyncSession, actor: Actor, catalogue: Catalogue, response: Response) -> CatalogueDetail:
    tag(response, catalogue)
    is_own_draft = catalogue.state is CatalogueState.DRAFT and actor.may("district_officer")
    return CatalogueDetail(
        **CatalogueRead.model_validate(catalogue).model_dump(),
        indicators=[IndicatorRead.model_validate(one) for one in await queries.indicators_of(db, catalogue.id)],
        permissions={"may_edit": is_own_draft, "may_publish": is_own_draft},
    )
