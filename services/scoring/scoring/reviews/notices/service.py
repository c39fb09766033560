from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records import publicity
from records.events import Payload, record_event
from records.publicity import NoticeClock
from scoring.reference.working_days.queries import calendar_from
from scoring.reference.working_days.service import counting
from scoring.reviews.access.registers import of_review
from scoring.reviews.access.rules import DECIDE_OBJECTIONS, FILE_OBJECTION
from scoring.reviews.access.service import (
    OnlyTheSuperior,
    OwnCase,
    ReviewAccess,
    enter_for,
    refuse_own_case,
    subject_of,
)
from scoring.reviews.notices import queries
from scoring.reviews.notices.events import NoticesClosed, NoticesOpened, ObjectionDecided, ObjectionFiled
from scoring.reviews.notices.models import Notice, NoticeState, Objection, ObjectionState
from scoring.reviews.notices.schemas import NoticeRead, ObjectionDecision, ObjectionFile, ObjectionRead
from scoring.reviews.ratings.queries import inputs_differ, stars_proposed
from scoring.reviews.ratings.rules import Part, SetAside, Upheld
from scoring.reviews.ratings.service import freeze_again, rate


class NoticeOver(problems.Conflict):
    code = "notice-over"
    detail = "公示期已满,不再受理异议"


class NoticeNotFound(problems.NotFound):
    code = "notice-not-found"
    detail = "没有找到这项公示"


class ObjectionNotFound(problems.NotFound):
    code = "objection-not-found"
    detail = "没有找到这项异议"


class ObjectionAlreadyDecided(problems.Conflict):
    code = "objection-already-decided"
    detail = "这项异议已经答复"


class ObjectionStillOpen(problems.Conflict):
    code = "objection-still-open"
    detail = "您对这名对象的异议尚未答复,请等答复后再提"


class NewFactsRequired(problems.Conflict):
    code = "new-facts-required"
    detail = "您对这名对象的异议已答复不成立,再次提出须写明新的事实,由上级党组织答复"


class ObjectionChangesNothing(problems.Conflict):
    code = "objection-changes-nothing"
    detail = "按所写部分重新核计,结果的依据与公示的相同:请先更正依据,或写明哪一部分不计入,否则应答复不成立"


NOTICES = of_review("公示栏", Notice, NoticeRead, NoticeNotFound)


def _answered(row: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept as text, as the parts it names."""
    parts = [one for one in Part if one.value in row["parts"]]
    return {**row, "parts": parts, "set_aside": [one for one in SetAside if one.value in row["set_aside"]]}


OBJECTIONS = replace(
    of_review(
        "异议",
        Objection,
        ObjectionRead,
        ObjectionNotFound,
        indicators_set_aside_names=queries.names_set_aside(Objection.review_id, Objection.indicators_set_aside),
    ),
    readable=_answered,
)


async def open_notices(db: AsyncSession, access: ReviewAccess, *, today: date, actor: Actor) -> dict[str, object]:
    """One notice a subject, with the same clock; it stands still where an objection of before is still open."""
    review = access.review
    proposed = await stars_proposed(db, review.id)
    rounds = await queries.last_rounds(db, review.id)
    days = access.cycle.notice_working_days
    clock = counting(publicity.started, today, days, await calendar_from(db, today))
    still = await queries.subjects_objected_to(db, review.id)
    for subject_id, stars in proposed.items():
        notice = _notice(access, subject_id, rounds.get(subject_id, 0) + 1, stars, clock, today)
        if subject_id in still:
            set_clock(notice, NoticeClock(days, None, None))
        db.add(notice)
    await db.flush()
    opened = NoticesOpened(review_id=review.id, ends_on=clock.ends_on, subjects=len(proposed))
    await _record_notices(db, access, opened, actor)
    return {"notices": len(proposed), "ends_on": str(clock.ends_on)}


def _notice(
    access: ReviewAccess, subject_id: UUID, number: int, stars: int | None, clock: NoticeClock, today: date
) -> Notice:
    return Notice(
        root_id=access.review.root_id,
        review_id=access.review.id,
        subject_id=subject_id,
        round=number,
        proposed_stars=stars,
        opened_on=today,
        days_left=clock.days_left,
        running_since=clock.running_since,
        ends_on=clock.ends_on,
    )


def clock_of(notice: Notice) -> NoticeClock:
    return NoticeClock(notice.days_left, notice.running_since, notice.ends_on)


def set_clock(notice: Notice, clock: NoticeClock) -> None:
    notice.days_left, notice.running_since, notice.ends_on = clock.days_left, clock.running_since, clock.ends_on
    notice.state = NoticeState.STOPPED if clock.ends_on is None else NoticeState.RUNNING


async def close_notices(db: AsyncSession, access: ReviewAccess, *, state: NoticeState, actor: Actor) -> None:
    """At the end of the step, or (replaced) when the review is reopened."""
    notices = await queries.current_notices(db, access.review.id)
    for notice in notices:
        if notice.ends_on is None:
            notice.running_since = notice.ends_on = notice.opened_on
        notice.state = state
    await db.flush()
    if notices:
        closed = NoticesClosed(review_id=access.review.id, subjects=len(notices), state=state)
        await _record_notices(db, access, closed, actor)


async def file(db: AsyncSession, given: ObjectionFile, *, today: date, actor: Actor) -> Objection:
    """Anybody who can see the review may object while the notice runs; the clock of that subject stops."""
    access = await enter_for(db, actor, given.review_id, FILE_OBJECTION)
    await subject_of(db, given.review_id, given.subject_id)
    notice = await queries.current_notice(db, given.review_id, given.subject_id)
    if notice is None or publicity.has_run_out(clock_of(notice), today):
        raise NoticeOver
    await _refuse_repetition(db, given, actor)
    calendar = await calendar_from(db, notice.opened_on)
    set_clock(notice, counting(publicity.stopped, clock_of(notice), today, calendar))
    objection = Objection(
        **given.model_dump(),
        root_id=access.review.root_id,
        notice_id=notice.id,
        filed_by=actor.subject,
        person_id=actor.person,
        filed_on=today,
    )
    db.add(objection)
    await db.flush()
    filed = ObjectionFiled(
        objection_id=objection.id, review_id=objection.review_id, subject_id=objection.subject_id, filed_on=today
    )
    await _record_objection(db, access, objection, filed, actor)
    return objection


async def _refuse_repetition(db: AsyncSession, given: ObjectionFile, actor: Actor) -> None:
    """One open objection a person and subject; after a rejection only with new facts. The review is locked."""
    states = await queries.earlier_states(
        db, given.review_id, given.subject_id, account=actor.subject, person=actor.person
    )
    if ObjectionState.OPEN in states:
        raise ObjectionStillOpen
    if ObjectionState.REJECTED in states and given.new_facts is None:
        raise NewFactsRequired


async def decide(
    db: AsyncSession,
    objection_id: UUID,
    decision: ObjectionDecision,
    *,
    today: date,
    now: datetime,
    actor: Actor,
    if_match: int,
) -> Objection:
    objection, access = await OBJECTIONS.take(db, actor, objection_id, DECIDE_OBJECTIONS, if_match=if_match)
    if objection.state is not ObjectionState.OPEN:
        raise ObjectionAlreadyDecided
    await refuse_own_case(db, access, objection.subject_id)
    if objection.new_facts is not None and not access.is_superior:
        raise OnlyTheSuperior
    if actor.subject == objection.filed_by or (actor.person is not None and actor.person == objection.person_id):
        raise OwnCase
    objection.state = ObjectionState.UPHELD if decision.upheld else ObjectionState.REJECTED
    objection.reply, objection.decided_by, objection.decided_on = decision.reply, actor.subject, today
    answer = Upheld(decision.parts, decision.set_aside, sorted(set(decision.indicators_set_aside)))
    objection.parts = [one.value for one in answer.parts]
    objection.set_aside = [one.value for one in answer.set_aside]
    objection.indicators_set_aside = list(answer.indicators_set_aside)
    await db.flush()
    if decision.upheld:
        await _rate_again(db, access, objection, answer, now)
    await _run_on(db, access, objection, today)
    await _record_objection(db, access, objection, _decided(objection, answer, today), actor)
    return objection


def _decided(objection: Objection, answer: Upheld, today: date) -> ObjectionDecided:
    return ObjectionDecided(
        objection_id=objection.id,
        review_id=objection.review_id,
        subject_id=objection.subject_id,
        state=objection.state,
        decided_on=today,
        parts=list(answer.parts),
        set_aside=list(answer.set_aside),
        indicators_set_aside=list(answer.indicators_set_aside),
    )


async def _rate_again(
    db: AsyncSession, access: ReviewAccess, objection: Objection, answer: Upheld, now: datetime
) -> None:
    """Only the subject of the objection, only the parts it was about; the answer has to change what is counted."""
    subject_id, review_id = objection.subject_id, access.review.id
    cause = f"objection:{objection.id}"
    await freeze_again(db, access, subject_id, answer, cause=cause, now=now)
    if not await inputs_differ(db, review_id, subject_id):
        raise ObjectionChangesNothing
    await rate(db, review_id, now=now, subject_id=subject_id)


async def _run_on(db: AsyncSession, access: ReviewAccess, objection: Objection, today: date) -> None:
    """Upheld: a new round with its full time. Rejected: the clock runs on. Another open objection keeps it still."""
    review_id, subject_id = objection.review_id, objection.subject_id
    notice = await queries.current_notice(db, review_id, subject_id)
    if notice is None:
        return
    calendar = await calendar_from(db, today)
    days = access.cycle.notice_working_days
    is_still = await queries.open_objections(db, review_id, subject_id) > 0
    if objection.state is ObjectionState.UPHELD:
        notice.state, notice.running_since, notice.ends_on = NoticeState.REPLACED, notice.opened_on, today
        await db.flush()
        stars = (await stars_proposed(db, review_id))[subject_id]
        clock = counting(publicity.started, today, days, calendar)
        notice = _notice(access, subject_id, notice.round + 1, stars, clock, today)
        db.add(notice)
        if is_still:
            set_clock(notice, NoticeClock(days, None, None))
    elif not is_still:
        set_clock(notice, counting(publicity.resumed, clock_of(notice), today, calendar))
    await db.flush()


async def _record_objection(
    db: AsyncSession, access: ReviewAccess, objection: Objection, payload: Payload, actor: Actor
) -> None:
    root_id, path = objection.root_id, access.path
    await record_event(
        db, payload, subject=objection.id, version=objection.version, root_id=root_id, path=path, actor=actor
    )


async def _record_notices(db: AsyncSession, access: ReviewAccess, payload: Payload, actor: Actor) -> None:
    review = access.review
    await record_event(
        db, payload, subject=review.id, version=review.version, root_id=review.root_id, path=access.path, actor=actor
    )
