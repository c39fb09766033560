"""Points that came after their period was final: the superior books them with a reason, or leaves them."""

from datetime import date
from uuid import UUID

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from records.registers import Register
from scoring.points.closures.models import LateDecision, WithheldPoints, WithheldState
from scoring.points.closures.service import affected_by, result_of
from scoring.points.indicators.queries import indicator_name
from scoring.points.ledger.service import Booking, book_late, refuse_own_entry
from scoring.points.withheld.events import WithheldPointsDecided
from scoring.points.withheld.schemas import WithheldDecided, WithheldDecision, WithheldRead
from scoring.reference.projections.queries import about_visible_subjects, subject_name


class AlreadyDecided(problems.Conflict):
    code = "withheld-points-decided"
    detail = "这笔暂缓入账的积分已经处理,不能重复处理"


OUTCOMES = {LateDecision.BOOKED: WithheldState.BOOKED, LateDecision.LEFT: WithheldState.LEFT}
WITHHELD = Register(
    "暂缓入账的积分",
    WithheldPoints,
    WithheldRead,
    problems.NotFound,
    about_visible_subjects(WithheldPoints.subject_id),
    derived={
        "subject_name": subject_name(WithheldPoints.subject_id),
        "indicator_name": indicator_name(WithheldPoints.catalogue_id, WithheldPoints.indicator_code),
    },
)


async def decide(
    db: AsyncSession,
    actor: Actor,
    withheld_id: UUID,
    body: WithheldDecision,
    *,
    today: date,
    if_match: int,
    response: Response,
) -> WithheldDecided:
    found = await WITHHELD.require(db, actor, withheld_id, if_match=if_match)
    if found.state is not WithheldState.WAITING:
        raise AlreadyDecided
    await refuse_own_entry(db, actor, found.subject_id)
    affected = await affected_by(db, actor, found.subject_id, found.occurred_on)
    found.state, found.reason = OUTCOMES[body.decision], body.reason
    found.decided_by, found.decided_on = actor.subject, today
    if body.decision is LateDecision.BOOKED:
        await book_late(db, _booking(found), revision=found.revision, today=today, actor=actor)
    await db.flush()
    decided = WithheldPointsDecided(
        id=found.id,
        subject_kind=found.subject_kind,
        subject_id=found.subject_id,
        indicator_code=found.indicator_code,
        state=found.state,
        reason=body.reason,
        review_ids=[one.review_id for one in affected],
    )
    await record_event(
        db, decided, subject=found.id, version=found.version, root_id=found.root_id, path=None, actor=actor
    )
    read = await WITHHELD.answer(db, found, response)
    return WithheldDecided.model_construct(**read.__dict__, affected_results=[result_of(one) for one in affected])


def _booking(found: WithheldPoints) -> Booking:
    return Booking(
        subject_kind=found.subject_kind,
        subject_id=found.subject_id,
        root_id=found.root_id,
        catalogue_id=found.catalogue_id,
        indicator_code=found.indicator_code,
        cadence=found.cadence,
        annual_cap=found.annual_cap,
        requested=found.requested,
        occurred_on=found.occurred_on,
        source=found.source,
        source_ref=found.source_ref,
    )
