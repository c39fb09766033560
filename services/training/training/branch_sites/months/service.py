from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects.postgresql import insert as insert_once
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.clock import business_now
from kit.ids import uuid7
from records.events import record_event
from records.periods import Cadence, Period, period_of
from records.registers import Register
from roster.queries import member_name_of, name_of
from training.branch_sites.columns.service import UnknownSite
from training.branch_sites.months import queries
from training.branch_sites.months.events import SiteCheckedIn, SiteMember, SiteMonthPublished
from training.branch_sites.months.models import SiteCheckIn, SiteMonth, SiteParticipation
from training.branch_sites.months.schemas import SiteCheckInRead, SiteMonthRead, SiteParticipationRead
from training.branch_sites.posts.service import NobodyWrites
from training.branch_sites.sites.kinds import SiteState
from training.branch_sites.sites.models import BranchSite
from training.branch_sites.sites.queries import name_of_site, open_to
from training.branch_sites.sites.service import SITES, refuse_other_states, tell


class SiteMonthNotFound(problems.NotFound):
    code = "site-month-not-found"
    detail = "没有公布过这个月的情况,或不在您的管理范围内"


class MonthNotOver(problems.Conflict):
    code = "month-not-over"
    detail = "{month} 尚未结束,次月才能公布"


class NotOnlineThen(problems.Conflict):
    code = "not-online-then"
    detail = "网上支部 {month} 尚未上线"


SITE_MONTHS = Register(
    "网上支部月度情况",
    SiteMonth,
    SiteMonthRead,
    SiteMonthNotFound,
    open_to(SiteMonth.organization_id),
    derived={
        "branch_site_name": name_of_site(SiteMonth.branch_site_id),
        "organization_name": name_of(SiteMonth.organization_id),
        "rank": queries.rank(),
    },
)
PARTICIPATIONS = Register(
    "网上支部党员月度情况",
    SiteParticipation,
    SiteParticipationRead,
    SiteMonthNotFound,
    open_to(SiteParticipation.organization_id),
    derived={
        "branch_site_name": name_of_site(SiteParticipation.branch_site_id),
        "member_name": member_name_of(SiteParticipation.member_id),
    },
)


async def check_in(db: AsyncSession, branch_site_id: UUID, *, actor: Actor, today: date) -> SiteCheckInRead:
    """A second time on the same day answers the same and adds nothing."""
    if actor.person is None:
        raise NobodyWrites
    site = await SITES.find(db, actor, branch_site_id)
    if site is None:
        raise UnknownSite
    refuse_other_states(site, (SiteState.ONLINE,))
    row = {"id": uuid7(), "root_id": site.root_id, "branch_site_id": site.id, "member_id": actor.person}
    once = insert_once(SiteCheckIn).values(**row, checked_in_on=today).on_conflict_do_nothing()
    if await db.scalar(once.returning(SiteCheckIn.id)) is not None:
        told = SiteCheckedIn(branch_site_id=site.id, member_id=actor.person, checked_in_on=today)
        await record_event(db, told, subject=row["id"], root_id=site.root_id, actor=actor)
    month = period_of(today, Cadence.MONTHLY)
    days = select(func.count()).where(
        SiteCheckIn.branch_site_id == site.id,
        SiteCheckIn.member_id == actor.person,
        SiteCheckIn.checked_in_on.between(month.first, month.last),
    )
    name = select(member_name_of(actor.person))
    return SiteCheckInRead(
        branch_site_id=site.id,
        branch_site_name=site.name,
        member_id=actor.person,
        member_name=(await db.scalars(name)).one(),
        checked_in_on=today,
        days_this_month=(await db.scalars(days)).one(),
        monthly_check_ins=site.monthly_check_ins,
    )


async def publish(db: AsyncSession, branch_site_id: UUID, month: str, *, actor: Actor, today: date) -> SiteMonth:
    """The list of the month, in the next one: who kept the quotas and who did not."""
    site = await SITES.find(db, actor, branch_site_id, lock=True)
    if site is None:
        raise UnknownSite
    period = period_of(date.fromisoformat(f"{month}-01"), Cadence.MONTHLY)
    if period.last >= today:
        raise MonthNotOver(month=month)
    if site.online_on is None or site.online_on > period.last:
        raise NotOnlineThen(month=month)
    rows = [dict(row) for row in (await db.execute(_of(site, period))).mappings()]
    published = await _lay_down(db, site, month, period, rows, actor)
    await _replace_lines(db, published, rows)
    told = SiteMonthPublished(
        branch_site_id=site.id,
        organization_id=site.organization_id,
        month=month,
        posts=published.posts,
        expected_posts=published.expected_posts,
        is_kept=published.is_kept,
        members=[SiteMember(**{name: row[name] for name in SiteMember.model_fields}) for row in rows],
        revision=published.revision,
    )
    await tell(db, told, published, actor=actor)
    return published


def _of(site: BranchSite, period: Period) -> Any:
    return queries.participations(site, period.first, period.last)


async def _lay_down(
    db: AsyncSession, site: BranchSite, month: str, period: Period, rows: list[dict[str, Any]], actor: Actor
) -> SiteMonth:
    new, replies = (await db.execute(queries.liveliness(site.id, period.first, period.last))).one()
    found = {
        "members": len(rows),
        "check_ins": sum(row["check_ins"] for row in rows),
        "posts": sum(row["posts"] for row in rows),
        "expected_posts": len(rows) * site.monthly_posts,
        "met": sum(row["is_met"] for row in rows),
        "is_kept": new > 0 and replies > 0,
    }
    of_month = select(SiteMonth).where(SiteMonth.branch_site_id == site.id, SiteMonth.month == month)
    published = await db.scalar(of_month)
    if published is None:
        published = SiteMonth(
            branch_site_id=site.id,
            month=month,
            ends_on=period.last,
            recorded_at=await business_now(db),
            organization_id=site.organization_id,
            root_id=site.root_id,
            recorded_by=actor.subject,
            revision=0,
        )
        db.add(published)
    for name, value in found.items():
        setattr(published, name, value)
    published.revision += 1
    await db.flush()
    return published


async def _replace_lines(db: AsyncSession, published: SiteMonth, rows: list[dict[str, Any]]) -> None:
    await db.execute(delete(SiteParticipation).where(SiteParticipation.site_month_id == published.id))
    shared = {
        "site_month_id": published.id,
        **{
            name: getattr(published, name)
            for name in ("root_id", "organization_id", "branch_site_id", "month", "ends_on")
        },
    }
    if rows:
        await db.execute(insert(SiteParticipation), [{"id": uuid7(), **shared, **row} for row in rows])
