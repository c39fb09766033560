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
from registry.liaison.council_decisions import models, service
from registry.liaison.council_decisions.schemas import (
    CouncilDecisionComplete,
    CouncilDecisionCreate,
    CouncilDecisionListing,
    CouncilDecisionRead,
    DecisionId,
)
from registry.liaison.council_decisions.service import DECISIONS

router = business_router("/api/v1/registry", ["联席会议"])
Wanted = Annotated[CouncilDecisionListing, Depends(query_of(CouncilDecisionListing))]


@router.get("/council-decisions", summary="联席会议议定事项列表")
async def list_council_decisions(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[CouncilDecisionRead]:
    return await DECISIONS.page(db, actor, wanted)


@router.get("/council-decisions/export", summary="导出联席会议议定事项", response_class=Response, responses=FILE_ANSWER)
async def export_council_decisions(wanted: Wanted, to: ExportTo) -> Response:
    return await DECISIONS.export(wanted, to)


@router.get("/council-decisions/{decision_id}", summary="联席会议议定事项详情")
async def read_council_decision(
    decision_id: DecisionId, db: Db, actor: CurrentActor, response: Response
) -> CouncilDecisionRead:
    return await DECISIONS.show(db, actor, decision_id, response)


@router.post("/council-decisions", summary="登记联席会议的一项议定事项", status_code=status.HTTP_201_CREATED)
async def create_council_decision(
    body: CouncilDecisionCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> CouncilDecisionRead:
    return await DECISIONS.answer(db, await service.create(db, body, actor=actor, today=today), response)


@router.post(
    "/council-decisions/{decision_id}/completion", summary="办结一项议定事项", status_code=status.HTTP_201_CREATED
)
async def complete_council_decision(
    *,
    decision_id: DecisionId,
    body: CouncilDecisionComplete,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> CouncilDecisionRead:
    row = await DECISIONS.require(db, actor, decision_id, if_match=if_match)
    return await DECISIONS.answer(db, await service.complete(db, row, body, actor=actor, today=today), response)


@router.post("/council-decisions/{decision_id}/void", summary="作废录入有误的议定事项(视为从未议定,记录保留)")
async def void_council_decision(
    *, decision_id: DecisionId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> CouncilDecisionRead:
    row = await DECISIONS.require(db, actor, decision_id, if_match=if_match)
    return await DECISIONS.answer(db, await service.void(db, row, body.reason, actor=actor), response)


@router.get("/council-decisions/{decision_id}/history", summary="联席会议议定事项的变更历史")
async def read_council_decision_history(
    decision_id: DecisionId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await DECISIONS.history(db, actor, decision_id, page)


DOMAIN = Domain(routers=[router], tables=models)
