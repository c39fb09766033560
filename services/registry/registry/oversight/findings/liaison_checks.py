"""Appeals: which of them nobody answered by their day."""

from datetime import date
from typing import Any

from sqlalchemy import Select

from records.findings import found
from registry.liaison.appeals.models import Appeal
from registry.liaison.appeals.queries import overdue_on


def appeal_overdue(day: date) -> Select[Any]:
    """It is about the member who raised it, who says of it neither that it is done nor that it may wait."""
    query = found(
        subject=Appeal.id,
        name=Appeal.topic,
        organization=Appeal.organization_id,
        since=Appeal.due_on + 1,
        due_on=Appeal.due_on,
        person=Appeal.author_member_id,
    )
    return query.where(overdue_on(day))
