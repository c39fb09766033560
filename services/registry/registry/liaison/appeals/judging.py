"""A quarter of an organisation's appeals is judged once it is over, from the register as it then stands (O48).

Told again, with a higher revision, when an appeal of the quarter turns out to have been a mistake.
"""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit.clock import business_today
from records.events import entry, record_events
from registry.liaison.appeals import queries
from registry.liaison.appeals.events import AppealQuarterJudged
from registry.liaison.appeals.models import AppealQuarter
from registry.liaison.appeals.rules import Quarter, last_quarter
from registry.tree.organizations.queries import resolve_paths

Begin = Callable[[], AbstractAsyncContextManager[AsyncSession]]
NOTHING = Quarter(0, 0)


async def judge_last_quarter(begin: Begin) -> int:
    """How many organisations there was something new to tell of."""
    async with begin() as db:
        quarter = last_quarter(await business_today(db))
        told = await queries.told_quarters(db, quarter.last)
        found = await queries.quarters(db, quarter)
        return await _tell(
            db,
            quarter.last,
            {
                one: found.get(one, NOTHING)
                for one in {*found, *told}
                if one not in told or (told[one].due, told[one].answered_in_time) != found.get(one, NOTHING)
            },
            told,
        )


async def _tell(db: AsyncSession, ends_on: date, new: dict[UUID, Quarter], told: dict[UUID, AppealQuarter]) -> int:
    entries = []
    for organization_id, path, root_id in await resolve_paths(db, sorted(new)):
        quarter, before = new[organization_id], told.get(organization_id)
        revision = before.revision + 1 if before else 1
        row = AppealQuarter(organization_id=organization_id, ends_on=ends_on, revision=revision, **quarter._asdict())
        await db.merge(row)
        payload = AppealQuarterJudged(
            organization_id=organization_id,
            ends_on=ends_on,
            due=quarter.due,
            answered_in_time=quarter.answered_in_time,
            is_kept=quarter.is_kept,
            revision=revision,
        )
        entries.append(entry(payload, subject=organization_id, version=revision, root_id=root_id, path=path))
    await record_events(db, entries)
    return len(entries)
