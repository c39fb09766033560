from typing import Any

from sqlalchemy import select

from registry.liaison.council_meetings.models import CouncilMeeting


def title_of(meeting_id: Any) -> Any:
    """The title beside a meeting's id, as a column of the row that has the id."""
    return select(CouncilMeeting.title).where(CouncilMeeting.id == meeting_id).scalar_subquery()
