from datetime import date
from functools import partial
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from scoring.reviews.cycles.rules import State
from scoring.reviews.reviews.access import ReviewAccess, refuse_own_case, require_step, subject_of, supervise
from scoring.reviews.reviews.registers import of_review
from scoring.reviews.vetoes.events import VetoChanged
from scoring.reviews.vetoes.models import Veto
from scoring.reviews.vetoes.schemas import VetoRead, VetoRecord

BEFORE_THE_FREEZE = (State.PLEDGE, State.PRACTISE, State.REPORT, State.APPRAISE)


class VetoNotFound(problems.NotFound):
    code = "veto-not-found"
    detail = "没有找到这项一票否决"


class VetoAlreadyLifted(problems.Conflict):
    code = "veto-already-lifted"
    detail = "这项一票否决已经解除"


VETOES = of_review("一票否决", Veto, VetoRead, VetoNotFound)


async def record(db: AsyncSession, given: VetoRecord, *, today: date, actor: Actor) -> Veto:
    """Only the superior, only before the inputs are frozen; later the review has to be reopened."""
    access = await supervise(db, actor, given.review_id)
    require_step(access, *BEFORE_THE_FREEZE)
    await subject_of(db, given.review_id, given.subject_id)
    await refuse_own_case(db, access, given.subject_id)
    veto = Veto(**given.model_dump(), root_id=access.review.root_id, recorded_by=actor.subject, recorded_on=today)
    db.add(veto)
    await _record_change(db, veto, access, actor)
    return veto


async def lift(db: AsyncSession, veto_id: UUID, reason: str, *, today: date, actor: Actor, if_match: int) -> Veto:
    """After the freeze a lifted veto takes effect with an upheld objection, which re-reads the inputs."""
    veto, access = await VETOES.take(db, veto_id, partial(supervise, db, actor), if_match=if_match)
    await refuse_own_case(db, access, veto.subject_id)
    if veto.lifted_on is not None:
        raise VetoAlreadyLifted
    veto.lifted_by, veto.lifted_on, veto.lifting_reason = actor.subject, today, reason
    await _record_change(db, veto, access, actor)
    return veto


async def _record_change(db: AsyncSession, veto: Veto, access: ReviewAccess, actor: Actor) -> None:
    await db.flush()
    payload = VetoChanged.model_validate(veto)
    await record_event(
        db, payload, subject=veto.id, version=veto.version, root_id=veto.root_id, path=access.path, actor=actor
    )
