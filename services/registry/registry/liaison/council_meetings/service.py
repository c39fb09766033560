"""The joint council of seven bodies: its meetings, and who was there (R33)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from records.registers import Register
from records.voiding import void_row
from registry.dates import DateRules
from registry.liaison.council_meetings.events import CouncilMeetingChanged
from registry.liaison.council_meetings.kinds import CouncilBody
from registry.liaison.council_meetings.models import CouncilMeeting
from registry.liaison.council_meetings.schemas import CouncilMeetingCreate, CouncilMeetingRead
from registry.links import refuse_wrong_dates
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.service import ORGANIZATIONS

DATES = DateRules({"held_on": "召开日期"}, (), facts=frozenset({"held_on"}))


class CouncilMeetingNotFound(problems.NotFound):
    code = "council-meeting-not-found"
    detail = "没有这次联席会议,或不在您的管理范围内"


class UnknownCouncilOrganization(problems.Unprocessable):
    code = "unknown-council-organization"
    detail = "召集的党组织不存在、已撤销,或不在您的管理范围内"


class BodyNamedTwice(problems.Unprocessable):
    code = "body-named-twice"
    detail = "到会成员单位每个只写一次"


def _readable(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**row, "absent": [one for one in CouncilBody if one not in row["absent"]]}


MEETINGS = Register(
    "联席会议",
    CouncilMeeting,
    CouncilMeetingRead,
    CouncilMeetingNotFound,
    organization_queries.belonging(CouncilMeeting.organization_id),
    derived={
        "organization_name": organization_queries.name_of(CouncilMeeting.organization_id),
        "absent": CouncilMeeting.present,
    },
    readable=_readable,
)


async def create(db: AsyncSession, body: CouncilMeetingCreate, *, actor: Actor, today: date) -> CouncilMeeting:
    organization = await ORGANIZATIONS.find(db, actor, body.organization_id)
    if organization is None or not organization.is_active:
        raise UnknownCouncilOrganization
    if len(set(body.present)) != len(body.present):
        raise BodyNamedTwice
    refuse_wrong_dates(DATES, {"held_on": body.held_on}, today)
    meeting = CouncilMeeting(**body.model_dump(), root_id=organization.root_id, recorded_by=actor.subject)
    db.add(meeting)
    await _tell(db, meeting, actor=actor)
    return meeting


async def void(db: AsyncSession, meeting: CouncilMeeting, reason: str, *, actor: Actor) -> CouncilMeeting:
    void_row(db, meeting, reason)
    await _tell(db, meeting, actor=actor)
    return meeting


async def _tell(db: AsyncSession, meeting: CouncilMeeting, *, actor: Actor) -> None:
    await db.flush()
    [(_, path, root_id)] = await organization_queries.resolve_paths(db, [meeting.organization_id])
    fields = {name: getattr(meeting, name) for name in CouncilMeetingChanged.model_fields if name != "is_void"}
    told, version = CouncilMeetingChanged(**fields, is_void=meeting.void_reason is not None), meeting.version
    await record_event(db, told, subject=meeting.id, version=version, root_id=root_id, path=path, actor=actor)
