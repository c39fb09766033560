"""The value in force: a district's own before the default, the latest that has begun."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from scoring.reference.policies.models import Policy, PolicyName


class PolicyMissing(problems.Conflict):
    """No value of the policy has taken effect by that day: an error, never a guess."""

    code = "policy-missing"
    detail = "{day} 尚无已生效的规定:{name}"


async def value_of(db: AsyncSession, name: PolicyName, day: date, *, root_id: UUID) -> Decimal:
    own_or_default = or_(Policy.root_id == root_id, Policy.root_id.is_(None))
    query = select(Policy.value).where(own_or_default, Policy.name == name, Policy.effective_from <= day)
    found = await db.scalar(query.order_by(Policy.root_id.is_(None), Policy.effective_from.desc()).limit(1))
    if found is None:
        raise PolicyMissing(day=day, name=name.label)
    return found


async def whole_number(db: AsyncSession, name: PolicyName, day: date, *, root_id: UUID) -> int:
    return int(await value_of(db, name, day, root_id=root_id))


def seen(actor: Actor) -> ColumnElement[bool]:
    """Defaults are everybody's; a district's own rows are seen inside the district."""
    return true() if actor.reaches_all else or_(Policy.root_id.is_(None), Policy.root_id.in_(actor.root_ids))
