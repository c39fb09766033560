"""Developing members: 25 steps in their order, each by whom it belongs to, none without the papers it needs."""

from collections import Counter
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import Payload, record_event
from records.history import because
from records.registers import Register
from records.steps import require_finished, require_next
from records.voiding import refuse_void, void_row
from registry.limits import limits_on
from registry.links import refuse_wrong_dates
from registry.members.developments import queries, rules
from registry.members.developments.events import (
    DevelopmentAdvanced,
    DevelopmentCorrected,
    DevelopmentEnded,
    DevelopmentOpened,
    DevelopmentVoided,
    MilestoneChanged,
)
from registry.members.developments.kinds import DevelopmentStep, DevelopmentTaker, Milestone, PaperKind
from registry.members.developments.models import Development
from registry.members.developments.rules import DEVELOPMENT, STEP_DATES, DevelopmentFacts, stage_of
from registry.members.developments.schemas import (
    DevelopmentCorrect,
    DevelopmentEnd,
    DevelopmentOpen,
    DevelopmentRead,
    StepTake,
)
from registry.members.members import queries as member_queries
from registry.members.members import service as members
from registry.members.members.kinds import ENROLLED, MemberStage
from registry.members.members.models import Member
from registry.members.members.rules import MEMBER_DATES
from registry.members.members.service import MEMBERS
from registry.own_cases import refuse_own_case
from registry.tree.organizations import queries as organization_queries

FIRST, TAKEN_BACK = 1, 2


class DevelopmentNotFound(problems.NotFound):
    code = "development-not-found"
    detail = "没有这项发展党员工作,或不在您的管理范围内"


class AlreadyDeveloping(problems.Conflict):
    code = "already-developing"
    detail = "这名同志已有一项发展党员工作正在办理"


class AlreadyInTheParty(problems.Conflict):
    code = "already-in-the-party"
    detail = "这名同志已经是党员"


class DevelopmentOver(problems.Conflict):
    code = "development-over"
    detail = "这项发展党员工作已经终止或办结"


class TalkMissing(problems.Unprocessable):
    code = "talk-missing"
    detail = "没有{stage}阶段的谈话记录,不能审批"


class OnlyTheSuperior(problems.Forbidden):
    code = "only-the-superior"
    detail = "这一步须由上级党组织办理"


DEVELOPMENTS = Register(
    "发展党员",
    Development,
    DevelopmentRead,
    DevelopmentNotFound,
    queries.seen,
    derived={
        "member_name": member_queries.name_of(Development.member_id),
        "organization_name": organization_queries.name_of(Development.organization_id),
        "training_hours": queries.training_hours(),
    },
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_developments_member_id": AlreadyDeveloping}


async def open_development(
    db: AsyncSession, member_id: UUID, entry: DevelopmentOpen, *, actor: Actor, today: date
) -> Development:
    member = await MEMBERS.require(db, actor, member_id, lock=True)
    refuse_own_case(actor, member.id)
    refuse_void(member)
    if member.stage in ENROLLED:
        raise AlreadyInTheParty
    refuse_wrong_dates(STEP_DATES, {"done_on": entry.applied_on}, today)
    development = Development(
        **entry.model_dump(),
        member_id=member.id,
        organization_id=member.organization_id,
        root_id=member.root_id,
        recorded_by=actor.subject,
        former_stage=member.stage,
        step=DevelopmentStep.APPLICATION,
        entered_on=entry.applied_on,
    )
    db.add(development)
    await db.flush()
    await tell(db, DevelopmentOpened.model_validate(development), development, actor=actor)
    return development


async def correct(
    db: AsyncSession, development: Development, correction: DevelopmentCorrect, *, actor: Actor
) -> Development:
    refuse_void(development)
    refuse_own_case(actor, development.member_id)
    changes = correction.model_dump(exclude_unset=True)
    if changes.get("is_backbone", False) is None:
        raise problems.Unprocessable(fields=[problems.FieldError("/body/is_backbone", "不能清空")])
    for field, value in changes.items():
        setattr(development, field, value)
    await db.flush()
    await tell(db, DevelopmentCorrected.model_validate(development), development, actor=actor)
    return development


async def facts_of(db: AsyncSession, development: Development, done_on: date) -> DevelopmentFacts:
    stage = stage_of(development.step)
    member = await db.get_one(Member, development.member_id)
    papers = await queries.papers_of(db, development.id)
    here = [one for one in papers if one.stage is stage]
    shown = [
        rules.days_of_publicity(one.happened_on, one.ends_on)
        for one in here
        if one.kind is PaperKind.PUBLICITY and one.ends_on < done_on
    ]
    return DevelopmentFacts(
        done_on=done_on,
        born_on=member.birth_on,
        activist_on=development.activist_on,
        received_on=development.received_on,
        papers=Counter(one.kind for one in here),
        guides=Counter(one.kind for one in papers if one.kind in rules.GUIDES),
        hours=await queries.hours_until(db, development.id, done_on),
        publicity_days=max(shown, default=0),
        limits=limits_on(done_on),
    )


async def take_step(
    db: AsyncSession, development: Development, taken: StepTake, *, actor: Actor, today: date
) -> Development:
    """The step that is due, and no other; what it makes of the person takes effect with it."""
    _refuse_over(development)
    refuse_own_case(actor, development.member_id)
    following = DEVELOPMENT.after(taken.step)
    require_next(DEVELOPMENT, development.step, following or taken.step)
    await _require_taker(db, development, actor=actor)
    refuse_wrong_dates(STEP_DATES, {"done_on": taken.done_on, "entered_on": development.entered_on}, today)
    facts = await facts_of(db, development, taken.done_on)
    if taken.step in rules.TALKED_BEFORE and facts.without(PaperKind.TALK):
        raise TalkMissing(stage=stage_of(taken.step).label)
    require_finished(DEVELOPMENT, development.step, facts)
    _advance(development, taken)
    await _promote(db, development, taken.step, actor=actor, today=today)
    await db.flush()
    await tell(db, DevelopmentAdvanced.model_validate(development), development, actor=actor)
    for milestone, day in _reached(development):
        if milestone is rules.MILESTONES.get(taken.step):
            await _tell_milestone(db, development, milestone, day, actor=actor)
    return development


def _advance(development: Development, taken: StepTake) -> None:
    if development.due_on is not None and taken.done_on > development.due_on:
        development.late_on = taken.done_on
    following = DEVELOPMENT.after(taken.step)
    development.step = following or DevelopmentStep.CLOSED
    development.entered_on = taken.done_on
    development.due_on = DEVELOPMENT.due_on(development.step, taken.done_on, {})
    if taken.step is DevelopmentStep.ACTIVIST_CHOSEN:
        development.activist_on = taken.done_on
    if taken.step is DevelopmentStep.PROSPECT_CHOSEN:
        development.prospect_on = taken.done_on
    if taken.step is DevelopmentStep.RECEIVING_MEETING:
        development.received_on = taken.done_on
    if taken.step is DevelopmentStep.CONFIRMING_MEETING:
        development.confirmed_on = taken.done_on


async def _promote(
    db: AsyncSession, development: Development, step: DevelopmentStep, *, actor: Actor, today: date
) -> None:
    """Membership counts from the branch meeting, once the superior has approved it."""
    stage = rules.STAGE_AFTER.get(step)
    if stage is None:
        return
    member = await db.get_one(Member, development.member_id, with_for_update=True, populate_existing=True)
    await _restage(db, member, development, stage, actor=actor, today=today)


async def _restage(
    db: AsyncSession, member: Member, development: Development, stage: MemberStage, *, actor: Actor, today: date
) -> None:
    member.stage = stage
    if stage in ENROLLED:
        member.joined_on = development.received_on
    if stage is MemberStage.FORMAL:
        member.confirmed_on = development.confirmed_on
    refuse_wrong_dates(MEMBER_DATES, {name: getattr(member, name) for name in MEMBER_DATES.titles}, today)
    await members.announce(db, member, actor=actor, today=today)


async def end(
    db: AsyncSession, development: Development, ending: DevelopmentEnd, *, actor: Actor, today: date
) -> Development:
    _refuse_over(development)
    refuse_own_case(actor, development.member_id)
    refuse_wrong_dates(STEP_DATES, {"done_on": ending.ended_on, "entered_on": development.entered_on}, today)
    development.ended_on, development.ending_reason = ending.ended_on, ending.reason
    development.due_on = None
    await db.flush()
    await tell(db, DevelopmentEnded.model_validate(development), development, actor=actor)
    return development


async def void(db: AsyncSession, development: Development, reason: str, *, actor: Actor, today: date) -> Development:
    """The person is again what they were before, and what was told of it is taken back."""
    refuse_own_case(actor, development.member_id)
    void_row(db, development, reason)
    member = await db.get_one(Member, development.member_id, with_for_update=True, populate_existing=True)
    if member.stage is not development.former_stage:
        because(db, reason)
        member.joined_on = member.confirmed_on = None
        await _restage(db, member, development, development.former_stage, actor=actor, today=today)
    await db.flush()
    await tell(db, DevelopmentVoided.model_validate(development), development, actor=actor)
    for milestone, reached_on in _reached(development):
        await _tell_milestone(db, development, milestone, reached_on, actor=actor, holds=False)
    return development


def _reached(development: Development) -> list[tuple[Milestone, date]]:
    """With the days they count from: that of the branch meeting, once the superior has approved."""
    days = {
        Milestone.ACTIVIST: development.activist_on,
        Milestone.RECEIVED: development.received_on,
        Milestone.CONFIRMED: development.confirmed_on,
    }
    passed = (one for step, one in rules.MILESTONES.items() if DEVELOPMENT.is_earlier(step, development.step))
    return [(milestone, day) for milestone in passed if (day := days[milestone]) is not None]


async def _tell_milestone(
    db: AsyncSession, development: Development, milestone: Milestone, day: date, *, actor: Actor, holds: bool = True
) -> None:
    payload = MilestoneChanged(
        development_id=development.id,
        member_id=development.member_id,
        organization_id=development.organization_id,
        milestone=milestone,
        occurred_on=day,
        is_backbone=development.is_backbone,
        holds=holds,
        revision=FIRST if holds else TAKEN_BACK,
    )
    await tell(db, payload, development, actor=actor)


def _refuse_over(development: Development) -> None:
    refuse_void(development)
    if development.ended_on is not None or development.step is DevelopmentStep.CLOSED:
        raise DevelopmentOver


async def _require_taker(db: AsyncSession, development: Development, *, actor: Actor) -> None:
    if DEVELOPMENT.step(development.step).by is DevelopmentTaker.BRANCH:
        return
    path = await queries.path_of(db, development.organization_id)
    is_top = development.organization_id == development.root_id
    if not is_top and not any(path.startswith(one) and path != one for one in actor.paths):
        raise OnlyTheSuperior


async def tell(db: AsyncSession, payload: Payload, development: Development, *, actor: Actor) -> None:
    path = await queries.path_of(db, development.organization_id)
    version, root_id = development.version, development.root_id
    await record_event(db, payload, subject=development.id, version=version, root_id=root_id, path=path, actor=actor)
