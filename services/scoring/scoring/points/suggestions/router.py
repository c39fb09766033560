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
from records.voiding import VoidCreate
from scoring.points.suggestions import models, service
from scoring.points.suggestions.schemas import (
    SuggestionCreate,
    SuggestionDecision,
    SuggestionId,
    SuggestionListing,
    SuggestionRead,
)
from scoring.points.suggestions.service import SUGGESTIONS

router = business_router("/api/v1/scoring/suggestions", ["献计献策与节能降耗"])
Wanted = Annotated[SuggestionListing, Depends(query_of(SuggestionListing))]


@router.get("", summary="献计献策与节能降耗建议列表")
async def list_suggestions(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[SuggestionRead]:
    return await SUGGESTIONS.page(db, actor, wanted)


@router.get("/export", summary="导出建议", response_class=Response, responses=FILE_ANSWER)
async def export_suggestions(wanted: Wanted, to: ExportTo) -> Response:
    return await SUGGESTIONS.export(wanted, to)


@router.get("/{suggestion_id}", summary="建议详情")
async def read_suggestion(
    suggestion_id: SuggestionId, db: Db, actor: CurrentActor, response: Response
) -> SuggestionRead:
    return await SUGGESTIONS.show(db, actor, suggestion_id, response)


@router.post("", summary="提出建议(本人提出,或由党组织登记)", status_code=status.HTTP_201_CREATED)
async def create_suggestion(
    body: SuggestionCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> SuggestionRead:
    return await SUGGESTIONS.answer(db, await service.propose(db, body, today=today, actor=actor), response)


@router.post("/{suggestion_id}/decision", summary="答复建议:采纳或不采纳", status_code=status.HTTP_201_CREATED)
async def decide_suggestion(
    *,
    suggestion_id: SuggestionId,
    body: SuggestionDecision,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    today: Today,
    response: Response,
) -> SuggestionRead:
    suggestion = await SUGGESTIONS.require(db, actor, suggestion_id, if_match=if_match)
    return await SUGGESTIONS.answer(db, await service.decide(db, suggestion, body, today=today, actor=actor), response)


@router.post("/{suggestion_id}/void", summary="作废录入有误的建议(视为从未有过,记录保留)")
async def void_suggestion(
    *, suggestion_id: SuggestionId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> SuggestionRead:
    suggestion = await SUGGESTIONS.require(db, actor, suggestion_id, if_match=if_match)
    return await SUGGESTIONS.answer(db, await service.void(db, suggestion, body.reason, actor=actor), response)


@router.get("/{suggestion_id}/history", summary="建议的变更历史")
async def read_suggestion_history(
    suggestion_id: SuggestionId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await SUGGESTIONS.history(db, actor, suggestion_id, page)


DOMAIN = Domain(routers=[router], tables=models)
