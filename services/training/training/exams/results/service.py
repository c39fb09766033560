"""安全知识竞赛、技术练兵的成绩:合格的知识竞赛计入 M09,技术练兵获名次的计入 M16."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.clock import business_now
from records.registers import Register
from records.voiding import refuse_void, void_row
from roster.queries import member_name_of, name_of
from training.branch_sites.sites.service import tell
from training.exams.results import queries
from training.exams.results.models import ContestResult
from training.exams.results.schemas import (
    ContestResultChanged,
    ContestResultCorrect,
    ContestResultCreate,
    ContestResultRead,
)
from training.meetings.make_ups.service import OwnCase
from training.mutual_aid.acting import acting_for, require_members, require_past


class ContestResultNotFound(problems.NotFound):
    code = "contest-result-not-found"
    detail = "没有这个竞赛成绩,或您看不到它"


class ContestResultTaken(problems.Conflict):
    code = "contest-result-taken"
    detail = "这名党员在这次竞赛中的成绩已登记"


CONTEST_RESULTS = Register(
    "竞赛成绩",
    ContestResult,
    ContestResultRead,
    ContestResultNotFound,
    queries.seen,
    derived={
        "organization_name": name_of(ContestResult.organization_id),
        "member_name": member_name_of(ContestResult.member_id),
    },
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_contest_results_member_id": ContestResultTaken}


async def record(db: AsyncSession, entry: ContestResultCreate, *, actor: Actor, today: date) -> ContestResult:
    if entry.member_id == actor.person:
        raise OwnCase
    organization = await acting_for(db, actor, entry.organization_id)
    require_past(entry.held_on, today)
    await require_members(db, organization.id, [entry.member_id], entry.held_on)
    result = ContestResult(
        **entry.model_dump(),
        root_id=organization.root_id,
        recorded_by=actor.subject,
        recorded_at=await business_now(db),
    )
    db.add(result)
    return await _tell(db, result, actor)


async def correct(
    db: AsyncSession, result: ContestResult, change: ContestResultCorrect, *, actor: Actor
) -> ContestResult:
    if result.member_id == actor.person:
        raise OwnCase
    refuse_void(result)
    result.is_passed, result.place = change.is_passed, change.place
    return await _tell(db, result, actor)


async def void(db: AsyncSession, result: ContestResult, reason: str, *, actor: Actor) -> ContestResult:
    void_row(db, result, reason)
    return await _tell(db, result, actor)


async def _tell(db: AsyncSession, result: ContestResult, actor: Actor) -> ContestResult:
    await db.flush()
    stands = result.void_reason is None
    told = ContestResultChanged(
        id=result.id,
        organization_id=result.organization_id,
        kind=result.kind,
        held_on=result.held_on,
        member_id=result.member_id,
        is_passed=stands and result.is_passed,
        has_place=stands and result.place is not None,
        revision=result.version,
    )
    await tell(db, told, result, actor=actor)
    return result
