from datetime import date
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.paging import Page
from records.events import record_event
from records.files import Export
from scoring.reviews.access.registers import of_review
from scoring.reviews.access.rules import LIFT_VETO, RECORD_VETO
from scoring.reviews.access.service import ReviewAccess, enter, enter_for, refuse_own_case, subject_of
from scoring.reviews.vetoes.events import VetoChanged
from scoring.reviews.vetoes.models import Veto
from scoring.reviews.vetoes.schemas import VetoListing, VetoRead, VetoRecord


class VetoNotFound(problems.NotFound):
    code = "veto-not-found"
    detail = "没有找到这项一票否决"


class VetoAlreadyLifted(problems.Conflict):
    code = "veto-already-lifted"
    detail = "这项一票否决已经解除"


VETOES = of_review("一票否决", Veto, VetoRead, VetoNotFound)


async def _seen(db: AsyncSession, actor: Actor, review_id: UUID) -> Select[Any]:
    """All of a review for those who conduct it; for others those about themselves and what they speak for."""
    access = await enter(db, actor, review_id)
    own = {*access.actor.office_ids, access.actor.person}
    return VETOES.rows() if access.conducts else VETOES.rows().where(Veto.subject_id.in_(own))


async def page(db: AsyncSession, wanted: VetoListing, *, actor: Actor) -> Page[VetoRead]:
    return await VETOES.page_of(db, await _seen(db, actor, wanted.review_id), wanted)


async def export(wanted: VetoListing, to: Export) -> Response:
    return await VETOES.export_of(await _seen(to.db, to.actor, wanted.review_id), wanted, to)


async def record(db: AsyncSession, given: VetoRecord, *, today: date, actor: Actor) -> Veto:
    """Only the superior, only before the inputs are frozen; later the review has to be reopened."""
    access = await enter_for(db, actor, given.review_id, RECORD_VETO)
    await subject_of(db, given.review_id, given.subject_id)
    await refuse_own_case(db, access, given.subject_id)
    veto = Veto(**given.model_dump(), root_id=access.review.root_id, recorded_by=actor.subject, recorded_on=today)
    db.add(veto)
    await _record_change(db, veto, access, actor)
    return veto


async def lift(db: AsyncSession, veto_id: UUID, reason: str, *, today: date, actor: Actor, if_match: int) -> Veto:
    """After the freeze a lifted veto takes effect with an upheld objection, which re-reads the inputs."""
    veto, access = await VETOES.take(db, actor, veto_id, LIFT_VETO, if_match=if_match)
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
