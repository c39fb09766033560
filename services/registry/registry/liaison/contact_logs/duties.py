"""What instructors owe their units and what they did: a year of 五个一, and one's own units today."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from fastapi import Response
from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.paging import Page
from records.files import Export
from records.listing import slice_of
from registry.liaison.contact_logs import queries, rules
from registry.liaison.contact_logs.kinds import ContactKind
from registry.liaison.contact_logs.schemas import (
    ContactComplianceListing,
    ContactComplianceRead,
    ContactComplianceSheet,
    DueContact,
    KindCompliance,
    OwnContactDuties,
    ServedUnit,
)
from registry.liaison.instructors.service import ASSIGNMENTS
from registry.units.units.queries import names_of

FIELDS = ("id", "instructor_id", "instructor_name", "unit_id", "unit_name", "valid_from", "valid_to")


class NoInstructor(problems.NotFound):
    code = "no-instructor"
    detail = "您没有登记为党建指导员"


def _services(actor: Actor, year: int) -> Select[Any]:
    return ASSIGNMENTS.rows().where(queries.served_by(actor), queries.within_year(*rules.bounds(year)))


async def page(
    db: AsyncSession, actor: Actor, wanted: ContactComplianceListing, *, year: int, today: date
) -> Page[ContactComplianceRead]:
    found = await slice_of(db, _services(actor, year), wanted)
    items = [one async for one in _years(db, found.rows, year=year, today=today)]
    return Page[ContactComplianceRead].model_construct(items=items, next=found.next, total=found.total)


async def export(wanted: ContactComplianceListing, to: Export, *, year: int, today: date) -> Response:
    rows = await to.select(wanted.ordered(_services(to.actor, year)))
    lines = [_line(one) async for one in _years(to.db, rows, year=year, today=today)]
    return await to.file(f"{year} 年五个一完成情况", ContactComplianceSheet, lines)


async def _years(
    db: AsyncSession, rows: Sequence[Any], *, year: int, today: date
) -> AsyncIterator[ContactComplianceRead]:
    done = await queries.contact_days(db, {row.instructor_id for row in rows}, *rules.bounds(year))
    for row in rows:
        service = rules.Service(row.valid_from, row.valid_to)
        days = done.get((row.instructor_id, row.unit_id), {})
        kinds = list(_kinds(service, days, year=year, today=today))
        fields = {name: row._mapping[name] for name in FIELDS}
        yield ContactComplianceRead.model_construct(**fields, year=year, kinds=kinds)


def _kinds(
    service: rules.Service, days: Mapping[ContactKind, Sequence[date]], *, year: int, today: date
) -> Iterator[KindCompliance]:
    for kind in ContactKind:
        found = rules.compliance(rules.expected(kind, year, service), days.get(kind, ()), today)
        yield KindCompliance(kind=kind, expected=found.expected, kept=found.kept, missing=list(found.missing))


def _line(one: ContactComplianceRead) -> dict[str, Any]:
    told = {kind.kind.value: f"{kind.kept}/{kind.expected}" for kind in one.kinds}
    missing = {f"{kind.kind.value}_missing": rules.in_words(kind.missing) for kind in one.kinds}
    return {"instructor_name": one.instructor_name, "unit_name": one.unit_name, "year": one.year, **told, **missing}


async def own_duties(db: AsyncSession, actor: Actor, today: date) -> OwnContactDuties:
    instructor = await queries.own_instructor(db, actor)
    if instructor is None:
        raise NoInstructor
    services = await queries.services_on(db, instructor.id, today)
    names = await names_of(db, [one.unit_id for one in services])
    done = await queries.contact_days(db, [instructor.id], *rules.bounds(today.year))
    units = []
    for one in services:
        days = done.get((instructor.id, one.unit_id), {})
        visits = [day for day in days.get(ContactKind.VISIT, ()) if day.year == today.year]
        service = rules.Service(one.valid_from, one.valid_to)
        units.append(
            ServedUnit(
                assignment_id=one.id,
                unit_id=one.unit_id,
                unit_name=names[one.unit_id],
                valid_from=one.valid_from,
                visits=len(visits),
                last_visited_on=max(visits, default=None),
                due=list(_due(service, days, today)),
            )
        )
    return OwnContactDuties(instructor_id=instructor.id, instructor_name=instructor.name, as_of=today, units=units)


def _due(service: rules.Service, days: Mapping[ContactKind, Sequence[date]], today: date) -> Iterator[DueContact]:
    for kind in ContactKind:
        if running := rules.due_now(kind, service, days.get(kind, ()), today):
            yield DueContact(kind=kind, due_on=running.last)
