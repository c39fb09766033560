from typing import Annotated

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from records.voiding import VoidCreate
from registry.members.integrity_cards import service
from registry.members.integrity_cards.schemas import (
    EntryId,
    IntegrityEntryCreate,
    IntegrityEntryListing,
    IntegrityEntryRead,
)
from registry.members.integrity_cards.service import INTEGRITY_ENTRIES
from registry.members.members.schemas import MemberId

router = business_router("/api/v1/registry", ["诚信卡"])
Wanted = Annotated[IntegrityEntryListing, Depends(query_of(IntegrityEntryListing))]


@router.post("/members/{member_id}/integrity-entries", summary="记入诚信卡", status_code=status.HTTP_201_CREATED)
async def create_integrity_entry(
    *, member_id: MemberId, body: IntegrityEntryCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> IntegrityEntryRead:
    made = await service.create(db, member_id, body, actor=actor, today=today)
    return await INTEGRITY_ENTRIES.answer(db, made, response)


@router.get("/integrity-entries", summary="诚信卡记录列表")
async def list_integrity_entries(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[IntegrityEntryRead]:
    return await INTEGRITY_ENTRIES.page(db, actor, wanted)


@router.get("/integrity-entries/export", summary="导出诚信卡记录", response_class=Response, responses=FILE_ANSWER)
async def export_integrity_entries(wanted: Wanted, to: ExportTo) -> Response:
    return await INTEGRITY_ENTRIES.export(wanted, to)


@router.get("/integrity-entries/{entry_id}", summary="诚信卡记录详情")
async def read_integrity_entry(
    entry_id: EntryId, db: Db, actor: CurrentActor, response: Response
) -> IntegrityEntryRead:
    return await INTEGRITY_ENTRIES.show(db, actor, entry_id, response)


@router.post("/integrity-entries/{entry_id}/void", summary="作废录入有误的诚信卡记录(视为从未有过,记录保留)")
async def void_integrity_entry(
    *, entry_id: EntryId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> IntegrityEntryRead:
    voided = await service.void(db, entry_id, body.reason, if_match=if_match, actor=actor)
    return await INTEGRITY_ENTRIES.answer(db, voided, response)


@router.get("/integrity-entries/{entry_id}/history", summary="诚信卡记录的变更历史")
async def read_integrity_entry_history(
    entry_id: EntryId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await INTEGRITY_ENTRIES.history(db, actor, entry_id, page)
