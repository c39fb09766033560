from typing import Annotated
from uuid import UUID

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
from registry.liaison.pairing_actions import models, service
from registry.liaison.pairing_actions.schemas import (
    ActionId,
    PairingActionCreate,
    PairingActionListing,
    PairingActionRead,
    PairingFigures,
)
from registry.liaison.pairing_actions.service import ACTIONS
from registry.liaison.pairings.kinds import PairingKind

router = business_router("/api/v1/registry", ["结对帮扶"])
Wanted = Annotated[PairingActionListing, Depends(query_of(PairingActionListing))]


@router.get("/pairing-actions", summary="帮扶活动列表")
async def list_pairing_actions(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[PairingActionRead]:
    return await ACTIONS.page(db, actor, wanted)


@router.get("/pairing-actions/export", summary="导出帮扶活动", response_class=Response, responses=FILE_ANSWER)
async def export_pairing_actions(wanted: Wanted, to: ExportTo) -> Response:
    return await ACTIONS.export(wanted, to)


@router.get("/pairing-actions/{action_id}", summary="帮扶活动详情")
async def read_pairing_action(
    action_id: ActionId, db: Db, actor: CurrentActor, response: Response
) -> PairingActionRead:
    return await ACTIONS.show(db, actor, action_id, response)


@router.post("/pairing-actions", summary="登记帮扶活动(场所、岗位、资金)", status_code=status.HTTP_201_CREATED)
async def create_pairing_action(
    body: PairingActionCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> PairingActionRead:
    return await ACTIONS.answer(db, await service.record_action(db, body, actor=actor, today=today), response)


@router.post("/pairing-actions/{action_id}/void", summary="作废录入有误的帮扶活动(视为从未有过,记录保留)")
async def void_pairing_action(
    *, action_id: ActionId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> PairingActionRead:
    action = await ACTIONS.require(db, actor, action_id, if_match=if_match)
    return await ACTIONS.answer(db, await service.void_action(db, action, body.reason, actor=actor), response)


@router.get("/pairing-actions/{action_id}/history", summary="帮扶活动的变更历史")
async def read_pairing_action_history(
    action_id: ActionId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await ACTIONS.history(db, actor, action_id, page)


@router.get("/pairing-figures", summary="结对帮扶统计(结对、活动、场所、岗位、资金)")
async def read_pairing_figures(
    *,
    db: Db,
    actor: CurrentActor,
    today: Today,
    kind: Annotated[PairingKind, Query(title="结对类型")] = PairingKind.DEMONSTRATION,
    organization_id: Annotated[UUID | None, Query(title="统计范围", description="默认本人管理范围")] = None,
    as_of: Annotated[BusinessDate | None, Query(title="截至日期", description="默认今天")] = None,
) -> PairingFigures:
    return await service.figures(db, actor, kind=kind, organization_id=organization_id, day=as_of or today)


DOMAIN = Domain(routers=[router], tables=models)
