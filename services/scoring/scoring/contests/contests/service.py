from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from records.registers import Register
from records.voiding import void_row
from roster.queries import name_of
from scoring.contests.acting import acting_for, require_past
from scoring.contests.contests import queries
from scoring.contests.contests.events import ContestChanged
from scoring.contests.contests.kinds import ContestForm, ContestPart, part_of
from scoring.contests.contests.models import Contest
from scoring.contests.contests.schemas import (
    ContestCreate,
    ContestFigures,
    ContestRead,
    DutyPostCount,
    FormCount,
    PartCount,
    ProjectCount,
)
from scoring.contests.duty_posts.kinds import DutyPostKind
from scoring.reference.projections.queries import of_seen_organizations


class ContestNotFound(problems.NotFound):
    code = "contest-not-found"
    detail = "没有找到这项三亮三比三评活动,或不在您的管理范围内"


CONTESTS = Register(
    "三亮三比三评",
    Contest,
    ContestRead,
    ContestNotFound,
    of_seen_organizations(Contest.organization_id),
    derived={"organization_name": name_of(Contest.organization_id)},
)


async def record(db: AsyncSession, new: ContestCreate, *, today: date, actor: Actor) -> Contest:
    organization = await acting_for(db, actor, new.organization_id)
    require_past(new.held_on, today)
    contest = Contest(**new.model_dump(), root_id=organization.root_id, recorded_by=actor.subject)
    db.add(contest)
    await _tell(db, contest, actor)
    return contest


async def void(db: AsyncSession, contest: Contest, reason: str, *, actor: Actor) -> Contest:
    void_row(db, contest, reason)
    await _tell(db, contest, actor)
    return contest


async def _tell(db: AsyncSession, contest: Contest, actor: Actor) -> None:
    await db.flush()
    facts = {name: getattr(contest, name) for name in ("id", "organization_id", "form", "held_on", "participants")}
    told = ContestChanged(**facts, is_earning=contest.void_reason is None, revision=contest.version)
    await record_event(db, told, subject=contest.id, version=contest.version, root_id=contest.root_id, actor=actor)


async def figures(db: AsyncSession, actor: Actor, *, year: int, day: date) -> ContestFigures:
    """Of everything below the caller's offices: what was held in the year, and the posts that stand on the day."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    held = {form: (count, people) for form, count, people in await queries.contests_by_form(db, actor, first, last)}
    posts = {one.kind: one.posts for one in await queries.posts_by_kind(db, actor, day)}
    forms = [
        FormCount(form=one, held=held.get(one, (0, 0))[0], participants=held.get(one, (0, 0))[1]) for one in ContestForm
    ]
    return ContestFigures(
        year=year,
        as_of=day,
        parts=[_part(one, [each for each in forms if part_of(each.form) is one]) for one in ContestPart],
        forms=forms,
        duty_posts=[DutyPostCount(kind=one, posts=posts.get(one, 0)) for one in DutyPostKind],
        projects=[
            ProjectCount(kind=kind, state=state, projects=count)
            for kind, state, count in await queries.projects_by_state(db, actor, first, last)
        ],
    )


def _part(part: ContestPart, forms: list[FormCount]) -> PartCount:
    held, people = sum(one.held for one in forms), sum(one.participants for one in forms)
    return PartCount(part=part, held=held, participants=people)
