from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.clock import Now
from kit.database import Db
from kit.domains import Domain
from kit.paging import Page
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.listing import query_of
from scoring.points.entries import service as entries
from scoring.points.entries.schemas import EntryListing, EntryRead, ReversalRead, ReversalWrite
from scoring.points.entries.service import ENTRIES

router = business_router("/api/v1/scoring/entries", ["积分台账"])
Wanted = Annotated[EntryListing, Depends(query_of(EntryListing))]


@router.get("", summary="查询积分台账")
async def list_entries(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[EntryRead]:
    return await ENTRIES.page(db, actor, wanted)


@router.get("/export", summary="导出积分台账", response_class=Response, responses=FILE_ANSWER)
async def export_entries(wanted: Wanted, to: ExportTo) -> Response:
    return await ENTRIES.export(wanted, to)


@router.get("/{entry_id}", summary="查看一笔积分流水")
async def read_entry(entry_id: UUID, db: Db, actor: CurrentActor, response: Response) -> EntryRead:
    return await ENTRIES.show(db, actor, entry_id, response)


@router.post("/{entry_id}/reversal", summary="冲销一笔积分", status_code=status.HTTP_201_CREATED)
async def reverse_entry(
    entry_id: UUID, body: ReversalWrite, db: Db, actor: CurrentActor, now: Now, response: Response
) -> ReversalRead:
    return await entries.reverse(db, actor, entry_id, reason=body.reason, now=now, response=response)


DOMAIN = Domain(routers=[router])
