from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, case, cast, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import within
from records.bitemporal import valid_on
from registry.liaison.instructors.models import Instructor
from registry.members.members.kinds import ENROLLED, MemberStage
from registry.members.members.models import Member
from registry.sites.demonstration_points.models import DemonstrationLevel, DemonstrationPoint
from registry.tree.organizations.kinds import OrganizationKind
from registry.tree.organizations.models import PartyOrganization, Placement


def _placed(day: date, paths: Sequence[str], organization: ColumnElement[Any]) -> Any:
    return and_(Placement.organization_id == organization, valid_on(Placement, day), within(Placement.path, paths))


async def _counts(db: AsyncSession, query: Select[*tuple[Any, ...]]) -> dict[str, int]:
    return {str(key): number for key, number in (await db.execute(query))}


async def organizations_by_kind(db: AsyncSession, day: date, paths: Sequence[str]) -> dict[str, int]:
    query = (
        select(PartyOrganization.kind, func.count())
        .join(Placement, _placed(day, paths, PartyOrganization.id.expression))
        .group_by(PartyOrganization.kind)
    )
    found = await _counts(db, query)
    return {kind.value: found.get(kind.value, 0) for kind in OrganizationKind}


async def directly_managed(db: AsyncSession, day: date, paths: Sequence[str]) -> int:
    query = select(func.count()).where(
        valid_on(Placement, day), within(Placement.path, paths), Placement.is_directly_managed
    )
    return await db.scalar(query) or 0


async def demonstration_points(db: AsyncSession, day: date, paths: Sequence[str]) -> dict[str, int]:
    query = (
        select(DemonstrationPoint.level, func.count())
        .join(Placement, _placed(day, paths, DemonstrationPoint.organization_id.expression))
        .where(valid_on(DemonstrationPoint, day))
        .group_by(DemonstrationPoint.level)
    )
    found = await _counts(db, query)
    return {level.value: found.get(level.value, 0) for level in DemonstrationLevel}


async def members_by_stage(db: AsyncSession, day: date, paths: Sequence[str]) -> dict[str, int]:
    """As the dates of joining, confirming and leaving tell; who is no member yet has none and counts as today.

    Former organisations of a member are not kept here: everybody counts where the present one stood that day.
    """
    was_probationary = and_(Member.stage == MemberStage.FORMAL, Member.confirmed_on > day)
    stage = case((was_probationary, literal(MemberStage.PROBATIONARY.value)), else_=cast(Member.stage, Text))
    query = (
        select(stage, func.count())
        .join(Placement, _placed(day, paths, Member.organization_id.expression))
        .where(Member.void_reason.is_(None), or_(Member.left_on.is_(None), Member.left_on > day))
        .where(or_(Member.stage.not_in(ENROLLED), Member.joined_on.is_(None), Member.joined_on <= day))
        .group_by(stage)
    )
    found = await _counts(db, query)
    return {stage.value: found.get(stage.value, 0) for stage in MemberStage}


async def instructors(db: AsyncSession, day: date, paths: Sequence[str]) -> int:
    query = (
        select(func.count())
        .select_from(Instructor)
        .join(Placement, _placed(day, paths, Instructor.organization_id.expression))
        .where(
            Instructor.engaged_on <= day,
            or_(Instructor.released_on.is_(None), Instructor.released_on > day),
        )
    )
    return await db.scalar(query) or 0
