from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from registry.circles.staffing.models import CentreStaff


def serving_on(day: date) -> ColumnElement[bool]:
    return and_(
        CentreStaff.void_reason.is_(None),
        CentreStaff.valid_from <= day,
        or_(CentreStaff.ended_on.is_(None), CentreStaff.ended_on > day),
    )


def kinds_serving(day: date) -> Select[*tuple[object, ...]]:
    """By circle: how many kinds of staff its centre has on a day."""
    number = func.count(func.distinct(CentreStaff.kind)).label("kinds")
    return select(CentreStaff.circle_id, number).where(serving_on(day)).group_by(CentreStaff.circle_id)
