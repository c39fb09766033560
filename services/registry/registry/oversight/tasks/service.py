"""Tasks are the open findings that call for more than a suggestion, with the one who has to act."""

from datetime import date
from typing import Any

from fastapi import Response
from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from kit.paging import Page
from records.files import Export
from records.findings import FindingStatus, Severity
from records.listing import slice_of
from registry.oversight.findings import queries
from registry.oversight.findings.declared import DECLARED, chosen
from registry.oversight.findings.queries import FOUND
from registry.oversight.findings.service import readable, seen_by
from registry.oversight.tasks.schemas import TaskListing, TaskRead
from registry.tree.posts.queries import secretary_name_of

CALLING = tuple(one.code for one in DECLARED if one.severity is not Severity.SUGGESTION)


def _tasks(actor: Actor, wanted: TaskListing, day: date) -> Select[Any]:
    declared = [one for one in chosen(wanted.code, wanted.severity) if one.code in CALLING]
    query = queries.findings(day, seen_by(actor), declared)
    owner = secretary_name_of(FOUND.c.organization_id, day)
    query = query.add_columns(owner.label("owner_name"), (FOUND.c.due_on < day).label("is_overdue"))
    return query.where(FOUND.c.status == FindingStatus.OPEN.value)


async def page(db: AsyncSession, actor: Actor, wanted: TaskListing, *, today: date) -> Page[TaskRead]:
    found = await slice_of(db, _tasks(actor, wanted, today), wanted)
    items = [_shown(row, today) for row in found.rows]
    return Page[TaskRead].model_construct(items=items, next=found.next, total=found.total)


def _shown(row: Any, day: date) -> TaskRead:
    fields = readable(row._mapping, day)
    return TaskRead.model_construct(**{name: fields[name] for name in TaskRead.model_fields})


async def export(wanted: TaskListing, to: Export, *, today: date) -> Response:
    rows = await to.select(wanted.ordered(_tasks(to.actor, wanted, today)))
    return await to.file("待办事项", TaskRead, (readable(row._mapping, today) for row in rows))
