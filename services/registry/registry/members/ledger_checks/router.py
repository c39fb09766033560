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
from registry.members.ledger_checks import models, service
from registry.members.ledger_checks.schemas import (
    LedgerCheckCreate,
    LedgerCheckId,
    LedgerCheckListing,
    LedgerCheckRead,
)
from registry.members.ledger_checks.service import CONSTRAINT_ERRORS, LEDGER_CHECKS

router = business_router("/api/v1/registry/ledger-checks", ["党员台账"])
Wanted = Annotated[LedgerCheckListing, Depends(query_of(LedgerCheckListing))]


@router.get("", summary="党员台账季度核对")
async def list_ledger_checks(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[LedgerCheckRead]:
    return await LEDGER_CHECKS.page(db, actor, wanted)


@router.get("/export", summary="导出党员台账季度核对", response_class=Response, responses=FILE_ANSWER)
async def export_ledger_checks(wanted: Wanted, to: ExportTo) -> Response:
    return await LEDGER_CHECKS.export(wanted, to)


@router.get("/{ledger_check_id}", summary="台账核对详情")
async def read_ledger_check(
    ledger_check_id: LedgerCheckId, db: Db, actor: CurrentActor, response: Response
) -> LedgerCheckRead:
    return await LEDGER_CHECKS.show(db, actor, ledger_check_id, response)


@router.post("", summary="登记党员台账季度核对(与名册比对)", status_code=status.HTTP_201_CREATED)
async def create_ledger_check(
    body: LedgerCheckCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> LedgerCheckRead:
    return await LEDGER_CHECKS.answer(db, await service.record_check(db, body, actor=actor, today=today), response)


@router.post("/{ledger_check_id}/void", summary="作废有误的台账核对(视为从未有过,记录保留)")
async def void_ledger_check(
    *,
    ledger_check_id: LedgerCheckId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> LedgerCheckRead:
    check = await LEDGER_CHECKS.require(db, actor, ledger_check_id, if_match=if_match)
    return await LEDGER_CHECKS.answer(db, await service.void(db, check, body.reason, actor=actor), response)


@router.get("/{ledger_check_id}/history", summary="台账核对的变更历史")
async def read_ledger_check_history(
    ledger_check_id: LedgerCheckId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await LEDGER_CHECKS.history(db, actor, ledger_check_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
