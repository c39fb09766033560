from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.calendar import day_of
from kit.edge import Schema
from records.events import record_event
from records.registers import Register
from roster.queries import name_of
from training.reference.policies import queries
from training.reference.policies.events import PolicySet
from training.reference.policies.models import MeetingKindRule, StudyHourRequirement, TrainingLimit
from training.reference.policies.schemas import (
    KindRuleRead,
    KindRuleSet,
    LimitRead,
    LimitSet,
    RequirementRead,
    RequirementSet,
)

Row = TypeVar("Row", MeetingKindRule, TrainingLimit, StudyHourRequirement)
Read = TypeVar("Read", bound=Schema)


class PolicyInThePast(problems.Unprocessable):
    code = "policy-in-the-past"
    detail = "新规定只能从 {first} 起生效,不能改动已经过去的年度"


class PolicyAlreadySet(problems.Conflict):
    code = "policy-already-set"
    detail = "同一生效日期已有规定,请另选生效日期"


def _register(title: str, model: type[Row], read: type[Read]) -> Register[Row, Read]:
    return Register(
        title, model, read, problems.NotFound, queries.seen(model), derived={"root_name": name_of(model.root_id)}
    )


REQUIREMENTS = _register("学时规定", StudyHourRequirement, RequirementRead)
LIMITS = _register("折算与期限规定", TrainingLimit, LimitRead)
KIND_RULES = _register("各类会议的规定", MeetingKindRule, KindRuleRead)


async def set_requirement(
    db: AsyncSession, wanted: RequirementSet, *, actor: Actor, now: datetime
) -> StudyHourRequirement:
    return await _lay_down(db, StudyHourRequirement(**wanted.model_dump()), actor, now)


async def set_limits(db: AsyncSession, wanted: LimitSet, *, actor: Actor, now: datetime) -> TrainingLimit:
    return await _lay_down(db, TrainingLimit(**wanted.model_dump()), actor, now)


async def set_kind_rule(db: AsyncSession, wanted: KindRuleSet, *, actor: Actor, now: datetime) -> MeetingKindRule:
    return await _lay_down(db, MeetingKindRule(**wanted.model_dump()), actor, now)


async def _lay_down(db: AsyncSession, row: Row, actor: Actor, now: datetime) -> Row:
    """For the caller's own district and from the current year on: settled years keep their numbers."""
    root_id: UUID | None = row.root_id
    if root_id not in actor.root_ids:
        raise problems.NotFound
    first = date(day_of(now).year, 1, 1)
    if row.effective_from < first:
        raise PolicyInThePast(first=first)
    row.recorded_at = now
    db.add(row)
    await db.flush()
    await db.refresh(row)
    payload = PolicySet(id=row.id, table=row.__tablename__, effective_from=row.effective_from)
    await record_event(db, payload, subject=row.id, root_id=root_id, actor=actor)
    return row
