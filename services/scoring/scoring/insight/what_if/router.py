from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from kit.access import CurrentActor
from kit.database import Db
from kit.domains import Domain
from kit.paging import Page
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.listing import query_of
from scoring.insight.what_if import service
from scoring.insight.what_if.schemas import WhatIfListing, WhatIfRead

router = business_router("/api/v1/scoring/cycles/{cycle_id}/what-if", ["假设分析"])
Wanted = Annotated[WhatIfListing, Depends(query_of(WhatIfListing))]


@router.get("", summary="假设分析:草案(指标版本、上限、权重、分数线)会使谁的星级改变,为什么;不写入任何数据")
async def list_what_if(cycle_id: UUID, wanted: Wanted, db: Db, actor: CurrentActor) -> Page[WhatIfRead]:
    return await service.page(db, cycle_id, wanted, actor=actor)


@router.get("/export", summary="导出假设分析", response_class=Response, responses=FILE_ANSWER)
async def export_what_if(cycle_id: UUID, wanted: Wanted, to: ExportTo) -> Response:
    return await service.export(cycle_id, wanted, to)


DOMAIN = Domain(routers=[router])
