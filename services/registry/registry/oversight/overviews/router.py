from typing import Annotated
from uuid import UUID

from fastapi import Query

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.edge import BusinessDate
from kit.routing import business_router
from registry.oversight.overviews import service
from registry.oversight.overviews.schemas import Overview

router = business_router("/api/v1/registry", ["总览"])


@router.get("/overview", summary="总览(可指定日期)")
async def read_overview(
    db: Db,
    actor: CurrentActor,
    today: Today,
    as_of: Annotated[BusinessDate | None, Query(title="统计日期")] = None,
    organization_id: Annotated[UUID | None, Query(title="统计范围", description="默认本人管理范围")] = None,
    stated_organizations: Annotated[
        int | None, Query(title="所报党组织数", description="与名册各类型之和核对,列出相差", ge=0, le=1_000_000)
    ] = None,
) -> Overview:
    return await service.look(
        db, actor=actor, organization_id=organization_id, stated=stated_organizations, day=as_of or today, today=today
    )


DOMAIN = Domain(routers=[router])
