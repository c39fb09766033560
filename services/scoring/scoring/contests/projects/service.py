from datetime import date
from uuid import UUID

from sqlalchemy import ARRAY, Text, any_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from records.registers import Register
from records.voiding import refuse_void, void_row
from roster.models import Member
from roster.queries import member_name_of, name_of
from scoring.contests.acting import WrongOrder, acting_for, require_members, require_past
from scoring.contests.projects.events import Participant, ProjectChanged
from scoring.contests.projects.kinds import TECHNICAL, ProjectState
from scoring.contests.projects.models import Project
from scoring.contests.projects.schemas import ProjectClosure, ProjectCreate, ProjectRead
from scoring.reference.projections.queries import of_seen_organizations


class ProjectNotFound(problems.NotFound):
    code = "project-not-found"
    detail = "没有找到这个项目,或不在您的管理范围内"


class ProjectAlreadyClaimed(problems.Conflict):
    code = "project-already-claimed"
    detail = "这个项目已有人认领"


class ProjectNotUnderWay(problems.Conflict):
    code = "project-not-under-way"
    detail = "只有认领后、办结前的项目可以办结"


NAMES = select(Member.name).where(Member.id == any_(Project.participant_ids)).order_by(Member.name).scalar_subquery()
PROJECTS = Register(
    "攻关、技改项目",
    Project,
    ProjectRead,
    ProjectNotFound,
    of_seen_organizations(Project.organization_id),
    derived={
        "organization_name": name_of(Project.organization_id),
        "claimant_name": member_name_of(Project.claimant_id),
        "participant_names": func.array(NAMES, type_=ARRAY(Text())),
    },
)


async def offer(db: AsyncSession, new: ProjectCreate, *, today: date, actor: Actor) -> Project:
    organization = await acting_for(db, actor, new.organization_id)
    require_past(new.opened_on, today)
    project = Project(
        **new.model_dump(), state=ProjectState.OFFERED, root_id=organization.root_id, recorded_by=actor.subject
    )
    db.add(project)
    await _tell(db, project, actor)
    return project


async def claim(db: AsyncSession, project: Project, claimant_id: UUID, *, actor: Actor) -> Project:
    refuse_void(project)
    if project.state is not ProjectState.OFFERED:
        raise ProjectAlreadyClaimed
    await require_members(db, project.organization_id, {claimant_id})
    project.claimant_id, project.state = claimant_id, ProjectState.UNDER_WAY
    await _tell(db, project, actor)
    return project


async def close(db: AsyncSession, project: Project, given: ProjectClosure, *, today: date, actor: Actor) -> Project:
    refuse_void(project)
    if project.state is not ProjectState.UNDER_WAY or project.claimant_id is None:
        raise ProjectNotUnderWay
    require_past(given.closed_on, today)
    if given.closed_on < project.opened_on:
        raise WrongOrder
    people = {project.claimant_id, *given.participant_ids}
    await require_members(db, project.organization_id, people - {project.claimant_id})
    project.state, project.closed_on, project.effect = ProjectState.CLOSED, given.closed_on, given.effect
    project.participant_ids = sorted(people)
    await _tell(db, project, actor)
    return project


async def void(db: AsyncSession, project: Project, reason: str, *, actor: Actor) -> Project:
    void_row(db, project, reason)
    await _tell(db, project, actor)
    return project


async def _tell(db: AsyncSession, project: Project, actor: Actor) -> None:
    await db.flush()
    earns = project.state is ProjectState.CLOSED and project.kind in TECHNICAL and project.void_reason is None
    told = ProjectChanged(
        id=project.id,
        organization_id=project.organization_id,
        kind=project.kind,
        state=project.state,
        opened_on=project.opened_on,
        claimant_id=project.claimant_id,
        closed_on=project.closed_on,
        happened_on=project.closed_on or project.opened_on,
        participants=[Participant(member_id=one) for one in project.participant_ids],
        is_earning=earns,
        revision=project.version,
    )
    await record_event(db, told, subject=project.id, version=project.version, root_id=project.root_id, actor=actor)
