"""What the joint council decided, followed until it is done (R33)."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from records.registers import Register
from records.voiding import refuse_void, void_row
from registry.dates import After, DateRules
from registry.liaison.council_decisions.events import CouncilDecisionChanged
from registry.liaison.council_decisions.models import CouncilDecision
from registry.liaison.council_decisions.schemas import (
    CouncilDecisionComplete,
    CouncilDecisionCreate,
    CouncilDecisionRead,
)
from registry.liaison.council_meetings import queries as meeting_queries
from registry.liaison.council_meetings.models import CouncilMeeting
from registry.liaison.council_meetings.service import MEETINGS
from registry.links import refuse_wrong_dates
from registry.tree.organizations import queries as organization_queries

DATES = DateRules(
    {"held_on": "会议召开日期", "due_on": "完成期限", "done_on": "完成日期"},
    (After("due_on", "held_on"), After("done_on", "held_on")),
    facts=frozenset({"done_on"}),
)


class CouncilDecisionNotFound(problems.NotFound):
    code = "council-decision-not-found"
    detail = "没有这项议定事项,或不在您的管理范围内"


class UnknownCouncilMeeting(problems.Unprocessable):
    code = "unknown-council-meeting"
    detail = "没有这次联席会议、已作废,或不在您的管理范围内"


class DecisionDoneAlready(problems.Conflict):
    code = "decision-done-already"
    detail = "这项议定事项已经完成"


DECISIONS = Register(
    "联席会议议定事项",
    CouncilDecision,
    CouncilDecisionRead,
    CouncilDecisionNotFound,
    organization_queries.belonging(CouncilDecision.organization_id),
    derived={
        "meeting_name": meeting_queries.title_of(CouncilDecision.meeting_id),
        "organization_name": organization_queries.name_of(CouncilDecision.organization_id),
    },
)


async def create(db: AsyncSession, body: CouncilDecisionCreate, *, actor: Actor, today: date) -> CouncilDecision:
    meeting = await MEETINGS.find(db, actor, body.meeting_id)
    if meeting is None or meeting.void_reason is not None:
        raise UnknownCouncilMeeting
    refuse_wrong_dates(DATES, {"held_on": meeting.held_on, "due_on": body.due_on}, today)
    given, organization_id, root_id = body.model_dump(), meeting.organization_id, meeting.root_id
    decision = CouncilDecision(**given, organization_id=organization_id, root_id=root_id, recorded_by=actor.subject)
    db.add(decision)
    await _tell(db, decision, actor=actor)
    return decision


async def complete(
    db: AsyncSession, decision: CouncilDecision, body: CouncilDecisionComplete, *, actor: Actor, today: date
) -> CouncilDecision:
    refuse_void(decision)
    if decision.done_on is not None:
        raise DecisionDoneAlready
    meeting = await db.get_one(CouncilMeeting, decision.meeting_id)
    refuse_wrong_dates(DATES, {"held_on": meeting.held_on, "done_on": body.done_on}, today)
    decision.done_on, decision.result = body.done_on, body.result
    await _tell(db, decision, actor=actor)
    return decision


async def void(db: AsyncSession, decision: CouncilDecision, reason: str, *, actor: Actor) -> CouncilDecision:
    void_row(db, decision, reason)
    await _tell(db, decision, actor=actor)
    return decision


async def _tell(db: AsyncSession, decision: CouncilDecision, *, actor: Actor) -> None:
    await db.flush()
    [(_, path, root_id)] = await organization_queries.resolve_paths(db, [decision.organization_id])
    fields = {name: getattr(decision, name) for name in CouncilDecisionChanged.model_fields if name != "is_void"}
    told, version = CouncilDecisionChanged(**fields, is_void=decision.void_reason is not None), decision.version
    await record_event(db, told, subject=decision.id, version=version, root_id=root_id, path=path, actor=actor)
