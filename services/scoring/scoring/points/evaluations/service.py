"""The branch's monthly evaluation: take up claims, decide, grade, confirm once."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import flag_modified

from kit import problems
from kit.access import Actor
from kit.etags import check_version
from records.columns import shown
from records.events import Payload, record_event
from records.registers import Register
from scoring.points.claims import queries as claims
from scoring.points.claims.models import Claim, ClaimState, Decision
from scoring.points.claims.rules import Filed, is_own
from scoring.points.claims.schemas import ClaimRead
from scoring.points.claims.service import CLAIMS, record_states
from scoring.points.diary.rules import month_bounds
from scoring.points.diary.service import close_month
from scoring.points.evaluations import queries
from scoring.points.evaluations.events import (
    ClaimsDecided,
    EvaluationEvent,
    EvaluationOpened,
    EvaluationSettled,
    GradedMember,
    MembersGraded,
)
from scoring.points.evaluations.models import EvaluationState, MonthlyEvaluation
from scoring.points.evaluations.schemas import (
    ClaimDecision,
    EvaluationDetail,
    EvaluationLinks,
    EvaluationPermissions,
    EvaluationRead,
    GradeRead,
    MemberGrade,
    UngradedRead,
)
from scoring.points.indicators.queries import indicators_by_code
from scoring.points.ledger.service import Booking, record
from scoring.reference.projections.models import Member, PartyOrganization
from scoring.reference.projections.queries import (
    is_demonstration_point,
    judged_members,
    organization_name,
    visible_organization,
)
from scoring.reference.projections.rules import GROUP_KINDS

CLAIM_SOURCE = "scoring.claim"
DAYS_TO_CONFIRM = 10


class MonthNotOver(problems.Conflict):
    code = "month-not-over"
    detail = "月末之日起才能评价该月"


class GroupHasNoEvaluation(problems.Unprocessable):
    code = "group-has-no-evaluation"
    detail = "党小组不单独开展月度评价,由所在支部评价"


class EvaluationExists(problems.Conflict):
    code = "evaluation-exists"
    detail = "该月评价已经开始,不能重复"


class EvaluationConfirmed(problems.Conflict):
    code = "evaluation-confirmed"
    detail = "该月评价已经确认,不能再改"


class ClaimNotInEvaluation(problems.Unprocessable):
    code = "claim-not-in-evaluation"
    detail = "有申报不在本次评价之内"


class OwnClaim(problems.Forbidden):
    code = "own-claim"
    detail = "不能决定自己的或自己代为提交的申报,请由其他书记、副书记或上级决定"


class OwnGrade(problems.Forbidden):
    code = "own-grade"
    detail = "不能评价自己"


class NotJudgedHere(problems.Unprocessable):
    code = "member-not-judged-here"
    detail = "有党员不属于本支部"


class ClaimsUndecided(problems.Conflict):
    code = "claims-undecided"
    detail = "还有 {count} 项申报没有决定"


def due_on(month: str) -> date:
    return month_bounds(month)[1] + timedelta(days=DAYS_TO_CONFIRM)


EVALUATIONS = Register(
    "月度评价",
    MonthlyEvaluation,
    EvaluationRead,
    problems.NotFound,
    queries.seen_by,
    derived={
        "organization_name": organization_name(MonthlyEvaluation.organization_id),
        "claims_count": queries.claims_taken_up(MonthlyEvaluation.id),
        "undecided_count": queries.claims_taken_up(MonthlyEvaluation.id, undecided=True),
        "graded_count": queries.members_graded(MonthlyEvaluation.id),
    },
)


async def detail(db: AsyncSession, evaluation: MonthlyEvaluation, response: Response) -> EvaluationDetail:
    """All of the evaluation's page: claims with names and evidence, who is graded and who is not."""
    read = await EVALUATIONS.answer(db, evaluation, response)
    taken_up = CLAIMS.rows().where(Claim.evaluation_id == evaluation.id, Claim.state != ClaimState.WITHDRAWN)
    grades = [shown(GradeRead, row) for row in await queries.named_grades(db, evaluation.id)]
    graded = {one.member_id for one in grades}
    members = await judged_members(db, await _branch(db, evaluation))
    is_open = evaluation.state is EvaluationState.OPEN
    return EvaluationDetail.model_construct(
        **read.__dict__,
        due_at=due_on(evaluation.month),
        claims=[shown(ClaimRead, row) for row in await db.execute(taken_up.order_by(Claim.id))],
        grades=grades,
        ungraded=[UngradedRead(member_id=one.id, member_name=one.name) for one in members if one.id not in graded],
        permissions=EvaluationPermissions(
            may_decide=is_open, may_grade=is_open, may_confirm=is_open and read.undecided_count == 0
        ),
        links=EvaluationLinks(history=f"/api/v1/scoring/monthly-evaluations/{evaluation.id}/history"),
    )


async def open_evaluation(
    db: AsyncSession, actor: Actor, organization_id: UUID, *, month: str, today: date
) -> MonthlyEvaluation:
    """Takes up every claim up to the month's end that no earlier evaluation has taken up."""
    branch = await visible_organization(db, actor, organization_id)
    if branch is None:
        raise problems.NotFound
    if branch.kind in GROUP_KINDS:
        raise GroupHasNoEvaluation
    last = month_bounds(month)[1]
    if today < last:
        raise MonthNotOver
    evaluation = MonthlyEvaluation(
        root_id=branch.root_id, organization_id=branch.id, month=month, opened_by=actor.subject
    )
    db.add(evaluation)
    await db.flush()
    for claim in await claims.pending_for(db, branch.id, last):
        claim.evaluation_id = evaluation.id
    opened = EvaluationOpened(organization_id=branch.id, month=month)
    await _record(db, evaluation, opened, actor, path=branch.path)
    return evaluation


async def decide(
    db: AsyncSession, actor: Actor, evaluation_id: UUID, *, decisions: Iterable[ClaimDecision], expected: int
) -> MonthlyEvaluation:
    evaluation = await _open_one(db, actor, evaluation_id, expected)
    taken_up = {claim.id: claim for claim in await claims.taken_up_by(db, evaluation.id, lock=True)}
    for one in decisions:
        claim = taken_up.get(one.claim_id)
        if claim is None:
            raise ClaimNotInEvaluation
        filed = Filed(claim.subject_id, claim.claimed_by, claim.claimant_person_id)
        if is_own(filed, decider=actor.subject, person=actor.person):
            raise OwnClaim
        claim.decision, claim.refusal_reason, claim.decided_by = one.decision, one.reason, actor.subject
    return await _changed(db, evaluation, actor, ClaimsDecided)


async def grade(
    db: AsyncSession, actor: Actor, evaluation_id: UUID, *, grades: Sequence[MemberGrade], expected: int
) -> MonthlyEvaluation:
    evaluation = await _open_one(db, actor, evaluation_id, expected)
    if any(one.member_id == actor.person for one in grades):
        raise OwnGrade
    members = {member.id for member in await judged_members(db, await _branch(db, evaluation))}
    if not {one.member_id for one in grades} <= members:
        raise NotJudgedHere
    rows = {one.member_id: {"grade": one.grade, "graded_by": actor.subject} for one in grades}
    await queries.set_grades(
        db, [{"evaluation_id": evaluation.id, "member_id": member_id, **row} for member_id, row in rows.items()]
    )
    return await _changed(db, evaluation, actor, MembersGraded)


async def confirm(
    db: AsyncSession, actor: Actor, evaluation_id: UUID, *, expected: int | None, now: datetime
) -> MonthlyEvaluation:
    """Final, in one transaction: claims closed, points booked, the diary's month closed."""
    evaluation = await _open_one(db, actor, evaluation_id, expected)
    branch = await _branch(db, evaluation)
    taken_up = await claims.taken_up_by(db, evaluation.id, lock=True)
    if undecided := sum(1 for claim in taken_up if claim.decision is None):
        raise ClaimsUndecided(count=undecided)
    for claim in taken_up:
        claim.state = ClaimState.CONFIRMED if claim.decision is Decision.CONFIRM else ClaimState.REFUSED
        claim.closed_at = now
    await record_states(db, taken_up, actor)
    await record(db, await _bookings(db, taken_up), actor=actor)
    evaluation.state = EvaluationState.CONFIRMED
    evaluation.confirmed_by, evaluation.confirmed_at = actor.subject, now
    members = await judged_members(db, branch)
    await close_month(db, actor, branch, members=members, month=evaluation.month, subject=evaluation.id)
    await _record_confirmed(db, actor, evaluation, branch, members)
    return evaluation


async def _open_one(db: AsyncSession, actor: Actor, evaluation_id: UUID, expected: int | None) -> MonthlyEvaluation:
    evaluation = await EVALUATIONS.require(db, actor, evaluation_id, lock=True)
    if evaluation.state is EvaluationState.CONFIRMED:
        raise EvaluationConfirmed
    if expected is not None:
        check_version(evaluation, expected)
    return evaluation


async def _branch(db: AsyncSession, evaluation: MonthlyEvaluation) -> PartyOrganization:
    return await db.get_one(PartyOrganization, evaluation.organization_id)


async def _bookings(db: AsyncSession, taken_up: Iterable[Claim]) -> list[Booking]:
    confirmed = [claim for claim in taken_up if claim.state is ClaimState.CONFIRMED]
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


async def _changed(
    db: AsyncSession, evaluation: MonthlyEvaluation, actor: Actor, kind: type[EvaluationEvent]
) -> MonthlyEvaluation:
    flag_modified(evaluation, "month")
    await db.flush()
    await _record(db, evaluation, kind.model_validate(evaluation), actor)
    return evaluation


async def _record_confirmed(
    db: AsyncSession,
    actor: Actor,
    evaluation: MonthlyEvaluation,
    branch: PartyOrganization,
    members: Sequence[Member],
) -> None:
    await db.flush()
    grades = {one.member_id: one.grade for one in await queries.grades_of(db, evaluation.id)}
    last = month_bounds(evaluation.month)[1]
    payload = EvaluationSettled(
        organization_id=branch.id,
        month=evaluation.month,
        is_demonstration_point=await is_demonstration_point(db, branch.id, last),
        members=[GradedMember(member_id=member.id, grade=grades.get(member.id)) for member in members],
    )
    await _record(db, evaluation, payload, actor, path=branch.path)


async def _record(
    db: AsyncSession, evaluation: MonthlyEvaluation, payload: Payload, actor: Actor, *, path: str | None = None
) -> None:
    root_id, version = evaluation.root_id, evaluation.version
    await record_event(db, payload, subject=evaluation.id, version=version, root_id=root_id, path=path, actor=actor)
