from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response, status
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor, CurrentActor
from kit.clock import Now
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from scoring.points.indicators import models, queries, service
from scoring.points.indicators.models import Catalogue, CatalogueState
from scoring.points.indicators.schemas import (
    CatalogueDetail,
    CatalogueDraft,
    CatalogueListing,
    CataloguePermissions,
    CatalogueRead,
    IndicatorRead,
    IndicatorsWrite,
)
from scoring.points.indicators.service import CATALOGUES, CatalogueYearTaken, DuplicateIndicatorCode

router = business_router("/api/v1/scoring/catalogues", ["积分指标"])
Wanted = Annotated[CatalogueListing, Depends(query_of(CatalogueListing))]


@router.get("", summary="查询指标版本")
async def list_catalogues(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[CatalogueRead]:
    return await CATALOGUES.page(db, actor, wanted)


@router.get("/export", summary="导出指标版本", response_class=Response, responses=FILE_ANSWER)
async def export_catalogues(wanted: Wanted, to: ExportTo) -> Response:
    return await CATALOGUES.export(wanted, to)


@router.post("", summary="起草指标版本", status_code=status.HTTP_201_CREATED)
async def draft_catalogue(body: CatalogueDraft, db: Db, actor: CurrentActor, response: Response) -> CatalogueDetail:
    return await _detail(db, actor, await service.draft(db, actor, body), response)


@router.get("/{catalogue_id}", summary="查看指标版本")
async def show_catalogue(catalogue_id: UUID, db: Db, actor: CurrentActor, response: Response) -> CatalogueDetail:
    return await _detail(db, actor, await CATALOGUES.require(db, actor, catalogue_id), response)


@router.put("/{catalogue_id}/indicators", summary="修改草稿中的全部指标")
async def replace_indicators(
    *, catalogue_id: UUID, body: IndicatorsWrite, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> CatalogueDetail:
    catalogue = await service.replace_indicators(db, actor, catalogue_id, indicators=body.indicators, expected=if_match)
    return await _detail(db, actor, catalogue, response)


@router.post("/{catalogue_id}/publication", summary="发布指标版本")
async def publish_catalogue(
    catalogue_id: UUID, db: Db, actor: CurrentActor, if_match: IfMatch, now: Now, response: Response
) -> CatalogueDetail:
    catalogue = await service.publish(db, actor, catalogue_id, expected=if_match, now=now)
    return await _detail(db, actor, catalogue, response)


async def _detail(db: AsyncSession, actor: Actor, catalogue: Catalogue, response: Response) -> CatalogueDetail:
    read = await CATALOGUES.answer(db, catalogue, response)
    is_own_draft = catalogue.state is CatalogueState.DRAFT and actor.may("district_officer")
    return CatalogueDetail(
        **read.__dict__,
        indicators=[IndicatorRead.model_validate(one) for one in await queries.indicators_of(db, catalogue.id)],
        permissions=CataloguePermissions(may_edit=is_own_draft, may_publish=is_own_draft),
    )


@router.get("/{catalogue_id}/history", summary="指标版本的变更历史")
async def read_catalogue_history(catalogue_id: UUID, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await CATALOGUES.history(db, actor, catalogue_id, page)


DOMAIN = Domain(
    routers=[router],
    tables=models,
    constraint_errors={
        "uq_catalogues_published": CatalogueYearTaken,
        "uq_indicators_catalogue_id_code": DuplicateIndicatorCode,
    },
)
