from sqlalchemy import ColumnElement, ScalarSelect, and_, func, select

from training.kinds import MeetingState
from training.meetings.meetings.models import Meeting
from training.studies.plans.models import TrainingPlan

QUARTER_OF_MEETING = func.extract("quarter", Meeting.held_on)
IS_OF_PLAN = and_(
    Meeting.organization_id == TrainingPlan.organization_id,
    Meeting.kind == TrainingPlan.kind,
    Meeting.state == MeetingState.CONFIRMED,
    Meeting.is_valid.is_(True),
    func.extract("year", Meeting.held_on) == TrainingPlan.year,
    TrainingPlan.quarter == QUARTER_OF_MEETING,
)


def done() -> ScalarSelect[int]:
    """What the organisation itself held in the quarter: confirmed and valid."""
    return select(func.count()).select_from(Meeting).where(IS_OF_PLAN).correlate(TrainingPlan).scalar_subquery()


def is_fulfilled() -> ColumnElement[bool]:
    return done() >= TrainingPlan.planned
