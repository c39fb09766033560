from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.clock import business_now
from records.registers import Register
from records.voiding import refuse_void
from roster.models import Member
from roster.queries import belonging, member_name_of, members_of, name_of
from training.branch_sites.columns.service import COLUMNS, SiteColumnEnded, SiteColumnNotFound, UnknownSite
from training.branch_sites.moderators.models import SiteModerator
from training.branch_sites.moderators.queries import name_of_column
from training.branch_sites.moderators.schemas import SiteModeratorChanged, SiteModeratorCreate, SiteModeratorRead
from training.branch_sites.sites.kinds import SiteOffice
from training.branch_sites.sites.models import BranchSite
from training.branch_sites.sites.queries import name_of_site
from training.branch_sites.sites.service import SITES, tell


class SiteModeratorNotFound(problems.NotFound):
    code = "site-moderator-not-found"
    detail = "没有这个网管员或版主,或不在您的管理范围内"


class OneSiteAndColumn(problems.Conflict):
    code = "one-site-and-column"
    detail = "这名党员已是网管员或版主:一人只管一个网上支部,版主只管一个栏目"


class ModeratorMismatch(problems.Unprocessable):
    code = "moderator-mismatch"
    detail = "版主须写明本网上支部的一个栏目,网管员不写"


class NotOfTheBranch(problems.Unprocessable):
    code = "not-of-the-branch"
    detail = "只能由本支部的党员担任"


class ModeratorEnded(problems.Conflict):
    code = "moderator-ended"
    detail = "任职已结束"


MODERATORS = Register(
    "网管员与版主",
    SiteModerator,
    SiteModeratorRead,
    SiteModeratorNotFound,
    belonging(SiteModerator.organization_id),
    derived={
        "branch_site_name": name_of_site(SiteModerator.branch_site_id),
        "site_column_name": name_of_column(SiteModerator.site_column_id),
        "organization_name": name_of(SiteModerator.organization_id),
        "member_name": member_name_of(SiteModerator.member_id),
    },
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_site_moderators_member_id": OneSiteAndColumn}


async def appoint(db: AsyncSession, entry: SiteModeratorCreate, *, actor: Actor, today: date) -> SiteModerator:
    site = await SITES.find(db, actor, entry.branch_site_id)
    if site is None:
        raise UnknownSite
    refuse_void(site)
    await _refuse_other_columns(db, site, entry, actor)
    members = members_of(site.organization_id, today).where(Member.id == entry.member_id)
    if await db.scalar(select(members.exists())) is not True:
        raise NotOfTheBranch
    moderator = SiteModerator(
        **entry.model_dump(),
        valid_from=today,
        recorded_at=await business_now(db),
        organization_id=site.organization_id,
        root_id=site.root_id,
        recorded_by=actor.subject,
    )
    db.add(moderator)
    return await _tell(db, moderator, actor)


async def _refuse_other_columns(db: AsyncSession, site: BranchSite, entry: SiteModeratorCreate, actor: Actor) -> None:
    if (entry.office is SiteOffice.MODERATOR) != (entry.site_column_id is not None):
        raise ModeratorMismatch
    if entry.site_column_id is None:
        return
    column = await COLUMNS.find(db, actor, entry.site_column_id)
    if column is None:
        raise SiteColumnNotFound
    if column.branch_site_id != site.id:
        raise ModeratorMismatch
    if column.ended_on is not None:
        raise SiteColumnEnded


async def dismiss(db: AsyncSession, moderator: SiteModerator, *, actor: Actor, today: date) -> SiteModerator:
    if moderator.ended_on is not None:
        raise ModeratorEnded
    moderator.ended_on = today
    return await _tell(db, moderator, actor)


async def _tell(db: AsyncSession, moderator: SiteModerator, actor: Actor) -> SiteModerator:
    await db.flush()
    told = SiteModeratorChanged(
        id=moderator.id,
        branch_site_id=moderator.branch_site_id,
        site_column_id=moderator.site_column_id,
        member_id=moderator.member_id,
        office=moderator.office,
        ended_on=moderator.ended_on,
    )
    await tell(db, told, moderator, actor=actor)
    return moderator
