"""The evaluation somebody is going to change: found, still open, in time; and telling what became of it."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import flag_modified

from kit import problems
from kit.access import Actor
from kit.etags import check_version
from records.events import Payload, record_event
from records.registers import Register
from roster.models import PartyOrganization
from roster.queries import name_of
from scoring.points.closures.queries import closures_of
from scoring.points.closures.service import PeriodFinal
from scoring.points.evaluations import queries
from scoring.points.evaluations.events import EvaluationEvent
from scoring.points.evaluations.models import EvaluationState, MonthlyEvaluation
from scoring.points.evaluations.schemas import EvaluationRead
from scoring.reference.projections.queries import judged_members


class EvaluationOverdue(problems.Conflict):
    code = "evaluation-overdue"
    detail = "该月评价已过期限(次月 10 日前):请上级党组织说明理由后开启或延期"


class EvaluationConfirmed(problems.Conflict):
    code = "evaluation-confirmed"
    detail = "该月评价已经确认,不能再改"


class NobodyGraded(problems.Conflict):
    code = "nobody-graded"
    detail = "该月还没有评价任何党员:请先评价,或在 ungraded_reason 中写明不评价而确认的原因"


class NotConfirmed(problems.Conflict):
    code = "evaluation-not-confirmed"
    detail = "该月评价尚未确认"


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


async def open_one(db: AsyncSession, actor: Actor, evaluation_id: UUID, expected: int) -> MonthlyEvaluation:
    evaluation = await EVALUATIONS.require(db, actor, evaluation_id, lock=True)
    if evaluation.state is EvaluationState.CONFIRMED:
        raise EvaluationConfirmed
    check_version(evaluation, expected)
    return evaluation


async def due_one(db: AsyncSession, actor: Actor, evaluation_id: UUID, expected: int, today: date) -> MonthlyEvaluation:
    evaluation = await open_one(db, actor, evaluation_id, expected)
    if today > evaluation.due_on:
        raise EvaluationOverdue
    return evaluation


async def branch_of(db: AsyncSession, evaluation: MonthlyEvaluation) -> PartyOrganization:
    return await db.get_one(PartyOrganization, evaluation.organization_id)


def is_superior(actor: Actor, branch: PartyOrganization) -> bool:
    return any(branch.path.startswith(path) and branch.path != path for path in actor.paths)


async def refuse_closed(db: AsyncSession, branch: PartyOrganization, day: date) -> None:
    """A month of members whose result is final is not judged any more."""
    for one in await judged_members(db, branch):
        for closure in await closures_of(db, one.id, day):
            raise PeriodFinal(title=closure.title)


async def changed(
    db: AsyncSession, evaluation: MonthlyEvaluation, actor: Actor, kind: type[EvaluationEvent]
) -> MonthlyEvaluation:
    flag_modified(evaluation, "month")
    await db.flush()
    await record(db, evaluation, kind.model_validate(evaluation), actor)
    return evaluation


async def record(
    db: AsyncSession, evaluation: MonthlyEvaluation, payload: Payload, actor: Actor, *, path: str | None = None
) -> None:
    root_id, version = evaluation.root_id, evaluation.version
    await record_event(db, payload, subject=evaluation.id, version=version, root_id=root_id, path=path, actor=actor)
