from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, Select, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from kit.events.log import event_log
from scoring.points.evaluations.models import EvaluationGrade, MonthlyEvaluation
from scoring.reference.projections.models import PartyOrganization
from scoring.reference.projections.queries import organizations_visible_to


def visible_to(actor: Actor) -> Select[MonthlyEvaluation]:
    seen = select(PartyOrganization.id).where(organizations_visible_to(actor))
    return select(MonthlyEvaluation).where(MonthlyEvaluation.organization_id.in_(seen))


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
