from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from training.kinds import GROUP_KINDS, CadencePeriod, MeetingKind, MeetingState
from training.meetings.cadences import rules
from training.meetings.meetings.models import Meeting
from training.reference.policies.queries import kind_rules_on
from training.reference.projections.models import PartyOrganization, Post
from training.reference.projections.queries import at_or_in_groups_of, in_office, organization_within

SMALLEST_COMMITTEE = 3


async def check_cadence(
    db: AsyncSession, organization_id: UUID, *, year: int, actor: Actor, today: date
) -> dict[str, Any]:
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
    return {"year": year, "organization_id": organization_id, "items": items}


def _kind_cadence(
    kind: MeetingKind,
    period: CadencePeriod,
    held: list[tuple[date, bool]],
    year: int,
    today: date,
    *,
    is_applicable: bool,
) -> dict[str, Any]:
    valid = [day for day, is_valid in held if is_valid]
    found = rules.check(year, period, valid, today)
    return {
        "kind": kind,
        "label": kind.label,
        "period": period,
        "expected": found.expected,
        "held": len(valid),
        "invalid": len(held) - len(valid),
        "periods_met": found.met,
        "gaps": list(found.gaps) if is_applicable else [],
        "is_applicable": is_applicable,
    }


async def _held_days(db: AsyncSession, organization_id: UUID, year: int) -> dict[MeetingKind, list[tuple[date, bool]]]:
    query = (
        select(Meeting.kind, Meeting.held_on, Meeting.is_valid)
        .join(PartyOrganization, PartyOrganization.id == Meeting.organization_id)
        .where(at_or_in_groups_of(organization_id), Meeting.state == MeetingState.CONFIRMED)
        .where(Meeting.held_on.between(date(year, 1, 1), date(year, 12, 31)))
    )
    found: dict[MeetingKind, list[tuple[date, bool]]] = {}
    for kind, day, is_valid in await db.execute(query):
        found.setdefault(kind, []).append((day, bool(is_valid)))
    return found


async def _inapplicable(db: AsyncSession, organization_id: UUID, day: date) -> set[MeetingKind]:
    """A branch with fewer than three in office has no committee, one without groups no group meetings (E5)."""
    leaders = select(func.count(Post.member_id.distinct())).where(
        in_office(day), Post.organization_id == organization_id
    )
    groups = select(func.count()).where(
        PartyOrganization.parent_id == organization_id, PartyOrganization.kind.in_(GROUP_KINDS)
    )
    found: set[MeetingKind] = set()
    if (await db.scalar(leaders) or 0) < SMALLEST_COMMITTEE:
        found.add(MeetingKind.BRANCH_COMMITTEE)
    if not await db.scalar(groups):
        found.add(MeetingKind.GROUP_MEETING)
    return found
