from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import Payload, entry, record_event, record_events
from scoring.points.evidence import queries as evidence
from scoring.reviews.access.registers import of_review
from scoring.reviews.access.rules import DECIDE_PLEDGES, RATE_PLEDGES, SUBMIT_PLEDGES
from scoring.reviews.access.service import (
    ReviewAccess,
    enter_for,
    paper_behind,
    refuse_own_case,
    subject_of,
)
from scoring.reviews.pledges import queries, rules
from scoring.reviews.pledges.events import PledgeApproved, PledgeExempted, PledgeRated, PledgeReturned, PledgeSubmitted
from scoring.reviews.pledges.models import Fulfilment, Pledge, PledgeExemption, PledgeState
from scoring.reviews.pledges.schemas import (
    ExemptionRecord,
    PledgeDecision,
    PledgePosted,
    PledgeRating,
    PledgeRead,
    PledgeSubmit,
)


class PledgeNotFound(problems.NotFound):
    code = "pledge-not-found"
    detail = "没有找到这项承诺"


class TooManyPledges(problems.Conflict):
    code = "too-many-pledges"
    detail = "每名对象承诺 2 至 5 项,已超过 5 项"


class PledgeAlreadyDecided(problems.Conflict):
    code = "pledge-already-decided"
    detail = "这项承诺已经审定"


class PledgeNotApproved(problems.Conflict):
    code = "pledge-not-approved"
    detail = "未经审定的承诺不能评定兑现情况"


class ExemptionExists(problems.Conflict):
    code = "pledge-exemption-exists"
    detail = "这名对象已登记免承诺"


CONSTRAINTS: dict[str, type[problems.Problem]] = {"pk_pledge_exemptions": ExemptionExists}

PLEDGES = of_review("承诺", Pledge, PledgeRead, PledgeNotFound, paper_file_name=evidence.name_of(Pledge.paper_file_id))
POSTED = of_review("承诺公示", Pledge, PledgePosted, PledgeNotFound)
IS_POSTED = Pledge.state == PledgeState.APPROVED


async def submit(db: AsyncSession, offer: PledgeSubmit, *, today: date, actor: Actor) -> Sequence[Pledge]:
    """Returned pledges give their place to new ones, and those entered from a paper to the subject's own."""
    access = await enter_for(db, actor, offer.review_id, SUBMIT_PLEDGES)
    await subject_of(db, offer.review_id, offer.subject_id)
    paper = await paper_behind(db, access, offer.subject_id, offer.paper_file_id)
    known = await queries.of_subject(db, offer.review_id, offer.subject_id)
    given_up = [one for one in known if one.state is PledgeState.RETURNED or (paper is None and one.paper_file_id)]
    await _give_up(db, given_up, access, actor)
    free = rules.free_positions({one.position for one in known} - {one.position for one in given_up})
    if len(offer.contents) > len(free):
        raise TooManyPledges
    pledges = [
        Pledge(
            root_id=access.review.root_id,
            review_id=offer.review_id,
            subject_id=offer.subject_id,
            position=position,
            content=content,
            submitted_on=today,
            paper_file_id=paper,
        )
        for position, content in zip(free, offer.contents, strict=False)
    ]
    db.add_all(pledges)
    await db.flush()
    told = [_entry(one, access, PledgeSubmitted(**_facts(one, access))) for one in pledges]
    await record_events(db, told, actor)
    return pledges


async def _give_up(db: AsyncSession, pledges: Sequence[Pledge], access: ReviewAccess, actor: Actor) -> None:
    """What was not returned before is told as returned: its words were not the subject's own."""
    replaced = [one for one in pledges if one.state is not PledgeState.RETURNED]
    await record_events(db, [_entry(one, access, PledgeReturned(**_facts(one, access))) for one in replaced], actor)
    for pledge in pledges:
        await db.delete(pledge)
    await db.flush()


async def decide(
    db: AsyncSession, pledge_id: UUID, decision: PledgeDecision, *, today: date, actor: Actor, if_match: int
) -> Pledge:
    pledge, access = await PLEDGES.take(db, actor, pledge_id, DECIDE_PLEDGES, if_match=if_match)
    if pledge.state is not PledgeState.SUBMITTED:
        raise PledgeAlreadyDecided
    await refuse_own_case(db, access, pledge.subject_id)
    pledge.state = PledgeState.APPROVED if decision.approved else PledgeState.RETURNED
    pledge.decided_by, pledge.decided_on, pledge.comment = actor.subject, today, decision.comment
    await db.flush()
    facts = _facts(pledge, access)
    decided = PledgeApproved(**facts, approved_on=today) if decision.approved else PledgeReturned(**facts)
    await record_events(db, [_entry(pledge, access, decided)], actor)
    return pledge


async def rate(
    db: AsyncSession, pledge_id: UUID, rating: PledgeRating, *, today: date, actor: Actor, if_match: int
) -> Pledge:
    pledge, access = await PLEDGES.take(db, actor, pledge_id, RATE_PLEDGES, if_match=if_match)
    if pledge.state is not PledgeState.APPROVED:
        raise PledgeNotApproved
    await refuse_own_case(db, access, pledge.subject_id)
    pledge.fulfilment, pledge.rated_by, pledge.rated_on = rating.fulfilment, actor.subject, today
    pledge.comment = rating.comment
    await db.flush()
    rated = PledgeRated(
        **_facts(pledge, access),
        revision=pledge.version,
        rated_on=today,
        fulfilment=rating.fulfilment,
        is_fulfilled=rating.fulfilment is Fulfilment.FULFILLED,
    )
    await record_events(db, [_entry(pledge, access, rated)], actor)
    return pledge


async def exempt(db: AsyncSession, record: ExemptionRecord, *, today: date, actor: Actor) -> PledgeExemption:
    access = await enter_for(db, actor, record.review_id, DECIDE_PLEDGES)
    await subject_of(db, record.review_id, record.subject_id)
    await refuse_own_case(db, access, record.subject_id)
    exemption = PledgeExemption(
        review_id=record.review_id,
        subject_id=record.subject_id,
        root_id=access.review.root_id,
        reason=record.reason,
        recorded_by=actor.subject,
        recorded_on=today,
    )
    db.add(exemption)
    await db.flush()
    payload = PledgeExempted(
        review_id=record.review_id, subject_id=record.subject_id, subject_kind=access.cycle.subject_kind
    )
    root_id, path = exemption.root_id, access.path
    await record_event(db, payload, subject=record.subject_id, root_id=root_id, path=path, actor=actor)
    return exemption


def _facts(pledge: Pledge, access: ReviewAccess) -> dict[str, Any]:
    return {
        "pledge_id": pledge.id,
        "review_id": pledge.review_id,
        "organization_id": access.review.organization_id,
        "subject_id": pledge.subject_id,
        "subject_kind": access.cycle.subject_kind,
        "content": pledge.content,
    }


def _entry(pledge: Pledge, access: ReviewAccess, payload: Payload) -> dict[str, Any]:
    return entry(payload, subject=pledge.id, version=pledge.version, root_id=pledge.root_id, path=access.path)
