"""What is counted before a review leaves its step: each query looks at one domain."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from roster.models import Member, PartyOrganization
from scoring.points.claims.models import Claim, ClaimState
from scoring.reviews.access.models import Review, ReviewSubject
from scoring.reviews.access.rules import StepFacts
from scoring.reviews.ballots.models import Ballot, BallotKind, BallotState
from scoring.reviews.ballots.queries import counted_ballots
from scoring.reviews.cycles.models import Cycle
from scoring.reviews.cycles.rules import State
from scoring.reviews.notices.models import Notice, NoticeState, Objection, ObjectionState
from scoring.reviews.pledges.models import Pledge, PledgeExemption, PledgeState
from scoring.reviews.pledges.rules import FEWEST
from scoring.reviews.ratings.models import Rating
from scoring.reviews.reports.models import Report
from scoring.reviews.resolutions.models import ResolutionDecision
from scoring.reviews.surveys.models import SurveyAbsence, SurveyKind, SurveyResult

Facts = dict[str, Any]


async def facts_of(db: AsyncSession, review: Review, cycle: Cycle, today: date) -> StepFacts:
    facts: Facts = {"subjects": await _count(db, _subjects(review.id))}
    gather = GATHERERS.get(review.state)
    if gather is not None:
        facts |= await gather(db, review, cycle, today)
    return StepFacts(**facts)


async def _pledges(db: AsyncSession, review: Review, _: Cycle, __: date) -> Facts:
    approved = (
        select(func.count())
        .where(_of_subject(Pledge.review_id, Pledge.subject_id), Pledge.state == PledgeState.APPROVED)
        .correlate(ReviewSubject)
        .scalar_subquery()
    )
    exempted = exists().where(_of_subject(PledgeExemption.review_id, PledgeExemption.subject_id))
    lacking = _subjects(review.id).where(_is_active(), ~exempted, approved < FEWEST)
    return {"subjects_without_pledges": await _count(db, lacking)}


async def _practice(db: AsyncSession, review: Review, cycle: Cycle, today: date) -> Facts:
    waiting = (
        select(Claim.id)
        .join(ReviewSubject, ReviewSubject.subject_id == Claim.subject_id)
        .where(
            ReviewSubject.review_id == review.id,
            Claim.state == ClaimState.PENDING,
            Claim.occurred_on.between(cycle.period_from, cycle.period_to),
        )
    )
    return {"is_period_over": today > cycle.period_to, "undecided_claims": await _count(db, waiting)}


async def _reports(db: AsyncSession, review: Review, _: Cycle, __: date) -> Facts:
    given = exists().where(_of_subject(Report.review_id, Report.subject_id))
    return {"reports_missing": await _count(db, _subjects(review.id).where(_is_active(), ~given))}


async def _appraisals(db: AsyncSession, review: Review, _: Cycle, __: date) -> Facts:
    ballots = select(Ballot.id).where(Ballot.review_id == review.id)
    valid = ballots.where(Ballot.kind == BallotKind.DEMOCRATIC, Ballot.state == BallotState.CLOSED, Ballot.is_valid)
    counted = exists().where(
        _of_subject(SurveyResult.review_id, SurveyResult.subject_id), SurveyResult.kind == SurveyKind.PUBLIC
    )
    absent = exists().where(_of_subject(SurveyAbsence.review_id, SurveyAbsence.subject_id))
    return {
        "open_ballots": await _count(db, ballots.where(Ballot.state == BallotState.OPEN)),
        "valid_ballots": await _count(db, valid),
        "counted_ballots": await _count(db, counted_ballots(review.id, BallotKind.DEMOCRATIC)),
        "surveys_missing": await _count(db, _subjects(review.id).where(_is_active(), ~counted, ~absent)),
    }


async def _comparison(db: AsyncSession, review: Review, _: Cycle, __: date) -> Facts:
    rated = exists().where(_of_subject(Rating.review_id, Rating.subject_id), Rating.is_current)
    return {"subjects_unrated": await _count(db, _subjects(review.id).where(~rated))}


async def _notices(db: AsyncSession, review: Review, _: Cycle, today: date) -> Facts:
    notices = select(Notice.id).where(Notice.review_id == review.id)
    current = exists().where(
        _of_subject(Notice.review_id, Notice.subject_id), Notice.state.in_((NoticeState.RUNNING, NoticeState.STOPPED))
    )
    objections = select(Objection.id).where(Objection.review_id == review.id, Objection.state == ObjectionState.OPEN)
    return {
        "notices_missing": await _count(db, _subjects(review.id).where(~current)),
        "notices_running": await _count(
            db, notices.where(Notice.state == NoticeState.RUNNING, Notice.ends_on >= today)
        ),
        "open_objections": await _count(db, objections),
    }


async def _resolution(db: AsyncSession, review: Review, _: Cycle, __: date) -> Facts:
    decided = exists().where(
        _of_subject(ResolutionDecision.review_id, ResolutionDecision.subject_id), ResolutionDecision.is_standing
    )
    return {"is_resolved": await _count(db, _subjects(review.id).where(~decided)) == 0}


GATHERERS: Mapping[State, Callable[[AsyncSession, Review, Cycle, date], Awaitable[Facts]]] = {
    State.PLEDGE: _pledges,
    State.PRACTISE: _practice,
    State.REPORT: _reports,
    State.APPRAISE: _appraisals,
    State.COMPARE: _comparison,
    State.PUBLICISE: _notices,
    State.DELIBERATE: _resolution,
}


def _subjects(review_id: UUID) -> Select[UUID]:
    return select(ReviewSubject.subject_id).where(ReviewSubject.review_id == review_id)


def _of_subject(review_id: Any, subject_id: Any) -> ColumnElement[bool]:
    return and_(review_id == ReviewSubject.review_id, subject_id == ReviewSubject.subject_id)


def _is_active() -> ColumnElement[bool]:
    """Who left or was dissolved in the meantime holds up nobody."""
    member = exists().where(Member.id == ReviewSubject.subject_id, Member.is_active)
    organization = exists().where(PartyOrganization.id == ReviewSubject.subject_id, PartyOrganization.is_active)
    return member | organization


async def _count(db: AsyncSession, query: Select[Any]) -> int:
    return await db.scalar(select(func.count()).select_from(query.subquery())) or 0
