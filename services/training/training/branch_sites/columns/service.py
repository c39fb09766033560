from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.clock import business_now
from records.registers import Register
from records.voiding import refuse_void
from roster.queries import name_of
from training.branch_sites.columns.schemas import SiteColumnChanged, SiteColumnCreate, SiteColumnRead
from training.branch_sites.sites.models import SiteColumn
from training.branch_sites.sites.queries import name_of_site, open_to
from training.branch_sites.sites.service import SITES, tell


class SiteColumnNotFound(problems.NotFound):
    code = "site-column-not-found"
    detail = "没有这个栏目,或不在您的管理范围内"


class UnknownSite(problems.Unprocessable):
    code = "unknown-site"
    detail = "没有这个网上支部,或不在您的管理范围内"


class SiteColumnTaken(problems.Conflict):
    code = "site-column-taken"
    detail = "这个网上支部已有同名栏目"


class SiteColumnEnded(problems.Conflict):
    code = "site-column-ended"
    detail = "栏目已停用"


COLUMNS = Register(
    "网上支部栏目",
    SiteColumn,
    SiteColumnRead,
    SiteColumnNotFound,
    open_to(SiteColumn.organization_id),
    derived={
        "branch_site_name": name_of_site(SiteColumn.branch_site_id),
        "organization_name": name_of(SiteColumn.organization_id),
    },
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_site_columns_name": SiteColumnTaken}


async def open_column(db: AsyncSession, entry: SiteColumnCreate, *, actor: Actor) -> SiteColumn:
    site = await SITES.find(db, actor, entry.branch_site_id)
    if site is None:
        raise UnknownSite
    refuse_void(site)
    column = SiteColumn(
        **entry.model_dump(),
        recorded_at=await business_now(db),
        organization_id=site.organization_id,
        root_id=site.root_id,
        recorded_by=actor.subject,
    )
    db.add(column)
    return await _tell(db, column, actor)


async def end_column(db: AsyncSession, column: SiteColumn, *, actor: Actor, today: date) -> SiteColumn:
    if column.ended_on is not None:
        raise SiteColumnEnded
    column.ended_on = today
    return await _tell(db, column, actor)


async def _tell(db: AsyncSession, column: SiteColumn, actor: Actor) -> SiteColumn:
    await db.flush()
    told = SiteColumnChanged(
        id=column.id,
        branch_site_id=column.branch_site_id,
        name=column.name,
        kind=column.kind,
        is_moderated=column.is_moderated,
        ended_on=column.ended_on,
    )
    await tell(db, told, column, actor=actor)
    return column
