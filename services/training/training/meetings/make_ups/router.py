from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from kit.clock import Today
from kit.database import Db
from kit.paging import Page, PageOf, paginate
from kit.routing import business_router
from training.actors import Caller
from training.kinds import MakeUpState
from training.meetings.make_ups import queries, service
from training.meetings.make_ups.models import MakeUp
from training.meetings.make_ups.queries import MakeUpFilter
from training.meetings.make_ups.schemas import MakeUpRead, MakeUpRecord

router = business_router("/api/v1/training", ["补课"])


async def _make_up_filter(
    state: Annotated[MakeUpState | None, Query(description="状态")] = None,
    member_id: Annotated[UUID | None, Query(description="党员")] = None,
    meeting_id: Annotated[UUID | None, Query(description="缺席的会议")] = None,
    organization_id: Annotated[UUID | None, Query(description="党员所在党组织及其下级")] = None,
) -> MakeUpFilter:
    return MakeUpFilter(state, member_id, meeting_id, organization_id)


MakeUpFilters = Annotated[MakeUpFilter, Depends(_make_up_filter)]


@router.get("/make-ups", summary="查询应补课和已补课")
async def list_make_ups(db: Db, actor: Caller, today: Today, wanted: MakeUpFilters, page: PageOf) -> Page[MakeUpRead]:
    query = queries.filtered(queries.visible_to(actor), wanted, today)
    found = await paginate(db, query.order_by(MakeUp.due_on, MakeUp.id), page)
    return Page(items=[service.as_read(gap, today) for gap in found.items], next=found.next)


@router.post("/make-ups", summary="登记补课", status_code=201)
async def record_make_up(body: MakeUpRecord, db: Db, actor: Caller, today: Today) -> MakeUpRead:
    return service.as_read(await service.record_make_up(db, body, actor=actor, today=today), today)
