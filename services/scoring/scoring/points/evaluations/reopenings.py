"""The superior opens a confirmed month again: what it earned is countered until it is confirmed anew."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.etags import check_version
from scoring.points.claims import queries as claims
from scoring.points.claims.models import Claim, ClaimState
from scoring.points.claims.service import record_reopened
from scoring.points.closures.queries import closed_among, closures_of
from scoring.points.closures.service import PeriodFinal
from scoring.points.diary.rules import month_bounds
from scoring.points.diary.service import open_month
from scoring.points.evaluations import queries, rules
from scoring.points.evaluations.access import EVALUATIONS, NotConfirmed, branch_of, is_superior, record
from scoring.points.evaluations.confirmations import bookings_of
from scoring.points.evaluations.events import EvaluationReopened
from scoring.points.evaluations.models import EvaluationState, MonthlyEvaluation
from scoring.points.ledger import service as ledger
from scoring.points.ledger.rules import ZERO
from scoring.reference.policies.models import PolicyName
from scoring.reference.policies.queries import whole_number
from scoring.reference.projections.queries import judged_members


class NotYoursToReopen(problems.Forbidden):
    code = "only-the-superior-reopens"
    detail = "已确认的月度评价只能由上级党组织重新打开"


async def reopen(
    db: AsyncSession, actor: Actor, evaluation_id: UUID, reason: str, *, expected: int, today: date
) -> MonthlyEvaluation:
    """Decisions and grades stay until they are changed; claims wait again, and their points go back at once. What
    grades and the diary earned follows by the event. Nothing of it in a period whose result is final.
    """
    evaluation = await EVALUATIONS.require(db, actor, evaluation_id, lock=True)
    branch = await branch_of(db, evaluation)
    if not is_superior(actor, branch):
        raise NotYoursToReopen
    check_version(evaluation, expected)
    if evaluation.state is not EvaluationState.CONFIRMED:
        raise NotConfirmed
    taken_up = await claims.taken_up_by(db, evaluation.id, lock=True)
    await _refuse_final(db, evaluation, taken_up)
    evaluation.confirmations = max(evaluation.confirmations, 1)
    revision = rules.revision_reopened(evaluation.confirmations)
    nothing = [replace(one, requested=ZERO) for one in await bookings_of(db, taken_up)]
    await ledger.correct(db, nothing, revision=revision, today=today, actor=actor)
    for claim in taken_up:
        claim.state, claim.closed_at = ClaimState.PENDING, None
    await record_reopened(db, taken_up, actor)
    await open_month(db, branch.id, evaluation.month)
    allowed = await whole_number(db, PolicyName.EVALUATION_DUE_DAYS, today, root_id=branch.root_id)
    evaluation.state, evaluation.confirmed_by, evaluation.confirmed_at = EvaluationState.OPEN, None, None
    evaluation.due_on = rules.due_on(today, allowed)
    evaluation.reopened_by, evaluation.reopened_on, evaluation.reopening_reason = actor.subject, today, reason
    await db.flush()
    payload = EvaluationReopened(
        organization_id=branch.id,
        month=evaluation.month,
        due_on=evaluation.due_on,
        reopening_reason=reason,
        revision=revision,
    )
    await record(db, evaluation, payload, actor, path=branch.path)
    return evaluation


async def _refuse_final(db: AsyncSession, evaluation: MonthlyEvaluation, taken_up: Sequence[Claim]) -> None:
    """Whoever was judged, at the month's end, and whatever was claimed, on its day."""
    branch, last = await branch_of(db, evaluation), month_bounds(evaluation.month)[1]
    judged = {one.id for one in await judged_members(db, branch)}
    judged |= {one.member_id for one in await queries.grades_of(db, evaluation.id)}
    touched = {(one, last) for one in judged} | {(one.subject_id, one.occurred_on) for one in taken_up}
    for subject_id, day in sorted(await closed_among(db, touched)):
        for closure in await closures_of(db, subject_id, day):
            raise PeriodFinal(title=closure.title)
