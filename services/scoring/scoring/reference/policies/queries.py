from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from scoring.reference.policies.models import Policy, PolicyName


class PolicyMissingError(LookupError):
    """No value of the policy has taken effect by that day: an error, never a guess."""


async def days(db: AsyncSession, name: PolicyName, day: date) -> int:
    query = select(Policy.value).where(Policy.name == name, Policy.effective_from <= day)
    found = await db.scalar(query.order_by(Policy.effective_from.desc()).limit(1))
    if found is None:
        raise PolicyMissingError(name)
    return int(found)
