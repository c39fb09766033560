from typing import Any
from uuid import UUID

from kit.clock import Today
from kit.database import Db
from kit.routing import business_router
from training.actors import Caller
from training.meetings.cadences import service
from training.meetings.cadences.schemas import CadenceRead
from training.studies.study_hours.router import Year

router = business_router("/api/v1/training", ["组织生活与培训"])


@router.get("/cadence", summary="检查支部组织生活频次", response_model=CadenceRead)
async def check_cadence(year: Year, organization_id: UUID, db: Db, actor: Caller, today: Today) -> Any:
    return await service.check_cadence(db, organization_id, year=year, actor=actor, today=today)
