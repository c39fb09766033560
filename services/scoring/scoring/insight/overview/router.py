from typing import Annotated

from fastapi import Query

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.edge import BusinessDate
from kit.routing import business_router
from scoring.insight.overview import service
from scoring.insight.overview.schemas import OverviewRead

router = business_router("/api/v1/scoring/overview", ["概览"])


@router.get("", summary="积分与星级概览")
async def show_overview(
    db: Db, actor: CurrentActor, today: Today, as_of: Annotated[BusinessDate | None, Query(title="截至日期")] = None
) -> OverviewRead:
    return await service.points_overview(db, actor, as_of or today)


DOMAIN = Domain(routers=[router])
