from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from records.registers import Register
from records.voiding import refuse_void, void_row
from registry.links import refuse_wrong_dates
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.service import ORGANIZATIONS
from registry.units.projects import queries
from registry.units.projects.events import InvestmentProjectChanged
from registry.units.projects.models import InvestmentProject
from registry.units.projects.rules import PROJECT_DATES
from registry.units.projects.schemas import (
    InvestmentProjectCorrect,
    InvestmentProjectCreate,
    InvestmentProjectRead,
)
from registry.units.units import queries as unit_queries
from registry.units.units.service import governed_unit


class InvestmentProjectNotFound(problems.NotFound):
    code = "investment-project-not-found"
    detail = "没有这个投资项目,或不在您的管理范围内"


class UnknownProjectOrganization(problems.Unprocessable):
    code = "unknown-project-organization"
    detail = "属地组织不存在、已撤销,或不在您的管理范围内"


PROJECTS = Register(
    "投资项目",
    InvestmentProject,
    InvestmentProjectRead,
    InvestmentProjectNotFound,
    organization_queries.belonging(InvestmentProject.organization_id),
    derived={
        "organization_name": organization_queries.name_of(InvestmentProject.organization_id),
        "unit_name": unit_queries.name_of(InvestmentProject.unit_id),
        "has_clause": queries.has_clause(),
    },
)


async def record_investment_project(
    db: AsyncSession, entry: InvestmentProjectCreate, *, actor: Actor, today: date
) -> InvestmentProject:
    organization = await ORGANIZATIONS.find(db, actor, entry.organization_id)
    if organization is None or not organization.is_active:
        raise UnknownProjectOrganization
    refuse_wrong_dates(PROJECT_DATES, {"signed_on": entry.signed_on}, today)
    await _refuse_unknown_unit(db, entry.unit_id, actor=actor)
    project = InvestmentProject(**entry.model_dump(), root_id=organization.root_id, recorded_by=actor.subject)
    db.add(project)
    await _tell(db, project, actor=actor)
    return project


async def _refuse_unknown_unit(db: AsyncSession, unit_id: UUID | None, *, actor: Actor) -> None:
    if unit_id is not None:
        await governed_unit(db, actor, unit_id)


async def correct_investment_project(
    db: AsyncSession, project: InvestmentProject, correction: InvestmentProjectCorrect, *, actor: Actor
) -> InvestmentProject:
    refuse_void(project)
    await _refuse_unknown_unit(db, correction.unit_id, actor=actor)
    for field, value in correction.model_dump(exclude_unset=True).items():
        if field != "unit_id" and value is None:
            raise problems.Unprocessable(fields=[problems.FieldError(f"/body/{field}", "不能清空")])
        setattr(project, field, value)
    await _tell(db, project, actor=actor)
    return project


async def void_investment_project(
    db: AsyncSession, project: InvestmentProject, reason: str, *, actor: Actor
) -> InvestmentProject:
    void_row(db, project, reason)
    await _tell(db, project, actor=actor)
    return project


async def _tell(db: AsyncSession, project: InvestmentProject, *, actor: Actor) -> None:
    await db.flush()
    [(_, path, _)] = await organization_queries.resolve_paths(db, [project.organization_id])
    told = InvestmentProjectChanged(
        id=project.id,
        organization_id=project.organization_id,
        signed_on=project.signed_on,
        checks=project.checks,
        is_void=project.void_reason is not None,
    )
    version, root_id = project.version, project.root_id
    await record_event(db, told, subject=project.id, version=version, root_id=root_id, path=path, actor=actor)
