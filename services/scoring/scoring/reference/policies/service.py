from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from records.registers import Register
from roster.queries import name_of
from scoring.reference.policies import queries
from scoring.reference.policies.events import PolicySet
from scoring.reference.policies.models import AMOUNTS, MOST_OF_DAYS_AND_STARS, Policy
from scoring.reference.policies.schemas import PolicyRead, PolicyWrite


class PolicyInThePast(problems.Unprocessable):
    code = "policy-in-the-past"
    detail = "新参数须自今日或以后施行"


class PolicyNotWhole(problems.Unprocessable):
    code = "policy-not-whole"
    detail = "天数和星数须是整数"


class PolicyTooLarge(problems.Unprocessable):
    code = "policy-too-large"
    detail = "除奖励金额外,参数不能超过 {most}"


class PolicyAlreadySet(problems.Conflict):
    code = "policy-already-set"
    detail = "同一施行日期已有这项参数,请另选施行日期"


class NoDistrictOfOnesOwn(problems.Forbidden):
    code = "no-district"
    detail = "您的职权不属于任何一个区,不能设定政策参数"


POLICIES = Register(
    "政策参数",
    Policy,
    PolicyRead,
    problems.NotFound,
    queries.seen,
    derived={"root_name": name_of(Policy.root_id)},
)


async def lay_down(db: AsyncSession, new: PolicyWrite, *, actor: Actor, today: date) -> Policy:
    """For the caller's own district: no other one reads or follows it."""
    if len(actor.root_ids) != 1:
        raise NoDistrictOfOnesOwn
    if new.effective_from < today:
        raise PolicyInThePast
    if new.name not in AMOUNTS and new.value > MOST_OF_DAYS_AND_STARS:
        raise PolicyTooLarge(most=MOST_OF_DAYS_AND_STARS)
    if new.name not in AMOUNTS and new.value % 1:
        raise PolicyNotWhole
    [root_id] = actor.root_ids
    policy = Policy(root_id=root_id, **new.model_dump())
    db.add(policy)
    await db.flush()
    await record_event(db, PolicySet.model_validate(policy), subject=policy.id, root_id=root_id, actor=actor)
    return policy
