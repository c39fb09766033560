"""Activity circles: whose centre lacks an instructor or a teacher, and owes an answer."""

from datetime import date
from typing import Any

from sqlalchemy import Select, func

from records.findings import found
from registry.circles.circles.models import Circle
from registry.circles.circles.queries import open_on
from registry.circles.service_requests.models import ServiceRequest
from registry.circles.service_requests.queries import overdue_on
from registry.circles.staffing.kinds import CentreStaffKind
from registry.circles.staffing.queries import kinds_serving


def without_staff(day: date) -> Select[Any]:
    """`value` is how many of the two are lacking."""
    serving = kinds_serving(day).subquery()
    lacking = len(CentreStaffKind) - func.coalesce(serving.c.kinds, 0)
    query = found(
        subject=Circle.id,
        name=Circle.name,
        organization=Circle.organization_id,
        since=Circle.opened_on,
        value=lacking,
    )
    query = query.outerjoin(serving, serving.c.circle_id == Circle.id)
    return query.where(open_on(day), lacking > 0)


def request_overdue(day: date) -> Select[Any]:
    """It is about the member who asked, who says of it neither that it is done nor that it may wait."""
    query = found(
        subject=ServiceRequest.id,
        name=ServiceRequest.topic,
        organization=ServiceRequest.organization_id,
        since=ServiceRequest.due_on + 1,
        due_on=ServiceRequest.due_on,
        person=ServiceRequest.member_id,
    )
    return query.where(overdue_on(day))
