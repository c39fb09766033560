from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from scoring.reference.policies.models import Policy, PolicyName


class PolicyMissing(problems.Conflict):
    """No value of the policy has taken effect by that day: an error, never a guess."""

    code = "policy-missing"
    detail = "{day} 尚无已生效的规定:{name}"


async def days(db: AsyncSession, name: PolicyName, day: date) -> int:
    query = select(Policy.value).where(Policy.name == name, Policy.effective_from <= day)
    found = await db.scalar(query.order_by(Policy.effective_from.desc()).limit(1))
    if found is None:
        raise PolicyMissing(day=day, name=name.label)
    return int(found)
