from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.calendar import day_of
from kit.ids import uuid7
from records.columns import rows_of, shown
from records.events import record_event
from records.registers import Register
from roster.models import PartyOrganization
from roster.queries import at_or_in_groups_of, belonging, member_name_of, name_of, organization_within
from training.studies.settlements.events import StudyOutcome, StudyYearSettled
from training.studies.settlements.models import Settlement, SettlementLine
from training.studies.settlements.schemas import SettlementDetail, SettlementLineRead, SettlementRead
from training.studies.study_hours import queries as study
from training.studies.study_hours import rules

LINE = ("member_id", "is_leader", "hours", "required", "superior_classes", "required_superior_classes", "is_met")


class StudyYearAlreadySettled(problems.Conflict):
    code = "study-year-already-settled"
    detail = "该党组织的这一年度学时已经结算,更正须注明原因"


class StudyYearNotOver(problems.Conflict):
    code = "study-year-not-over"
    detail = "{year} 年度尚未结束,不能结算"


class NothingToCorrect(problems.Conflict):
    code = "nothing-to-correct"
    detail = "该党组织的这一年度尚未结算,不必填写更正原因"


class NoMembersToSettle(problems.Unprocessable):
    code = "no-members-to-settle"
    detail = "该党组织没有直接管理的党员"


class SettlementNotFound(problems.NotFound):
    code = "settlement-not-found"
    detail = "没有这次结算,或不在您的管理范围内"


SETTLEMENTS = Register(
    "年度学时结算",
    Settlement,
    SettlementRead,
    SettlementNotFound,
    belonging(Settlement.organization_id),
    derived={"organization_name": name_of(Settlement.organization_id)},
)


def of_year(year: int) -> Register[Settlement, SettlementRead]:
    return replace(SETTLEMENTS, only=Settlement.year == year)


async def settle_year(
    db: AsyncSession, year: int, organization_id: UUID, reason: str | None, *, actor: Actor, now: datetime
) -> Settlement:
    """Freeze the year of the organisation's own members (those of its Party groups included) and tell it once."""
    organization = await organization_within(db, actor.paths, organization_id)
    if organization is None:
        raise problems.NotFound
    if not rules.is_over(year, day_of(now)):
        raise StudyYearNotOver(year=year)
    revision = await _next_revision(db, organization_id, year)
    if revision > 1 and reason is None:
        raise StudyYearAlreadySettled
    if revision == 1 and reason is not None:
        raise NothingToCorrect
    inside = PartyOrganization.id.in_(at_or_in_groups_of(organization_id))
    query = study.by_member(study.study_hours(year, day_of(now), inside))
    lines = (await db.execute(query)).mappings().all()
    if not lines:
        raise NoMembersToSettle
    settlement = Settlement(
        id=uuid7(),
        root_id=organization.root_id,
        organization_id=organization_id,
        year=year,
        revision=revision,
        correction_reason=reason,
        settled_at=now,
        settled_by=actor.subject,
        recorded_at=now,
    )
    db.add(settlement)
    await db.flush()
    kept = {"settlement_id": settlement.id, "root_id": organization.root_id}
    await db.execute(insert(SettlementLine), [kept | {name: line[name] for name in LINE} for line in lines])
    await _record_settled(db, settlement, organization, lines, actor)
    return settlement


async def _next_revision(db: AsyncSession, organization_id: UUID, year: int) -> int:
    query = select(func.max(Settlement.revision))
    latest = await db.scalar(query.where(Settlement.organization_id == organization_id, Settlement.year == year))
    return (latest or 0) + 1


async def _record_settled(
    db: AsyncSession,
    settlement: Settlement,
    organization: PartyOrganization,
    lines: Sequence[RowMapping],
    actor: Actor,
) -> None:
    needed = await db.scalar(study.required_of_members(settlement.year, organization.root_id))
    outcomes = [StudyOutcome.model_validate({**line, "required_of_members": needed}) for line in lines]
    payload = StudyYearSettled(
        year=settlement.year,
        revision=settlement.revision,
        organization_id=organization.id,
        path=organization.path,
        members=outcomes,
        leaders=[outcome for line, outcome in zip(lines, outcomes, strict=True) if line["is_leader"]],
    )
    await record_event(
        db,
        payload,
        subject=organization.id,
        version=settlement.year * 1000 + settlement.revision,
        root_id=organization.root_id,
        path=organization.path,
        actor=actor,
    )


async def detail(db: AsyncSession, settlement: SettlementRead) -> SettlementDetail:
    rows = rows_of(SettlementLine, SettlementLineRead, {"member_name": member_name_of(SettlementLine.member_id)})
    query = rows.where(SettlementLine.settlement_id == settlement.id).order_by(SettlementLine.member_id)
    lines = [shown(SettlementLineRead, row) for row in await db.execute(query)]
    return SettlementDetail.model_construct(**settlement.__dict__, lines=lines)
