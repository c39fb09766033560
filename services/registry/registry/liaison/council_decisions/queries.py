from datetime import date

from sqlalchemy import ColumnElement, and_, or_

from registry.liaison.council_decisions.models import CouncilDecision


def done_or_not(wanted: bool) -> ColumnElement[bool]:
    return CouncilDecision.done_on.is_not(None) if wanted else CouncilDecision.done_on.is_(None)


def is_overdue_on(day: date) -> ColumnElement[bool]:
    """Not done by then, though its day was over."""
    still_open = or_(CouncilDecision.done_on.is_(None), CouncilDecision.done_on > day)
    return and_(CouncilDecision.void_reason.is_(None), CouncilDecision.due_on < day, still_open)
