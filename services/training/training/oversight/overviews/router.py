from typing import Annotated

from fastapi import Query

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.edge import BusinessDate
from kit.routing import business_router
from training.oversight.overviews import service
from training.oversight.overviews.schemas import OverviewRead

router = business_router("/api/v1/training", ["概览"])


@router.get("/overview", summary="查看组织生活与培训概览")
async def read_overview(
    db: Db,
    actor: CurrentActor,
    today: Today,
    as_of: Annotated[BusinessDate | None, Query(title="截至日期", description="默认今天")] = None,
) -> OverviewRead:
    return await service.overview(db, as_of or today, actor=actor)


DOMAIN = Domain(routers=[router])
