from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from kit.events.log import event_log
from roster.models import PartyOrganization
from roster.queries import member_name_of
from scoring.points.claims.models import Claim, ClaimState
from scoring.points.evaluations.models import EvaluationGrade, MonthlyEvaluation
from scoring.reference.projections.queries import organizations_visible_to


def seen_by(actor: Actor) -> ColumnElement[bool]:
    seen = select(PartyOrganization.id).where(organizations_visible_to(actor))
    return MonthlyEvaluation.organization_id.in_(seen)


def visible_to(actor: Actor) -> Select[MonthlyEvaluation]:
    return select(MonthlyEvaluation).where(seen_by(actor))


def claims_taken_up(evaluation_id: Any, *, undecided: bool = False) -> Any:
    """How many claims the evaluation judges, as a column of the row that has its id."""
    counted = select(func.count()).where(Claim.evaluation_id == evaluation_id, Claim.state != ClaimState.WITHDRAWN)
    return (counted.where(Claim.decision.is_(None)) if undecided else counted).scalar_subquery()


def members_graded(evaluation_id: Any) -> Any:
    return select(func.count()).where(EvaluationGrade.evaluation_id == evaluation_id).scalar_subquery()


async def named_grades(db: AsyncSession, evaluation_id: UUID) -> Sequence[Row[*tuple[Any, ...]]]:
    graded = EvaluationGrade
    query = select(graded.member_id, member_name_of(graded.member_id).label("member_name"), graded.grade)
    return (await db.execute(query.where(graded.evaluation_id == evaluation_id).order_by(graded.member_id))).all()


async def grades_of(db: AsyncSession, evaluation_id: UUID) -> Sequence[EvaluationGrade]:
    query = select(EvaluationGrade).where(EvaluationGrade.evaluation_id == evaluation_id)
    return (await db.scalars(query.order_by(EvaluationGrade.member_id))).all()


async def set_grades(db: AsyncSession, rows: list[dict[str, object]]) -> None:
    write = insert(EvaluationGrade)
    write = write.on_conflict_do_update(
        index_elements=["evaluation_id", "member_id"],
        set_={"grade": write.excluded.grade, "graded_by": write.excluded.graded_by},
    )
    await db.execute(write, rows)


async def history_of(db: AsyncSession, evaluation_id: UUID) -> Sequence[Row[str, datetime, UUID | None]]:
    log = event_log.c
    query = select(log.type, log.time, log.actor).where(log.subject == evaluation_id)
    return (await db.execute(query.order_by(log.tx, log.seq))).all()
