from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, status

from kit.access import CurrentActor
from kit.database import Db
from kit.edge import BusinessDate
from kit.paging import Page, PageOf, paginate
from kit.routing import business_router
from registry.sites.demonstration_points import queries, service
from registry.sites.demonstration_points.models import DemonstrationLevel
from registry.sites.demonstration_points.schemas import (
    DemonstrationPointCreate,
    DemonstrationPointEnd,
    DemonstrationPointRead,
)

router = business_router("/api/v1/registry/demonstration-points", ["示范点"])


async def _filter(
    organization_id: UUID | None = None,
    level: DemonstrationLevel | None = None,
    as_of: Annotated[BusinessDate | None, Query(description="该日有效")] = None,
) -> queries.DemonstrationPointFilter:
    return queries.DemonstrationPointFilter(organization_id=organization_id, level=level, as_of=as_of)


Wanted = Annotated[queries.DemonstrationPointFilter, Depends(_filter)]


@router.get("", summary="示范点列表(含历史)")
async def list_demonstration_points(
    db: Db, actor: CurrentActor, page: PageOf, wanted: Wanted
) -> Page[DemonstrationPointRead]:
    found = await paginate(db, queries.listed_for(actor, wanted), page)
    return Page(items=[DemonstrationPointRead.model_validate(row) for row in found.items], next=found.next)


@router.post("", summary="认定示范点(升级时原级别自动结束)", status_code=status.HTTP_201_CREATED)
async def create_demonstration_point(
    entry: DemonstrationPointCreate, db: Db, actor: CurrentActor
) -> DemonstrationPointRead:
    return DemonstrationPointRead.model_validate(await service.name_point(db, entry, actor=actor))


@router.post("/{point_id}/end", summary="取消示范点", status_code=status.HTTP_201_CREATED)
async def end_demonstration_point(
    point_id: UUID, ending: DemonstrationPointEnd, db: Db, actor: CurrentActor
) -> DemonstrationPointRead:
    return DemonstrationPointRead.model_validate(await service.end_point(db, point_id, ending.ended_on, actor=actor))
