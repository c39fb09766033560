"""The row in force: a district's own before the default, the latest that has begun."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from training.kinds import MeetingKind
from training.reference.policies.models import MeetingKindRule, StudyHourRequirement, TrainingLimit

Policy = TypeVar("Policy", MeetingKindRule, TrainingLimit, StudyHourRequirement)


class PolicyMissing(problems.Conflict):
    """No value of the policy has taken effect by that day: an error, never a guess."""

    code = "policy-missing"
    detail = "{day} 尚无已生效的培训规定"


def in_force(model: type[Policy], root_id: ColumnElement[UUID] | UUID, day: date) -> Select[Policy]:
    return (
        select(model)
        .where(or_(model.root_id.is_(None), model.root_id == root_id), model.effective_from <= day)
        .order_by(model.root_id.is_(None), model.effective_from.desc())
    )


async def limits_on(db: AsyncSession, root_id: UUID, day: date) -> TrainingLimit:
    return _found(await db.scalar(in_force(TrainingLimit, root_id, day).limit(1)), day)


async def kind_rule_on(db: AsyncSession, root_id: UUID, kind: MeetingKind, day: date) -> MeetingKindRule:
    query = in_force(MeetingKindRule, root_id, day).where(MeetingKindRule.kind == kind)
    return _found(await db.scalar(query.limit(1)), day)


def _found(policy: Policy | None, day: date) -> Policy:
    if policy is None:
        raise PolicyMissing(day=day)
    return policy


async def kind_rules_on(db: AsyncSession, root_id: UUID, day: date) -> dict[MeetingKind, MeetingKindRule]:
    rows = await db.scalars(in_force(MeetingKindRule, root_id, day))
    found: dict[MeetingKind, MeetingKindRule] = {}
    for row in rows:
        found.setdefault(row.kind, row)
    return found


def seen(model: type[Policy]) -> Callable[[Actor], ColumnElement[bool]]:
    """Defaults are everybody's; a district's own rows are seen inside the district."""
    return lambda actor: or_(model.root_id.is_(None), model.root_id.in_(actor.root_ids))
