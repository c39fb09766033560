"""Confirming a month's evaluation: claims closed, points booked, the diary's month closed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.calendar import day_of
from roster.models import Member, PartyOrganization
from roster.queries import is_demonstration_point
from scoring.points.claims import queries as claims
from scoring.points.claims.models import Claim, ClaimState, Decision
from scoring.points.claims.service import record_states
from scoring.points.diary.rules import month_bounds
from scoring.points.diary.service import close_month
from scoring.points.evaluations import queries, rules
from scoring.points.evaluations.access import NobodyGraded, branch_of, due_one, record
from scoring.points.evaluations.events import EvaluationSettled, GradedMember
from scoring.points.evaluations.models import EvaluationState, MonthlyEvaluation, MonthlyGrade
from scoring.points.evaluations.schemas import EvaluationConfirm
from scoring.points.indicators.queries import indicators_by_code
from scoring.points.ledger import service as ledger
from scoring.points.ledger.service import Booking
from scoring.reference.projections.queries import judged_members

CLAIM_SOURCE = "scoring.claim"


class ClaimsUndecided(problems.Conflict):
    code = "claims-undecided"
    detail = "还有 {count} 项申报没有决定"


async def confirm(
    db: AsyncSession, actor: Actor, evaluation_id: UUID, given: EvaluationConfirm, *, expected: int, now: datetime
) -> MonthlyEvaluation:
    """Final until the superior opens it again, in one transaction: claims closed, points booked, the diary's month
    closed. Without any grade it needs a stated reason, which is kept.
    """
    today = day_of(now)
    evaluation = await due_one(db, actor, evaluation_id, expected, today)
    branch = await branch_of(db, evaluation)
    taken_up = await claims.taken_up_by(db, evaluation.id, lock=True)
    if undecided := sum(1 for claim in taken_up if claim.decision is None):
        raise ClaimsUndecided(count=undecided)
    members, grades = await judged_members(db, branch), await queries.grades_of(db, evaluation.id)
    is_ungraded = rules.needs_reason(members, grades)
    if is_ungraded and given.ungraded_reason is None:
        raise NobodyGraded
    for claim in taken_up:
        claim.state = ClaimState.CONFIRMED if claim.decision is Decision.CONFIRM else ClaimState.REFUSED
        claim.closed_at = now
    await record_states(db, taken_up, actor)
    evaluation.confirmations += 1
    revision = rules.revision_confirmed(evaluation.confirmations)
    await _book(db, await bookings_of(db, taken_up), revision, today=today, actor=actor)
    evaluation.state = EvaluationState.CONFIRMED
    evaluation.confirmed_by, evaluation.confirmed_at = actor.subject, now
    evaluation.ungraded_reason = given.ungraded_reason if is_ungraded else None
    await close_month(
        db, actor, branch, members=members, month=evaluation.month, subject=evaluation.id, revision=revision
    )
    await _record_confirmed(db, actor, evaluation, branch, members, {one.member_id: one.grade for one in grades})
    return evaluation


async def _book(db: AsyncSession, bookings: list[Booking], revision: int | None, *, today: date, actor: Actor) -> None:
    if revision is None:
        await ledger.record(db, bookings, actor=actor)
        return
    await ledger.correct(db, bookings, revision=revision, today=today, actor=actor)


async def bookings_of(db: AsyncSession, taken_up: Iterable[Claim]) -> list[Booking]:
    confirmed = [claim for claim in taken_up if claim.decision is Decision.CONFIRM]
    indicators = await indicators_by_code(db, {claim.catalogue_id for claim in confirmed})
    bookings = []
    for claim in confirmed:
        indicator = indicators[claim.catalogue_id, claim.indicator_code]
        bookings.append(
            Booking(
                subject_kind=claim.subject_kind,
                subject_id=claim.subject_id,
                root_id=claim.root_id,
                catalogue_id=claim.catalogue_id,
                indicator_code=claim.indicator_code,
                cadence=indicator.cadence,
                annual_cap=indicator.annual_cap,
                requested=indicator.points,
                occurred_on=claim.occurred_on,
                source=CLAIM_SOURCE,
                source_ref=str(claim.id),
            )
        )
    return bookings


async def _record_confirmed(
    db: AsyncSession,
    actor: Actor,
    evaluation: MonthlyEvaluation,
    branch: PartyOrganization,
    members: Sequence[Member],
    grades: Mapping[UUID, MonthlyGrade],
) -> None:
    await db.flush()
    last = month_bounds(evaluation.month)[1]
    payload = EvaluationSettled(
        organization_id=branch.id,
        month=evaluation.month,
        is_demonstration_point=await is_demonstration_point(db, branch.id, last),
        members=[GradedMember(member_id=member.id, grade=grades.get(member.id)) for member in members],
        ungraded_reason=evaluation.ungraded_reason,
        revision=rules.revision_confirmed(evaluation.confirmations),
    )
    await record(db, evaluation, payload, actor, path=branch.path)
