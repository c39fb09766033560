"""Every fact that is judged when its period is over, declared once: how often, and what is told of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from records.periods import Cadence, Period
from registry.circles.bookings import queries as booking_queries
from registry.circles.turns import queries as turn_queries
from registry.limits import limits_on
from registry.members.dues import queries as dues_queries
from registry.members.judgements import queries
from registry.members.judgements.events import (
    ArchiveQuarterJudged,
    CircleQuarterJudged,
    DevelopmentYearJudged,
    DuesMonthJudged,
    DuesQuarterJudged,
    FormYearJudged,
    IntegrityQuarterJudged,
    LeadershipYearJudged,
    MemberClean,
    MemberComplete,
    MemberOnTime,
    MemberPaid,
    PeriodJudged,
    ProfileYearJudged,
    TransferYearJudged,
)
from registry.members.judgements.kinds import JudgementKind
from registry.members.judgements.queries import Belonging
from registry.members.judgements.rules import was_empty_too_long
from registry.sites.archives import queries as archive_queries
from registry.sites.archives.kinds import ArchiveCategory
from registry.tree.cross_appointments.queries import teams_of
from registry.tree.cross_appointments.rules import is_more_than_half

FIRST = 1
Judged = dict[UUID, PeriodJudged]


@dataclass(frozen=True, slots=True)
class Fact:
    """`is_final`: the register does not keep how it stood at the end of the period, so it is never judged again.

    `due` are the organisations of which it is judged.
    """

    kind: JudgementKind
    cadence: Cadence
    judge: Callable[[AsyncSession, Period, Belonging], Awaitable[Judged]]
    is_final: bool = False
    due: Callable[[AsyncSession], Awaitable[list[UUID]]] = queries.organizations_to_judge


def _everybody(belonging: Belonging) -> list[UUID]:
    return [member for members in belonging.values() for member in members]


async def _transfers(db: AsyncSession, period: Period, belonging: Belonging) -> Judged:
    late = await queries.late_members(db, period, _everybody(belonging))
    counted = await queries.transfers_of(db, period, belonging.keys())
    return {
        organization: TransferYearJudged(
            organization_id=organization,
            revision=FIRST,
            year=period.year,
            transfers=counted[organization][0],
            late=counted[organization][1],
            is_on_time=counted[organization][1] == 0,
            members=[MemberOnTime(member_id=one, is_on_time=one not in late) for one in members],
        )
        for organization, members in belonging.items()
    }


async def _integrity(db: AsyncSession, period: Period, belonging: Belonging) -> Judged:
    dishonest = await queries.dishonest_members(db, period, _everybody(belonging))
    return {
        organization: IntegrityQuarterJudged(
            organization_id=organization,
            revision=FIRST,
            quarter_ends_on=period.last,
            members=[MemberClean(member_id=one, is_clean=one not in dishonest) for one in members],
        )
        for organization, members in belonging.items()
    }


async def _profiles(db: AsyncSession, period: Period, belonging: Belonging) -> Judged:
    complete = await queries.complete_members(db, _everybody(belonging))
    return {
        organization: ProfileYearJudged(
            organization_id=organization,
            revision=FIRST,
            year=period.year,
            members=[MemberComplete(member_id=one, is_complete=one in complete) for one in members],
        )
        for organization, members in belonging.items()
    }


async def _developments(db: AsyncSession, period: Period, belonging: Belonging) -> Judged:
    cases = await queries.developments_of(db, period, belonging.keys())
    plans = await queries.plans_of(db, period.year, belonging.keys())
    return {
        organization: DevelopmentYearJudged(
            organization_id=organization,
            revision=FIRST,
            year=period.year,
            cases=cases[organization][0],
            late=cases[organization][1],
            is_complete=cases[organization][1] == 0,
            planned=plans[organization][0],
            developed=plans[organization][1],
            is_fulfilled=plans[organization][1] >= plans[organization][0],
        )
        for organization in belonging
    }


async def _forms(db: AsyncSession, period: Period, belonging: Belonging) -> Judged:
    rows = await queries.forms_of(db, period, belonging.keys())
    return {
        row.id: FormYearJudged(
            organization_id=row.id,
            revision=FIRST,
            year=period.year,
            formal=row.formal,
            enrolled=row.enrolled,
            is_form_fitting=row.fits,
            team=row.team,
            is_team_complete=row.is_complete,
        )
        for row in rows
    }


async def _leadership(db: AsyncSession, period: Period, belonging: Belonging) -> Judged:
    terms = await queries.terms_of(db, period, belonging.keys())
    held = await queries.secretaries_of(db, period, belonging.keys())
    teams = await teams_of(db, belonging.keys(), period.last)
    months = limits_on(period.last)["secretary_vacancy_months"]
    return {
        term.id: LeadershipYearJudged(
            organization_id=term.id,
            revision=FIRST,
            year=period.year,
            term_ends_on=term.ends_on,
            late_elections=term.late,
            is_term_kept=term.late == 0 and term.ends_on is not None and term.ends_on >= period.last,
            is_secretary_kept=not was_empty_too_long(held[term.id], term.founded_on, period, months),
            team=teams[term.id].people,
            both_posts=teams[term.id].both,
            is_cross_appointed=is_more_than_half(teams[term.id].both, teams[term.id].people),
        )
        for term in terms
    }


async def _dues_of_a_month(db: AsyncSession, period: Period, belonging: Belonging) -> Judged:
    paid = await dues_queries.months_paid(db, period, _everybody(belonging))
    return {
        organization: DuesMonthJudged(
            organization_id=organization,
            revision=FIRST,
            month=f"{period.first:%Y-%m}",
            members=[MemberPaid(member_id=one, is_paid=(one, period.first) in paid) for one in members],
        )
        for organization, members in belonging.items()
    }


async def _dues_of_a_quarter(db: AsyncSession, period: Period, belonging: Belonging) -> Judged:
    """Whoever joined within the quarter owes from that month on."""
    paid = await dues_queries.months_paid(db, period, _everybody(belonging))
    owing = await queries.months_owed(db, period, _everybody(belonging))
    judged: Judged = {}
    for organization, members in belonging.items():
        due = {(member, month) for member in members for month in owing[member]}
        late = {member for member, _ in due - paid}
        judged[organization] = DuesQuarterJudged(
            organization_id=organization,
            revision=FIRST,
            quarter_ends_on=period.last,
            owing=len(due),
            paid=len(due & paid),
            is_full=due <= paid,
            members=[MemberPaid(member_id=one, is_paid=one not in late) for one in members],
        )
    return judged


async def _archives(db: AsyncSession, period: Period, belonging: Belonging) -> Judged:
    filed = await archive_queries.filed_by(db, period, belonging.keys())
    lacking = {one: len(ArchiveCategory) - len(filed.get(one, ())) for one in belonging}
    return {
        organization: ArchiveQuarterJudged(
            organization_id=organization,
            revision=FIRST,
            quarter_ends_on=period.last,
            empty=number,
            is_complete=number == 0,
        )
        for organization, number in lacking.items()
    }


async def _circles(db: AsyncSession, period: Period, belonging: Belonging) -> Judged:
    days, organizations = (period.first, period.last), belonging.keys()
    active = await booking_queries.users(db, *days, organizations) | await turn_queries.hosts(db, *days, organizations)
    return {
        organization: CircleQuarterJudged(
            organization_id=organization,
            revision=FIRST,
            quarter_ends_on=period.last,
            took_part=organization in active,
        )
        for organization in belonging
    }


FACTS = (
    Fact(JudgementKind.TRANSFER_YEAR, Cadence.YEARLY, _transfers),
    Fact(JudgementKind.INTEGRITY_QUARTER, Cadence.QUARTERLY, _integrity),
    Fact(JudgementKind.PROFILE_YEAR, Cadence.YEARLY, _profiles, is_final=True),
    Fact(JudgementKind.DEVELOPMENT_YEAR, Cadence.YEARLY, _developments, is_final=True),
    Fact(JudgementKind.FORM_YEAR, Cadence.YEARLY, _forms, is_final=True, due=queries.primary_organizations),
    Fact(JudgementKind.LEADERSHIP_YEAR, Cadence.YEARLY, _leadership, due=queries.primary_organizations),
    Fact(JudgementKind.DUES_MONTH, Cadence.MONTHLY, _dues_of_a_month),
    Fact(JudgementKind.DUES_QUARTER, Cadence.QUARTERLY, _dues_of_a_quarter),
    Fact(JudgementKind.CIRCLE_QUARTER, Cadence.QUARTERLY, _circles),
    Fact(JudgementKind.ARCHIVE_QUARTER, Cadence.QUARTERLY, _archives),
)
