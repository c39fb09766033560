"""Each level of demonstration points has its own list of ten: 市级抓提高、区级抓规范、镇街级抓基础 (R09, R37)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from records.registers import Register
from records.voiding import void_row
from registry.sites.demonstration_points.models import DemonstrationLevel
from registry.sites.standards import queries
from registry.sites.standards.events import SiteStandardChanged
from registry.sites.standards.models import SiteStandard
from registry.sites.standards.schemas import SiteStandardCreate, SiteStandardRead
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.kinds import OrganizationLevel
from registry.tree.organizations.service import ORGANIZATIONS

FOCUS = {
    DemonstrationLevel.CITY: "抓提高",
    DemonstrationLevel.DISTRICT: "抓规范",
    DemonstrationLevel.TOWN: "抓基础",
}


class SiteStandardNotFound(problems.NotFound):
    code = "site-standard-not-found"
    detail = "没有这份标准,或不属于您所在的区"


class NotForTheDistrict(problems.Unprocessable):
    code = "not-for-the-district"
    detail = "示范点标准由区委或区委两新工委制定,所选党组织不是,或不在您的管理范围内"


class StandardOfThatDayAlready(problems.Conflict):
    code = "standard-of-that-day-already"
    detail = "这一级别已有同日施行的标准"


def _readable(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**row, "focus": FOCUS[row["focus"]]}


STANDARDS = Register(
    "示范点标准",
    SiteStandard,
    SiteStandardRead,
    SiteStandardNotFound,
    queries.seen,
    derived={
        "organization_name": organization_queries.name_of(SiteStandard.organization_id),
        "focus": SiteStandard.level,
    },
    readable=_readable,
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_site_standards_level": StandardOfThatDayAlready}


async def set_standard(db: AsyncSession, body: SiteStandardCreate, *, actor: Actor) -> SiteStandard:
    organization = await ORGANIZATIONS.find(db, actor, body.organization_id)
    if organization is None or organization.level > OrganizationLevel.WORK_COMMITTEE:
        raise NotForTheDistrict
    standard = SiteStandard(**body.model_dump(), root_id=organization.root_id, recorded_by=actor.subject)
    db.add(standard)
    await _tell(db, standard, actor=actor)
    return standard


async def void_standard(db: AsyncSession, standard: SiteStandard, reason: str, *, actor: Actor) -> SiteStandard:
    void_row(db, standard, reason)
    await _tell(db, standard, actor=actor)
    return standard


async def _tell(db: AsyncSession, standard: SiteStandard, *, actor: Actor) -> None:
    await db.flush()
    [(_, path, root_id)] = await organization_queries.resolve_paths(db, [standard.organization_id])
    told = SiteStandardChanged(
        id=standard.id,
        level=standard.level,
        valid_from=standard.valid_from,
        is_void=standard.void_reason is not None,
    )
    version = standard.version
    await record_event(db, told, subject=standard.id, version=version, root_id=root_id, path=path, actor=actor)
