"""Two that look alike and were not told apart, and how many each check finds."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    Uuid,
    and_,
    case,
    cast,
    column,
    delete,
    exists,
    func,
    insert,
    literal,
    not_,
    select,
    table,
    true,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from kit.access import Actor
from records.findings import Declared, Reach, looked_for
from registry.members.members import queries as member_queries
from registry.members.members.models import Member
from registry.oversight.quality.kinds import LookalikeKind
from registry.oversight.quality.models import DistinctPair, QualityCount
from registry.tree.organizations.models import PartyOrganization
from registry.tree.organizations.queries import name_of
from registry.units.units import queries as unit_queries
from registry.units.units.models import Unit

ALIKE = table(
    "alike",
    *(column(name, Uuid) for name in ("id", "first_id", "second_id", "organization_id", "second_organization_id")),
    *(
        column(name, Text)
        for name in ("kind", "first_name", "second_name", "organization_name", "second_organization_name")
    ),
    column("root_id", Uuid),
)
FINDERS = {LookalikeKind.MEMBER: (Member, "organization_id"), LookalikeKind.UNIT: (Unit, "jurisdiction_id")}


class Found(NamedTuple):
    code: str
    organization_id: UUID


class Counts(NamedTuple):
    days: Sequence[date]
    numbers: dict[tuple[str, date], int]


def alike(reach: Reach) -> Select[Any]:
    """All columns of `ALIKE`: pairs of which both are within reach, without those that were told apart."""
    parts = [_pairs(kind, reach) for kind in LookalikeKind]
    return select(*ALIKE.c).select_from(ALIKE).add_cte(union_all(*parts).cte("alike"))


def _pairs(kind: LookalikeKind, reach: Reach) -> Select[Any]:
    model, place = FINDERS[kind]
    one: Any = aliased(model)
    other: Any = aliased(model)
    is_same = and_(other.root_id == one.root_id, other.name == one.name, other.id > one.id)
    if kind is LookalikeKind.MEMBER:
        is_same = and_(is_same, other.birth_on == one.birth_on)
    first, second = getattr(one, place), getattr(other, place)
    columns = {
        "id": cast(func.md5(cast(one.id, Text) + cast(other.id, Text)), Uuid),
        "first_id": one.id,
        "second_id": other.id,
        "organization_id": first,
        "second_organization_id": second,
        "kind": literal(kind.value, Text),
        "first_name": one.name,
        "second_name": other.name,
        "organization_name": name_of(first),
        "second_organization_name": name_of(second),
        "root_id": one.root_id,
    }
    query = select(*(columns[name].label(name) for name in ALIKE.c.keys()))  # noqa: SIM118 - not a dict
    query = query.select_from(one).join(other, is_same)
    told_apart = exists().where(
        DistinctPair.first_id == one.id, DistinctPair.second_id == other.id, DistinctPair.void_reason.is_(None)
    )
    return query.where(one.is_active, other.is_active, not_(told_apart), reach(first), reach(second))


def name_of_one(subject: Any) -> Any:
    """Of one of the two, as a column of the row that has its id."""
    names = {
        LookalikeKind.MEMBER: member_queries.name_of(subject),
        LookalikeKind.UNIT: unit_queries.name_of(subject),
    }
    return func.coalesce(case(*((DistinctPair.kind == kind, name) for kind, name in names.items())), "")


async def found_on(db: AsyncSession, declared: Sequence[Declared], day: date, reach: Reach) -> dict[Found, int]:
    """What the checks and both kinds of lookalikes find within reach, by code and responsible organisation."""
    live, pairs = looked_for(declared, day, reach), alike(reach).subquery()
    numbers: dict[Found, int] = {}
    for code, place in ((live.c.code, live.c.organization_id), (pairs.c.kind, pairs.c.organization_id)):
        for row in await db.execute(select(code, place, func.count()).group_by(code, place)):
            numbers[Found(row[0], row[1])] = row[2]
    return numbers


async def places(db: AsyncSession) -> dict[UUID, UUID]:
    """The district of every organisation."""
    found = await db.execute(select(PartyOrganization.id, PartyOrganization.root_id))
    return {row.id: row.root_id for row in found}


async def keep_counts(db: AsyncSession, day: date, rows: Sequence[dict[str, Any]]) -> None:
    """Of a day that is counted again the last count stands."""
    await db.execute(delete(QualityCount).where(QualityCount.day == day))
    if rows:
        await db.execute(insert(QualityCount), rows)


async def counted(db: AsyncSession, actor: Actor, since: date, narrowed: ColumnElement[bool]) -> Counts:
    """The days that were counted in the actor's districts, and what was found within reach on each."""
    count = QualityCount
    districts = true() if actor.reaches_all else count.root_id.in_(actor.root_ids)
    days = select(count.day).where(count.day >= since, districts).distinct().order_by(count.day)
    numbers = select(count.code, count.day, func.sum(count.number)).where(count.day >= since, districts, narrowed)
    rows = await db.execute(numbers.group_by(count.code, count.day))
    return Counts(list(await db.scalars(days)), {(code, day): int(number) for code, day, number in rows})
