from typing import Annotated
from uuid import UUID

from fastapi import Query

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.edge import BusinessDate
from kit.routing import business_router
from registry.liaison.appointments import service
from registry.liaison.appointments.schemas import AppointmentFigures

router = business_router("/api/v1/registry", ["党建指导员"])


@router.get("/appointment-figures", summary="党建力量来源(派、选、聘、挑、招)")
async def read_appointment_figures(
    *,
    db: Db,
    actor: CurrentActor,
    today: Today,
    organization_id: Annotated[UUID | None, Query(title="统计范围", description="默认本人管理范围")] = None,
    as_of: Annotated[BusinessDate | None, Query(title="截至日期", description="默认今天")] = None,
) -> AppointmentFigures:
    return await service.figures(db, actor, day=as_of or today, organization_id=organization_id)


DOMAIN = Domain(routers=[router])
