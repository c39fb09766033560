from datetime import date

from sqlalchemy import Text, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from records.registers import Register
from records.voiding import refuse_void, void_row
from roster.queries import name_of
from scoring.honours.complaints import queries
from scoring.honours.complaints.events import ComplaintChanged
from scoring.honours.complaints.kinds import ComplaintSource, ComplaintState
from scoring.honours.complaints.models import Complaint
from scoring.honours.complaints.rules import lowered
from scoring.honours.complaints.schemas import ComplaintDecision, ComplaintFile, ComplaintHearing, ComplaintRead
from scoring.honours.stars.models import Star
from scoring.honours.stars.queries import current_star, is_succeeded
from scoring.honours.stars.schemas import StarAdjustment
from scoring.honours.stars.service import StarNotCurrent, adjust, star_seen_by
from scoring.reference.policies.models import PolicyName
from scoring.reference.policies.queries import whole_number
from scoring.reference.projections.queries import subject_name
from scoring.reviews.access.models import Review
from scoring.reviews.access.service import (
    NotYourReview,
    OnlyTheSuperior,
    OwnCase,
    ReviewAccess,
    enter,
    hidden_as,
    refuse_own_case,
)
from scoring.reviews.cycles.models import Cycle

LOWERED = "群众反映经查属实,减 {stars} 星"
"""What is published with the star; the words of the decision are for those whom it concerns."""


class ComplaintNotFound(problems.NotFound):
    code = "complaint-not-found"
    detail = "没有找到这件群众反映,或不在您的管理范围内"


class HearingRequired(problems.Conflict):
    code = "hearing-required"
    detail = "须先听取本人或本组织的意见,才能认定"


class ComplaintAlreadyDecided(problems.Conflict):
    code = "complaint-already-decided"
    detail = "这件反映已经认定,一件反映只处理一次;认定有误的,由上级党组织另行调整星级并说明理由"


class DayOutOfOrder(problems.Unprocessable):
    code = "day-out-of-order"
    detail = "反映、听取意见的日期须依次先后,且不晚于今天"


CYCLE_NAME = select(Cycle.name).where(Cycle.id == Complaint.cycle_id).scalar_subquery()
STARS_LEFT = select(func.concat(cast(Star.level, Text), " 星")).where(Star.id == Complaint.lowered_star_id)
COMPLAINTS = Register(
    "群众反映",
    Complaint,
    ComplaintRead,
    ComplaintNotFound,
    queries.seen,
    derived={
        "organization_name": name_of(Complaint.organization_id),
        "cycle_name": CYCLE_NAME,
        "subject_name": subject_name(Complaint.subject_id),
        "lowered_star_name": STARS_LEFT.scalar_subquery(),
    },
)


async def file(db: AsyncSession, new: ComplaintFile, *, today: date, actor: Actor) -> Complaint:
    star = await star_seen_by(db, actor, new.star_id)
    if not star.is_current or await is_succeeded(db, star):
        raise StarNotCurrent
    if new.filed_on > today:
        raise DayOutOfOrder
    complaint = Complaint(
        **new.model_dump(exclude={"star_id"}),
        root_id=star.root_id,
        organization_id=await db.scalar(select(Review.organization_id).where(Review.id == star.review_id)),
        review_id=star.review_id,
        cycle_id=star.cycle_id,
        subject_kind=star.subject_kind,
        subject_id=star.subject_id,
        complainant_id=actor.person,
        recorded_by=actor.subject,
    )
    db.add(complaint)
    await _tell(db, complaint, actor)
    return complaint


async def hear(
    db: AsyncSession, complaint: Complaint, said: ComplaintHearing, *, today: date, actor: Actor
) -> Complaint:
    """By whoever reviews the subject, or their superior; what lowering the star would lead to is proposed at once."""
    access = await _enter(db, complaint, actor, lock=True)
    if not access.conducts:
        raise NotYourReview
    await _refuse_concerned(db, access, complaint)
    _require_open(complaint)
    if not complaint.filed_on <= said.heard_on <= today:
        raise DayOutOfOrder
    _, proposed = await _proposal(db, complaint, today)
    complaint.state, complaint.heard_on, complaint.hearing = ComplaintState.HEARD, said.heard_on, said.hearing
    complaint.proposed_level = proposed
    await _tell(db, complaint, actor)
    return complaint


async def decide(
    db: AsyncSession, complaint: Complaint, given: ComplaintDecision, *, today: date, actor: Actor
) -> Complaint:
    """Upheld, the star is superseded by one lowered by the step in force: once, for a decided one is not decided again.

    The step is taken from the star that stands today: another complaint may have lowered it since the hearing.
    """
    access = await _enter(db, complaint, actor, lock=True)
    if not access.is_superior:
        raise OnlyTheSuperior
    await _refuse_concerned(db, access, complaint)
    _require_open(complaint)
    if complaint.hearing is None:
        raise HearingRequired
    fresh = await _lower(db, complaint, complaint.hearing, today=today, actor=actor) if given.is_upheld else None
    complaint.state = ComplaintState.UPHELD if given.is_upheld else ComplaintState.DISMISSED
    complaint.decided_on, complaint.reason = today, given.reason
    if fresh is not None:
        complaint.proposed_level, complaint.lowered_star_id = fresh.level, fresh.id
    await _tell(db, complaint, actor)
    return complaint


async def void(db: AsyncSession, complaint: Complaint, reason: str, *, actor: Actor) -> Complaint:
    access = await _enter(db, complaint, actor)
    if not access.is_superior:
        raise OnlyTheSuperior
    await _refuse_concerned(db, access, complaint)
    _require_open(complaint)
    void_row(db, complaint, reason)
    await _tell(db, complaint, actor)
    return complaint


async def _lower(db: AsyncSession, complaint: Complaint, hearing: str, *, today: date, actor: Actor) -> Star | None:
    """None where there is no star left to take."""
    star, proposed = await _proposal(db, complaint, today)
    if star is None or proposed is None:
        raise StarNotCurrent
    if proposed == star.level:
        return None
    reason = LOWERED.format(stars=star.level - proposed)
    change = StarAdjustment.model_construct(level=proposed, reason=reason, hearing=hearing)
    return await adjust(db, star.id, change, today=today, actor=actor, if_match=star.version)


async def _proposal(db: AsyncSession, complaint: Complaint, today: date) -> tuple[Star | None, int | None]:
    star = await current_star(db, complaint.cycle_id, complaint.subject_id)
    step = await whole_number(db, PolicyName.COMPLAINT_LOWERED_STARS, today, root_id=complaint.root_id)
    return star, lowered(star.level, step) if star else None


async def _enter(db: AsyncSession, complaint: Complaint, actor: Actor, *, lock: bool = False) -> ReviewAccess:
    """Under the lock of the review no star of it changes beside this."""
    with hidden_as(ComplaintNotFound):
        return await enter(db, actor, complaint.review_id, lock=lock)


async def _refuse_concerned(db: AsyncSession, access: ReviewAccess, complaint: Complaint) -> None:
    """Neither about oneself nor about what one complained of oneself."""
    await refuse_own_case(db, access, complaint.subject_id)
    person = complaint.complainant_id
    is_own = complaint.recorded_by == access.actor.subject or (person is not None and person == access.actor.person)
    if complaint.source is ComplaintSource.OWN and is_own:
        raise OwnCase


def _require_open(complaint: Complaint) -> None:
    refuse_void(complaint)
    if complaint.decided_on is not None:
        raise ComplaintAlreadyDecided


async def _tell(db: AsyncSession, complaint: Complaint, actor: Actor) -> None:
    await db.flush()
    told = ComplaintChanged(
        id=complaint.id,
        organization_id=complaint.organization_id,
        subject_kind=complaint.subject_kind,
        subject_id=complaint.subject_id,
        state=complaint.state,
        lowered_star_id=complaint.lowered_star_id,
        is_void=complaint.void_reason is not None,
        revision=complaint.version,
    )
    await record_event(db, told, subject=told.id, version=complaint.version, root_id=complaint.root_id, actor=actor)
