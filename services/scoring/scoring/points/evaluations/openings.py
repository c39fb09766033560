"""Opening the evaluation of a month, and until when it may be judged."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.calendar import day_of
from roster.models import PartyOrganization
from roster.rules import GROUP_KINDS
from scoring.points.claims import queries as claims
from scoring.points.diary.rules import month_bounds
from scoring.points.evaluations import rules
from scoring.points.evaluations.access import (
    EvaluationOverdue,
    branch_of,
    changed,
    is_superior,
    open_one,
    record,
    refuse_closed,
)
from scoring.points.evaluations.events import EvaluationExtended, EvaluationOpened
from scoring.points.evaluations.models import MonthlyEvaluation
from scoring.points.evaluations.schemas import EvaluationOpen, ExtensionWrite
from scoring.reference.policies.models import PolicyName
from scoring.reference.policies.queries import whole_number
from scoring.reference.projections.queries import visible_organization


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
    await refuse_closed(db, branch, last)
    db.add(evaluation)
    await db.flush()
    for claim in await claims.pending_for(db, branch.id, last):
        claim.evaluation_id = evaluation.id
    opened = EvaluationOpened(organization_id=branch.id, month=plan.month)
    await record(db, evaluation, opened, actor, path=branch.path)
    if evaluation.extension_reason is not None:
        await record(db, evaluation, EvaluationExtended.model_validate(evaluation), actor, path=branch.path)
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
    allowed = await whole_number(db, PolicyName.EVALUATION_DUE_DAYS, today, root_id=branch.root_id)
    if today <= rules.due_on(last, allowed):
        evaluation.due_on = rules.due_on(last, allowed)
        return
    if not rules.may_be_opened_late(last, today):
        raise MonthTooOld
    if late_reason is None or not is_superior(actor, branch):
        raise EvaluationOverdue
    evaluation.due_on = rules.due_on(today, allowed)
    evaluation.extended_by, evaluation.extension_reason = actor.subject, late_reason


async def extend(
    db: AsyncSession, actor: Actor, evaluation_id: UUID, body: ExtensionWrite, *, expected: int, today: date
) -> MonthlyEvaluation:
    """The superior's: a day from today on, at most a month away."""
    evaluation = await open_one(db, actor, evaluation_id, expected)
    branch = await branch_of(db, evaluation)
    if not is_superior(actor, branch):
        raise NotTheSuperior
    if not rules.may_be_extended_to(body.due_on, today):
        raise ExtensionOutOfRange
    await refuse_closed(db, branch, month_bounds(evaluation.month)[1])
    evaluation.due_on, evaluation.extended_by, evaluation.extension_reason = body.due_on, actor.subject, body.reason
    return await changed(db, evaluation, actor, EvaluationExtended)
