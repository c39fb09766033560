from typing import Annotated

from fastapi import Query

from kit.access import CurrentActor
from kit.database import Db
from kit.edge import BusinessDate
from kit.routing import business_router
from scoring.reference.working_days import queries, schemas, service
from scoring.reference.working_days.models import WorkingDay

router = business_router(prefix="/api/v1/scoring/working-days", tags=["工作日"])


@router.get("", summary="某年的工作日安排", response_model=schemas.WorkingDayList)
async def list_working_days(
    db: Db, year: Annotated[int, Query(ge=1900, le=2100, description="年份")]
) -> dict[str, object]:
    return {"items": await queries.days_of(db, year)}


@router.put("/{day}", summary="设定某日是否工作日", response_model=schemas.WorkingDayRead)
async def set_working_day(
    db: Db, actor: CurrentActor, day: BusinessDate, change: schemas.WorkingDayWrite
) -> WorkingDay:
    return await service.set_day(db, day, change, actor=actor)
