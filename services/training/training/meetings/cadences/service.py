from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Select, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from roster.models import PartyOrganization
from roster.queries import at_or_in_groups_of, organization_within
from training.kinds import CadencePeriod, MeetingKind, MeetingState
from training.meetings.cadences import queries, rules
from training.meetings.cadences.queries import BETWEEN, Due
from training.meetings.cadences.schemas import BranchCadence, CadenceRead, KindCadence, KindGaps
from training.meetings.meetings.models import Meeting
from training.reference.policies.queries import kind_rules_on

Held = list[tuple[date, bool]]
KINDS: Mapping[str, MeetingKind] = {kind.value: kind for kind in MeetingKind}


async def check_cadence(
    db: AsyncSession, organization_id: UUID, *, year: int, actor: Actor, today: date
) -> CadenceRead:
    organization = await organization_within(db, actor.paths, organization_id)
    if organization is None:
        raise problems.NotFound
    cut = date(year, 12, 31)
    kind_rules = await kind_rules_on(db, organization.root_id, cut)
    held = await _held_days(db, organization_id, year)
    inapplicable = await _inapplicable(db, organization_id, min(cut, today))
    items = [
        _kind_cadence(kind, rule.cadence, held.get(kind, []), year, today, is_applicable=kind not in inapplicable)
        for kind in MeetingKind
        if (rule := kind_rules.get(kind)) is not None and rule.cadence is not None
    ]
    return CadenceRead(year=year, organization_id=organization_id, organization_name=organization.name, items=items)


def _kind_cadence(
    kind: MeetingKind, period: CadencePeriod, held: Held, year: int, today: date, *, is_applicable: bool
) -> KindCadence:
    valid = [day for day, is_valid in held if is_valid]
    found = rules.check(year, period, valid, today)
    return KindCadence(
        kind=kind,
        label=kind.label,
        period=period,
        expected=found.expected if is_applicable else 0,
        held=len(valid),
        invalid=len(held) - len(valid),
        periods_met=found.met,
        gaps=list(found.gaps) if is_applicable else [],
        is_applicable=is_applicable,
    )


async def _held_days(db: AsyncSession, organization_id: UUID, year: int) -> dict[MeetingKind, Held]:
    query = (
        select(Meeting.kind, Meeting.held_on, Meeting.is_valid)
        .join(PartyOrganization, PartyOrganization.id == Meeting.organization_id)
        .where(PartyOrganization.id.in_(at_or_in_groups_of(organization_id)), Meeting.state == MeetingState.CONFIRMED)
        .where(Meeting.held_on.between(date(year, 1, 1), date(year, 12, 31)))
    )
    found: dict[MeetingKind, Held] = {}
    for kind, day, is_valid in await db.execute(query):
        found.setdefault(kind, []).append((day, bool(is_valid)))
    return found


async def _inapplicable(db: AsyncSession, organization_id: UUID, day: date) -> set[MeetingKind]:
    """A branch without a committee owes no committee meetings, one without groups no group meetings (E5)."""
    this = literal(organization_id)
    query = select(this.in_(queries.with_committee(day)), this.in_(queries.with_groups()))
    has_committee, has_groups = (await db.execute(query)).one()
    lacking = {MeetingKind.BRANCH_COMMITTEE: has_committee, MeetingKind.GROUP_MEETING: has_groups}
    return {kind for kind, is_there in lacking.items() if not is_there}


async def of_branches(db: AsyncSession, *, year: int, actor: Actor, today: date) -> Select[*tuple[Any, ...]]:
    """The roll-up: every branch the actor reaches, and what it lacks in the periods that are over."""
    cut = date(year, 12, 31)
    due: list[Due] = []
    for root_id in sorted(actor.root_ids):
        kind_rules = await kind_rules_on(db, root_id, cut)
        due += [
            Due(root_id, kind.value, rules.name_of(period, rule.cadence), period.first, period.last)
            for kind, rule in kind_rules.items()
            if rule.cadence is not None
            for period in rules.ended(year, rule.cadence, today)
        ]
    return queries.branches(due, year, min(cut, today), actor.reaches(PartyOrganization.path))


def as_read(row: Mapping[str, Any]) -> BranchCadence:
    return BranchCadence.model_construct(
        **{name: row[name] for name in BranchCadence.model_fields if name != "lacking"}, lacking=_lacking(row["found"])
    )


def as_line(row: Mapping[str, Any]) -> dict[str, Any]:
    """For a table: `支委会 2025-01、2025-02;党课 2025-Q1`."""
    lacking = ";".join(f"{one.label} {'、'.join(one.gaps)}" for one in _lacking(row["found"]))
    return {**row, "lacking": lacking}


def _lacking(found: Collection[str]) -> list[KindGaps]:
    return [
        KindGaps.model_construct(kind=kind, label=kind.label, gaps=[label for _, label in these])
        for kind, these in groupby(_split(found), key=lambda pair: pair[0])
    ]


def _split(found: Collection[str]) -> Iterator[tuple[MeetingKind, str]]:
    for one in found:
        kind, _, label = one.partition(BETWEEN)
        yield KINDS[kind], label
