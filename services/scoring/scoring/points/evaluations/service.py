"""The branch's monthly evaluation: take up claims, decide, grade, confirm once."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import flag_modified

from kit import problems
from kit.access import Actor
from kit.calendar import day_of
from kit.etags import check_version
from records.columns import shown
from records.events import Payload, record_event
from records.registers import Register
from roster.models import Member, PartyOrganization
from roster.queries import name_of
from roster.rules import GROUP_KINDS
from scoring.points.claims import queries as claims
from scoring.points.claims.models import Claim, ClaimState, Decision
from scoring.points.claims.rules import Filed, is_own
from scoring.points.claims.schemas import ClaimRead
from scoring.points.claims.service import CLAIMS, record_states
from scoring.points.closures.queries import closures_of
from scoring.points.closures.service import PeriodFinal
from scoring.points.diary.rules import month_bounds
from scoring.points.diary.service import close_month
from scoring.points.evaluations import queries, rules
from scoring.points.evaluations.events import (
    ClaimsDecided,
    EvaluationEvent,
    EvaluationExtended,
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
    EvaluationOpen,
    EvaluationPermissions,
    EvaluationRead,
    ExtensionWrite,
    GradeRead,
    MemberGrade,
    UngradedRead,
)
from scoring.points.indicators.queries import indicators_by_code
from scoring.points.ledger.service import Booking, record
from scoring.reference.policies.models import PolicyName
from scoring.reference.policies.queries import days
from scoring.reference.projections.queries import is_demonstration_point, judged_members, visible_organization

CLAIM_SOURCE = "scoring.claim"


class EvaluationOverdue(problems.Conflict):
    code = "evaluation-overdue"
    detail = "该月评价已过期限(次月 10 日前):请上级党组织说明理由后开启或延期"


class MonthTooOld(problems.Conflict):
    code = "month-too-old"
    detail = "只能评价本年度和上年度的月份"


class NotTheSuperior(problems.Forbidden):
    code = "only-the-superior-extends"
    detail = "延长期限由上级党组织办理"


class ExtensionOutOfRange(problems.Unprocessable):
    code = "extension-out-of-range"
    detail = "期限须自今天起,最长延一个月"


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


EVALUATIONS = Register(
    "月度评价",
    MonthlyEvaluation,
    EvaluationRead,
    problems.NotFound,
    queries.seen_by,
    derived={
        "organization_name": name_of(MonthlyEvaluation.organization_id),
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
        claims=[shown(ClaimRead, row) for row in await db.execute(taken_up.order_by(Claim.id))],
        grades=grades,
        ungraded=[UngradedRead(member_id=one.id, member_name=one.name) for one in members if one.id not in graded],
        permissions=EvaluationPermissions(
            may_decide=is_open, may_grade=is_open, may_confirm=is_open and read.undecided_count == 0
        ),
        links=EvaluationLinks(history=f"/api/v1/scoring/monthly-evaluations/{evaluation.id}/history"),
    )


async def open_evaluation(db: AsyncSession, actor: Actor, plan: EvaluationOpen, *, now: datetime) -> MonthlyEvaluation:
    """Takes up every claim up to the month's end that no earlier evaluation has taken up."""
    branch = await visible_organization(db, actor, plan.organization_id)
    if branch is None:
        raise problems.NotFound
    if branch.kind in GROUP_KINDS:
        raise GroupHasNoEvaluation
    today, last = day_of(now), month_bounds(plan.month)[1]
    if today < last:
        raise MonthNotOver
    evaluation = MonthlyEvaluation(
        root_id=branch.root_id, organization_id=branch.id, month=plan.month, opened_by=actor.subject, opened_at=now
    )
    await _set_due(db, actor, branch, evaluation, late_reason=plan.late_reason, today=today)
    await _refuse_closed(db, branch, last)
    db.add(evaluation)
    await db.flush()
    for claim in await claims.pending_for(db, branch.id, last):
        claim.evaluation_id = evaluation.id
    opened = EvaluationOpened(organization_id=branch.id, month=plan.month)
    await _record(db, evaluation, opened, actor, path=branch.path)
    if evaluation.extension_reason is not None:
        await _record(db, evaluation, EvaluationExtended.model_validate(evaluation), actor, path=branch.path)
    return evaluation


async def _set_due(
    db: AsyncSession,
    actor: Actor,
    branch: PartyOrganization,
    evaluation: MonthlyEvaluation,
    *,
    late_reason: str | None,
    today: date,
) -> None:
    """In time until the policy's day of the next month; later the superior opens it, for as many days from today."""
    last = month_bounds(evaluation.month)[1]
    allowed = await days(db, PolicyName.EVALUATION_DUE_DAYS, today, root_id=branch.root_id)
    if today <= rules.due_on(last, allowed):
        evaluation.due_on = rules.due_on(last, allowed)
        return
    if not rules.may_be_opened_late(last, today):
        raise MonthTooOld
    if late_reason is None or not is_superior(actor, branch):
        raise EvaluationOverdue
    evaluation.due_on = rules.due_on(today, allowed)
    evaluation.extended_by, evaluation.extension_reason = actor.subject, late_reason


def is_superior(actor: Actor, branch: PartyOrganization) -> bool:
    return any(branch.path.startswith(path) and branch.path != path for path in actor.paths)


async def _refuse_closed(db: AsyncSession, branch: PartyOrganization, day: date) -> None:
    """A month of members whose result is final is not judged any more."""
    for one in await judged_members(db, branch):
        for closure in await closures_of(db, one.id, day):
            raise PeriodFinal(title=closure.title)


async def extend(
    db: AsyncSession,
    actor: Actor,
    evaluation_id: UUID,
    body: ExtensionWrite,
    *,
    expected: int,
    today: date,
) -> MonthlyEvaluation:
    """The superior's: a day from today on, at most a month away."""
    evaluation = await _open_one(db, actor, evaluation_id, expected)
    branch = await _branch(db, evaluation)
    if not is_superior(actor, branch):
        raise NotTheSuperior
    if not rules.may_be_extended_to(body.due_on, today):
        raise ExtensionOutOfRange
    await _refuse_closed(db, branch, month_bounds(evaluation.month)[1])
    evaluation.due_on, evaluation.extended_by, evaluation.extension_reason = body.due_on, actor.subject, body.reason
    return await _changed(db, evaluation, actor, EvaluationExtended)


async def decide(
    db: AsyncSession,
    actor: Actor,
    evaluation_id: UUID,
    *,
    decisions: Iterable[ClaimDecision],
    expected: int,
    today: date,
) -> MonthlyEvaluation:
    evaluation = await _due_one(db, actor, evaluation_id, expected, today)
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
    db: AsyncSession,
    actor: Actor,
    evaluation_id: UUID,
    *,
    grades: Sequence[MemberGrade],
    expected: int,
    today: date,
) -> MonthlyEvaluation:
    evaluation = await _due_one(db, actor, evaluation_id, expected, today)
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
    evaluation = await _due_one(db, actor, evaluation_id, expected, day_of(now))
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


async def _due_one(
    db: AsyncSession, actor: Actor, evaluation_id: UUID, expected: int | None, today: date
) -> MonthlyEvaluation:
    evaluation = await _open_one(db, actor, evaluation_id, expected)
    if today > evaluation.due_on:
        raise EvaluationOverdue
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
