from typing import Annotated

from fastapi import Depends, Response

from kit.access import CurrentActor
from kit.database import Db
from kit.domains import Domain
from kit.edge import BusinessDate
from kit.etags import IfMatchUnlessNew, tag
from kit.paging import Page
from kit.routing import business_router
from records.columns import rows_of, shown
from records.files import FILE_ANSWER, ExportTo
from records.listing import query_of, slice_of
from scoring.reference.working_days import models, service
from scoring.reference.working_days.models import WorkingDay
from scoring.reference.working_days.schemas import WorkingDayListing, WorkingDayRead, WorkingDayWrite

router = business_router(prefix="/api/v1/scoring/working-days", tags=["工作日"])
Wanted = Annotated[WorkingDayListing, Depends(query_of(WorkingDayListing))]
ROWS = rows_of(WorkingDay, WorkingDayRead, {})


@router.get("", summary="某年的工作日安排")
async def list_working_days(wanted: Wanted, db: Db) -> Page[WorkingDayRead]:
    found = await slice_of(db, ROWS, wanted)
    items = [shown(WorkingDayRead, row) for row in found.rows]
    return Page[WorkingDayRead].model_construct(items=items, next=found.next, total=found.total)


@router.get("/export", summary="导出某年的工作日安排", response_class=Response, responses=FILE_ANSWER)
async def export_working_days(wanted: Wanted, to: ExportTo) -> Response:
    rows = await to.select(wanted.ordered(ROWS))
    return await to.file("工作日", WorkingDayRead, (row._mapping for row in rows))


@router.put("/{day}", summary="设定某日是否工作日(尚未录入的日期不带 If-Match)")
async def set_working_day(
    *,
    day: BusinessDate,
    body: WorkingDayWrite,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatchUnlessNew,
    response: Response,
) -> WorkingDayRead:
    row = await service.set_day(db, day, body, actor=actor, if_match=if_match)
    tag(response, row)
    return WorkingDayRead.model_validate(row)


DOMAIN = Domain(routers=[router], tables=models)
