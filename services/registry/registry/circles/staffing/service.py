"""Each centre has an instructor and a teacher of theory; one that lacks either is a finding (R31)."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from records.registers import Register
from records.voiding import refuse_void, void_row
from registry.circles.circles import queries as circle_queries
from registry.circles.circles.service import OWN
from registry.circles.staffing.events import CentreStaffChanged
from registry.circles.staffing.models import CentreStaff
from registry.circles.staffing.schemas import CentreStaffCreate, CentreStaffRead
from registry.dates import After, DateRules
from registry.links import AlreadyEnded, refuse_wrong_dates
from registry.tree.organizations import queries as organization_queries

DATES = DateRules(
    {"valid_from": "派驻日期", "ended_on": "结束日期", "opened_on": "活动圈启用日期"},
    (After("valid_from", "opened_on"), After("ended_on", "valid_from", strictly=True)),
    facts=frozenset({"valid_from"}),
)


class CentreStaffNotFound(problems.NotFound):
    code = "centre-staff-not-found"
    detail = "没有这项派驻,或不在您的管理范围内"


class UnknownCentre(problems.Unprocessable):
    code = "unknown-centre"
    detail = "活动圈不存在、已停用,或其中心不在您的管理范围内"


class CentreHasOne(problems.Conflict):
    code = "centre-has-one"
    detail = "这个活动中心已有在岗的同类人员,请先结束原派驻"


STAFF = Register(
    "活动中心派驻人员",
    CentreStaff,
    CentreStaffRead,
    CentreStaffNotFound,
    organization_queries.belonging(CentreStaff.organization_id),
    derived={
        "circle_name": circle_queries.name_of(CentreStaff.circle_id),
        "organization_name": organization_queries.name_of(CentreStaff.organization_id),
    },
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_centre_staff_circle_id": CentreHasOne}


async def send(db: AsyncSession, body: CentreStaffCreate, *, actor: Actor, today: date) -> CentreStaff:
    circle = await OWN.find(db, actor, body.circle_id)
    if circle is None or circle.void_reason is not None or circle.ended_on is not None:
        raise UnknownCentre
    refuse_wrong_dates(DATES, {"valid_from": body.valid_from, "opened_on": circle.opened_on}, today)
    given = body.model_dump()
    organization_id, root_id = circle.organization_id, circle.root_id
    staff = CentreStaff(**given, organization_id=organization_id, root_id=root_id, recorded_by=actor.subject)
    db.add(staff)
    await _tell(db, staff, actor=actor)
    return staff


async def end(db: AsyncSession, staff: CentreStaff, ended_on: date, *, actor: Actor, today: date) -> CentreStaff:
    refuse_void(staff)
    if staff.ended_on is not None:
        raise AlreadyEnded
    refuse_wrong_dates(DATES, {"valid_from": staff.valid_from, "ended_on": ended_on}, today)
    staff.ended_on = ended_on
    await _tell(db, staff, actor=actor)
    return staff


async def void(db: AsyncSession, staff: CentreStaff, reason: str, *, actor: Actor) -> CentreStaff:
    void_row(db, staff, reason)
    await _tell(db, staff, actor=actor)
    return staff


async def _tell(db: AsyncSession, staff: CentreStaff, *, actor: Actor) -> None:
    await db.flush()
    [(_, path, root_id)] = await organization_queries.resolve_paths(db, [staff.organization_id])
    fields = {name: getattr(staff, name) for name in CentreStaffChanged.model_fields if name != "is_void"}
    told, version = CentreStaffChanged(**fields, is_void=staff.void_reason is not None), staff.version
    await record_event(db, told, subject=staff.id, version=version, root_id=root_id, path=path, actor=actor)
