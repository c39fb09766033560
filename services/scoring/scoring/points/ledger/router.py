from typing import Annotated
from uuid import UUID

from fastapi import Query

from kit.clock import Now
from kit.database import Db
from kit.edge import Code
from kit.paging import Page, PageOf, paginate
from kit.routing import business_router
from scoring.points.ledger import queries, service
from scoring.points.ledger.models import LedgerEntry
from scoring.points.ledger.schemas import EntryRead, ReversalWrite
from scoring.reference.projections.viewers import Viewer

router = business_router("/api/v1/scoring/entries", ["积分台账"])


@router.get("", summary="查询积分台账", response_model=Page[EntryRead])
async def list_entries(
    db: Db,
    actor: Viewer,
    page: PageOf,
    subject_id: Annotated[UUID | None, Query(description="党员或党组织")] = None,
    year: Annotated[int | None, Query(ge=1900, le=2100, description="积分年度")] = None,
    indicator_code: Annotated[Code | None, Query(description="指标编码")] = None,
) -> object:
    query = queries.visible_to(actor).order_by(LedgerEntry.id.desc())
    if subject_id is not None:
        query = query.where(LedgerEntry.subject_id == subject_id)
    if year is not None:
        query = query.where(LedgerEntry.points_year == year)
    if indicator_code is not None:
        query = query.where(LedgerEntry.indicator_code == indicator_code)
    return await paginate(db, query, page)


@router.post("/{entry_id}/reversal", summary="冲销一笔积分", status_code=201)
async def reverse_entry(db: Db, actor: Viewer, entry_id: UUID, reversal: ReversalWrite, now: Now) -> EntryRead:
    return EntryRead.model_validate(await service.reverse(db, actor, entry_id, reason=reversal.reason, now=now))
