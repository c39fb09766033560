from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.edge import BusinessDate
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from registry.oversight.statistics import service
from registry.oversight.statistics.schemas import MemberStatistics
from registry.units.units.kinds import UnitKind

router = business_router("/api/v1/registry", ["党员统计"])


async def _found(
    *,
    db: Db,
    actor: CurrentActor,
    today: Today,
    organization_id: Annotated[UUID | None, Query(title="统计范围", description="默认本人管理范围")] = None,
    unit_kind: Annotated[list[UnitKind], Query(max_length=6, title="只统计工作单位为此类的")] = [],  # noqa: B006 - FastAPI copies it
    as_of: Annotated[BusinessDate | None, Query(title="统计日期", description="默认当天")] = None,
) -> MemberStatistics:
    return await service.look(
        db, actor=actor, organization_id=organization_id, unit_kinds=unit_kind, day=as_of or today, today=today
    )


Found = Annotated[MemberStatistics, Depends(_found, scope="function")]


@router.get("/member-statistics", summary="党员统计:年龄、学历、性别、职务、工作单位类别(可指定日期)")
async def read_member_statistics(found: Found) -> MemberStatistics:
    return found


@router.get("/member-statistics/export", summary="导出党员统计", response_class=Response, responses=FILE_ANSWER)
async def export_member_statistics(found: Found, to: ExportTo) -> Response:
    return await service.export(found, to)


DOMAIN = Domain(routers=[router])
