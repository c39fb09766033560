"""The branch's judgement of a month: the claims it decides, the members it grades."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.columns import shown
from scoring.points.claims import queries as claims
from scoring.points.claims.models import Claim, ClaimState
from scoring.points.claims.rules import Filed, is_own
from scoring.points.claims.schemas import ClaimRead
from scoring.points.claims.service import CLAIMS
from scoring.points.evaluations import queries, rules
from scoring.points.evaluations.access import EVALUATIONS, NobodyGraded, branch_of, changed, due_one, is_superior
from scoring.points.evaluations.events import ClaimsDecided, MembersGraded
from scoring.points.evaluations.models import EvaluationState, MonthlyEvaluation
from scoring.points.evaluations.schemas import (
    ClaimDecision,
    EvaluationDetail,
    EvaluationLinks,
    EvaluationPermissions,
    GradeRead,
    MemberGrade,
    UngradedRead,
)
from scoring.reference.projections.queries import judged_members


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


async def detail(db: AsyncSession, actor: Actor, evaluation: MonthlyEvaluation, response: Response) -> EvaluationDetail:
    """All of the evaluation's page: claims with names and evidence, who is graded and who is not."""
    read = await EVALUATIONS.answer(db, evaluation, response)
    taken_up = CLAIMS.rows().where(Claim.evaluation_id == evaluation.id, Claim.state != ClaimState.WITHDRAWN)
    grades = [shown(GradeRead, row) for row in await queries.named_grades(db, evaluation.id)]
    graded = {one.member_id for one in grades}
    branch = await branch_of(db, evaluation)
    members = await judged_members(db, branch)
    is_open = evaluation.state is EvaluationState.OPEN
    is_theirs = not is_open and is_superior(actor, branch)
    return EvaluationDetail.model_construct(
        **read.__dict__,
        claims=[shown(ClaimRead, row) for row in await db.execute(taken_up.order_by(Claim.id))],
        grades=grades,
        ungraded=[UngradedRead(member_id=one.id, member_name=one.name) for one in members if one.id not in graded],
        warnings=[NobodyGraded.detail] if is_open and rules.needs_reason(members, grades) else [],
        permissions=EvaluationPermissions(
            may_decide=is_open,
            may_grade=is_open,
            may_confirm=is_open and read.undecided_count == 0,
            may_reopen=is_theirs,
            may_comment=is_theirs,
        ),
        links=EvaluationLinks(history=f"/api/v1/scoring/monthly-evaluations/{evaluation.id}/history"),
    )


async def decide(
    db: AsyncSession,
    actor: Actor,
    evaluation_id: UUID,
    *,
    decisions: Iterable[ClaimDecision],
    expected: int,
    today: date,
) -> MonthlyEvaluation:
    evaluation = await due_one(db, actor, evaluation_id, expected, today)
    taken_up = {claim.id: claim for claim in await claims.taken_up_by(db, evaluation.id, lock=True)}
    for one in decisions:
        claim = taken_up.get(one.claim_id)
        if claim is None:
            raise ClaimNotInEvaluation
        filed = Filed(claim.subject_id, claim.claimed_by, claim.claimant_person_id)
        if is_own(filed, decider=actor.subject, person=actor.person):
            raise OwnClaim
        claim.decision, claim.refusal_reason, claim.decided_by = one.decision, one.reason, actor.subject
    return await changed(db, evaluation, actor, ClaimsDecided)


async def grade(
    db: AsyncSession,
    actor: Actor,
    evaluation_id: UUID,
    *,
    grades: Sequence[MemberGrade],
    expected: int,
    today: date,
) -> MonthlyEvaluation:
    evaluation = await due_one(db, actor, evaluation_id, expected, today)
    if any(one.member_id == actor.person for one in grades):
        raise OwnGrade
    members = {member.id for member in await judged_members(db, await branch_of(db, evaluation))}
    if not {one.member_id for one in grades} <= members:
        raise NotJudgedHere
    rows = {one.member_id: {"grade": one.grade, "graded_by": actor.subject} for one in grades}
    await queries.set_grades(
        db, [{"evaluation_id": evaluation.id, "member_id": member_id, **row} for member_id, row in rows.items()]
    )
    return await changed(db, evaluation, actor, MembersGraded)
