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
from records.registers import as_held
from records.voiding import VoidCreate
from registry.units.ledgers import models, service
from registry.units.ledgers.jobs import blueprint
from registry.units.ledgers.schemas import (
    FrozenLedgerHead,
    FrozenLedgerId,
    FrozenLedgerListing,
    FrozenLedgerRead,
    LedgerEntryCreate,
    LedgerEntryId,
    LedgerEntryListing,
    LedgerEntryRead,
    LedgerRead,
)
from registry.units.ledgers.service import FROZEN_LEDGERS, LEDGER_ENTRIES
from registry.units.units.schemas import UnitId

router = business_router("/api/v1/registry", ["五清台账"])
WantedLedgers = Annotated[FrozenLedgerListing, Depends(query_of(FrozenLedgerListing))]
Wanted = Annotated[LedgerEntryListing, Depends(query_of(LedgerEntryListing))]


@router.get("/ledger-entries", summary="五清台账记录列表")
async def list_ledger_entries(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[LedgerEntryRead]:
    return await LEDGER_ENTRIES.page(db, actor, wanted)


@router.get("/ledger-entries/export", summary="导出五清台账记录", response_class=Response, responses=FILE_ANSWER)
async def export_ledger_entries(wanted: Wanted, to: ExportTo) -> Response:
    return await LEDGER_ENTRIES.export(wanted, to)


@router.get("/ledger-entries/{ledger_entry_id}", summary="五清台账记录详情")
async def read_ledger_entry(
    ledger_entry_id: LedgerEntryId, db: Db, actor: CurrentActor, response: Response
) -> LedgerEntryRead:
    return await LEDGER_ENTRIES.show(db, actor, ledger_entry_id, response)


@router.post("/ledger-entries", summary="登记五清核实情况", status_code=status.HTTP_201_CREATED)
async def create_ledger_entry(
    body: LedgerEntryCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> LedgerEntryRead:
    return await LEDGER_ENTRIES.answer(
        db, await service.record_ledger_entry(db, body, actor=actor, today=today), response
    )


@router.post(
    "/ledger-entries/{ledger_entry_id}/void",
    summary="作废录入有误的台账记录(视为从未有过,记录保留;已存档的季度台账不变)",
)
async def void_ledger_entry(
    *,
    ledger_entry_id: LedgerEntryId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> LedgerEntryRead:
    ledger_entry = await LEDGER_ENTRIES.require(db, actor, ledger_entry_id, if_match=if_match)
    return await LEDGER_ENTRIES.answer(
        db, await service.void_ledger_entry(db, ledger_entry, body.reason, actor=actor), response
    )


@router.get("/ledger-entries/{ledger_entry_id}/history", summary="五清台账记录的变更历史")
async def read_ledger_entry_history(
    ledger_entry_id: LedgerEntryId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await LEDGER_ENTRIES.history(db, actor, ledger_entry_id, page)


@router.get("/units/{unit_id}/ledger", summary="单位的五清台账(可指定日期,过期的标明)")
async def read_unit_ledger(
    *,
    unit_id: UnitId,
    as_of: Annotated[BusinessDate | None, Query(title="查看日期", description="默认当天")] = None,
    db: Db,
    actor: CurrentActor,
    today: Today,
) -> LedgerRead:
    return await service.ledger_on(db, unit_id, as_of or today, actor=actor)


@router.get("/frozen-ledgers", summary="季度五清台账列表(存档,与上次的差异)")
async def list_frozen_ledgers(wanted: WantedLedgers, db: Db, actor: CurrentActor) -> Page[FrozenLedgerRead]:
    return await FROZEN_LEDGERS.page(db, actor, wanted)


@router.get("/frozen-ledgers/export", summary="导出季度五清台账", response_class=Response, responses=FILE_ANSWER)
async def export_frozen_ledgers(wanted: WantedLedgers, to: ExportTo) -> Response:
    return await FROZEN_LEDGERS.shown_as(FrozenLedgerHead, readable=as_held).export(wanted, to)


@router.get("/frozen-ledgers/{frozen_ledger_id}", summary="季度五清台账详情")
async def read_frozen_ledger(
    frozen_ledger_id: FrozenLedgerId, db: Db, actor: CurrentActor, response: Response
) -> FrozenLedgerRead:
    return await FROZEN_LEDGERS.show(db, actor, frozen_ledger_id, response)


DOMAIN = Domain(routers=[router], tables=models, jobs=blueprint)
