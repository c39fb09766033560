"""上级党组织点评: the superior comments on the branch's month once it has been judged."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.etags import check_version
from scoring.points.evaluations.access import EVALUATIONS, NotConfirmed, branch_of, is_superior, record
from scoring.points.evaluations.events import EvaluationCommented
from scoring.points.evaluations.models import EvaluationState, MonthlyEvaluation
from scoring.reference.projections.queries import serving_among


class NotYoursToComment(problems.Forbidden):
    code = "only-the-superior-comments"
    detail = "点评由上级党组织办理"


class OwnBranch(problems.Forbidden):
    code = "own-branch"
    detail = "不能点评自己任职的党组织,请由他人办理"


class NotCommented(problems.Conflict):
    code = "evaluation-not-commented"
    detail = "该月还没有点评,不能撤回"


async def comment(
    db: AsyncSession, actor: Actor, evaluation_id: UUID, text: str | None, *, expected: int, today: date
) -> MonthlyEvaluation:
    """Corrected in place, and taken back without a text; earns by its own event."""
    evaluation = await EVALUATIONS.require(db, actor, evaluation_id, lock=True)
    branch = await branch_of(db, evaluation)
    if not is_superior(actor, branch):
        raise NotYoursToComment
    if await serving_among(db, actor.person, [branch.id]):
        raise OwnBranch
    check_version(evaluation, expected)
    if evaluation.state is not EvaluationState.CONFIRMED:
        raise NotConfirmed
    if text is None and evaluation.comment is None:
        raise NotCommented
    evaluation.comment, evaluation.commented_by = text, actor.subject
    evaluation.commented_on = None if text is None else evaluation.commented_on or today
    await db.flush()
    payload = EvaluationCommented(
        organization_id=branch.id,
        month=evaluation.month,
        is_commented=text is not None,
        revision=evaluation.version,
    )
    await record(db, evaluation, payload, actor, path=branch.path)
    return evaluation
