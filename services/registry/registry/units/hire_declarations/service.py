from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from records.registers import Register
from records.voiding import refuse_void, void_row
from registry.links import refuse_wrong_dates
from registry.tree.organizations import queries as organization_queries
from registry.units.hire_declarations import queries
from registry.units.hire_declarations.events import HireDeclarationChanged
from registry.units.hire_declarations.models import HireDeclaration
from registry.units.hire_declarations.rules import HIRE_DATES, count_fault
from registry.units.hire_declarations.schemas import HireDeclarationCreate, HireDeclarationRead, HiresDeclare
from registry.units.units import queries as unit_queries
from registry.units.units.models import Unit
from registry.units.units.service import governed_unit


class HireDeclarationNotFound(problems.NotFound):
    code = "hire-declaration-not-found"
    detail = "没有这条入职登记,或不在您的管理范围内"


class WrongHeadCounts(problems.Unprocessable):
    code = "wrong-head-counts"
    detail = "{fault}"


HIRE_DECLARATIONS = Register(
    "入职亮明身份",
    HireDeclaration,
    HireDeclarationRead,
    HireDeclarationNotFound,
    queries.seen,
    derived={
        "unit_name": unit_queries.name_of(HireDeclaration.unit_id),
        "organization_name": organization_queries.name_of(HireDeclaration.organization_id),
        "missing": queries.MISSING,
    },
)


async def record_hires(db: AsyncSession, body: HireDeclarationCreate, *, actor: Actor, today: date) -> HireDeclaration:
    """Nobody has declared anything yet."""
    unit = await governed_unit(db, actor, body.unit_id)
    refuse_wrong_dates(HIRE_DATES, {"hired_on": body.hired_on}, today)
    owned = {"organization_id": unit.jurisdiction_id, "root_id": unit.root_id, "recorded_by": actor.subject}
    declaration = HireDeclaration(**body.model_dump(), **owned, declared=0, members=0)
    db.add(declaration)
    await _tell(db, declaration, actor=actor)
    return declaration


async def declare(
    db: AsyncSession, declaration: HireDeclaration, body: HiresDeclare, *, actor: Actor, today: date
) -> HireDeclaration:
    refuse_void(declaration)
    if fault := count_fault(declaration.people, body.declared, body.members):
        raise WrongHeadCounts(fault=fault)
    days = {"hired_on": declaration.hired_on, "declared_on": body.declared_on}
    refuse_wrong_dates(HIRE_DATES, days, today)
    declaration.declared, declaration.members = body.declared, body.members
    declaration.declared_on = body.declared_on
    await _tell(db, declaration, actor=actor)
    return declaration


async def void(db: AsyncSession, declaration: HireDeclaration, reason: str, *, actor: Actor) -> HireDeclaration:
    void_row(db, declaration, reason)
    await _tell(db, declaration, actor=actor)
    return declaration


async def _tell(db: AsyncSession, declaration: HireDeclaration, *, actor: Actor) -> None:
    await db.flush()
    names = HireDeclarationChanged.model_fields.keys() - {"is_void"}
    fields = {name: getattr(declaration, name) for name in names}
    told = HireDeclarationChanged(**fields, is_void=declaration.void_reason is not None)
    path = await unit_queries.path_of(db, await db.get_one(Unit, declaration.unit_id))
    version, root_id = declaration.version, declaration.root_id
    await record_event(db, told, subject=declaration.id, version=version, root_id=root_id, path=path, actor=actor)
