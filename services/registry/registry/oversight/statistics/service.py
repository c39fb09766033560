from collections.abc import Sequence
from datetime import date
from uuid import UUID

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from records.files import Export
from registry.oversight.overviews.service import tops_of
from registry.oversight.statistics import queries
from registry.oversight.statistics.kinds import StatisticGroup
from registry.oversight.statistics.schemas import MemberFigure, MemberStatistics
from registry.units.coverage import queries as coverage_queries
from registry.units.coverage.rules import rate
from registry.units.coverage.service import DayInFuture
from registry.units.units.kinds import UnitKind

SCOPE = (
    "{day} 在册的正式党员和预备党员,按党员现在所在组织当日的隶属关系归入统计范围;年龄为当日周岁,"
    "学历、工作单位为现在登记的;{kinds}非公企业职工一项以当日属地内非公企业登记的职工人数为基数,"
    "在这些企业工作的党员无论组织关系在何处都计入"
)


async def look(
    db: AsyncSession,
    *,
    actor: Actor,
    organization_id: UUID | None,
    unit_kinds: Sequence[UnitKind],
    day: date,
    today: date,
) -> MemberStatistics:
    if day > today:
        raise DayInFuture
    paths = await coverage_queries.paths_on(db, await tops_of(db, actor, organization_id), day)
    members, parts = await queries.count(db, paths, day, unit_kinds)
    staff = await queries.staff_of(db, paths, day)
    figures = [_figure(one.group, one.code, one.label, people, members) for one, people in parts.items()]
    among = (StatisticGroup.ENTERPRISE_STAFF, "members_among_staff", "职工中的党员")
    return MemberStatistics(
        as_of=day,
        denominator_scope=SCOPE.format(day=day, kinds=_only(unit_kinds)),
        members=members,
        figures=[*figures, _figure(*among, staff.members, staff.staff)],
        enterprises=staff.enterprises,
        enterprises_without_staff_count=staff.uncounted,
    )


def _only(unit_kinds: Sequence[UnitKind]) -> str:
    labels = "、".join(kind.label for kind in unit_kinds)
    return f"只统计在{labels}工作的;" if labels else ""


def _figure(group: StatisticGroup, code: str, item: str, people: int, base: int) -> MemberFigure:
    return MemberFigure(group=group, code=code, item=item, people=people, base=base, share=rate(people, base))


async def export(found: MemberStatistics, to: Export) -> Response:
    return await to.file("党员统计", MemberFigure, (one.model_dump() for one in found.figures))
