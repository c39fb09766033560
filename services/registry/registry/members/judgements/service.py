"""What has no act of its own is judged the day after its period; a later correction of the register is told again."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.clock import business_today
from kit.ids import uuid7
from records.events import entry, record_events
from records.periods import Period, periods
from registry.members.judgements import queries
from registry.members.judgements.events import PeriodJudged
from registry.members.judgements.facts import FACTS, Fact
from registry.members.judgements.models import Judgement

Begin = Callable[[], AbstractAsyncContextManager[AsyncSession]]
LATEST = timedelta(days=92)
"""How long after its end a period may still be judged for the first time: as long as the longest quarter."""
AT_ONCE = 500
MEMBERS = "members"


async def judge(begin: Begin) -> int:
    """Every period of this year and the last that is over, some organisations at a time; how many were told."""
    async with begin() as db:
        today = await business_today(db)
    number = 0
    for fact in FACTS:
        for period in _ended(fact, today):
            async with begin() as db:
                due = await _due(db, fact, period, today)
            for start in range(0, len(due), AT_ONCE):
                async with begin() as db:
                    number += await judge_some(db, fact, period, due[start : start + AT_ONCE], today)
    return number


def _ended(fact: Fact, today: date) -> list[Period]:
    every = (*periods(today.year - 1, fact.cadence), *periods(today.year, fact.cadence))
    return [one for one in every if one.last < today]


async def _due(db: AsyncSession, fact: Fact, period: Period, today: date) -> list[UUID]:
    kept = [] if fact.is_final else await queries.judged_organizations(db, fact.kind, period.last)
    new = await fact.due(db) if today - period.last <= LATEST else []
    return sorted({*kept, *new})


async def judge_some(db: AsyncSession, fact: Fact, period: Period, organizations: Sequence[UUID], today: date) -> int:
    """Two who judge the same wait for each other; the second finds nothing new."""
    await db.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"judgement:{fact.kind.value}", 0))))
    kept = await queries.judged(db, fact.kind, period.last, organizations)
    belonging = dict(await queries.members_of(db, organizations, period.last))
    for organization, judgement in kept.items():
        belonging[organization] = [UUID(one["member_id"]) for one in judgement.outcome.get(MEMBERS, ())]
    places = await queries.places_of(db, organizations)
    told = []
    for organization, outcome in (await fact.judge(db, period, belonging)).items():
        path, root_id = places[organization]
        before = kept.get(organization)
        new = _kept(fact, period, before, outcome, root_id, today)
        if new is not None:
            db.add(new)
            payload = outcome.model_copy(update={"revision": new.revision})
            told.append(entry(payload, subject=new.id, version=new.revision, root_id=root_id, path=path))
    await db.flush()
    await record_events(db, told)
    return len(told)


def _kept(
    fact: Fact, period: Period, before: Judgement | None, outcome: PeriodJudged, root_id: UUID, today: date
) -> Judgement | None:
    """None when there is nothing new to tell."""
    data: dict[str, Any] = outcome.model_dump(mode="json", exclude={"revision"})
    if before is None:
        return Judgement(
            id=uuid7(),
            kind=fact.kind,
            organization_id=outcome.organization_id,
            root_id=root_id,
            period_ends_on=period.last,
            judged_on=today,
            revision=outcome.revision,
            outcome=data,
        )
    if fact.is_final or before.outcome == data:
        return None
    before.outcome, before.revision, before.judged_on = data, before.revision + 1, today
    return before
