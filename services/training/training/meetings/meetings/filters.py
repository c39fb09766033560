"""What a list of meetings may be narrowed by, as it travels."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from kit.edge import BusinessDate
from training.kinds import MeetingKind, MeetingState
from training.meetings.meetings.queries import MeetingFilter


async def _meeting_filter(
    kind: Annotated[list[MeetingKind], Query(description="类型,可重复", max_length=20)] = [],  # noqa: B006 - FastAPI copies it
    state: Annotated[list[MeetingState], Query(description="状态,可重复", max_length=5)] = [],  # noqa: B006 - FastAPI copies it
    organization_id: Annotated[UUID | None, Query(description="该党组织及其下级")] = None,
    held_from: Annotated[BusinessDate | None, Query(description="召开日期起")] = None,
    held_to: Annotated[BusinessDate | None, Query(description="召开日期止")] = None,
) -> MeetingFilter:
    return MeetingFilter(kind, state, organization_id, held_from, held_to)


MeetingFilters = Annotated[MeetingFilter, Depends(_meeting_filter)]
