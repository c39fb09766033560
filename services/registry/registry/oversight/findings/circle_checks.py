"""Activity circles: whose centre lacks an instructor or a teacher."""

from datetime import date
from typing import Any

from sqlalchemy import Select, func

from records.findings import found
from registry.circles.circles.models import Circle
from registry.circles.circles.queries import open_on
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
