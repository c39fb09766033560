"""The quality of the registers: named checks with their severity and trend, and what may be there twice (X15)."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import ColumnElement, and_, true
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.clock import business_today
from kit.paging import Page
from records.events import record_event
from records.files import Export
from records.findings import Reach, Severity
from records.listing import slice_of
from records.registers import Register
from records.voiding import void_row
from registry.oversight.findings.declared import DECLARED, REGISTER
from registry.oversight.findings.service import seen_by
from registry.oversight.quality import queries
from registry.oversight.quality.events import DistinctPairChanged
from registry.oversight.quality.kinds import LookalikeKind
from registry.oversight.quality.models import DistinctPair, QualityCount
from registry.oversight.quality.queries import ALIKE
from registry.oversight.quality.rules import in_order, trend_of
from registry.oversight.quality.schemas import (
    DistinctPairCreate,
    DistinctPairRead,
    LookalikeListing,
    LookalikeRead,
    QualityCheckRead,
    QualityDay,
    QualityRead,
)
from registry.own_cases import refuse_own_case
from registry.tree.organizations import queries as organization_queries

Begin = Callable[[], AbstractAsyncContextManager[AsyncSession]]
CHECKS = tuple(one for one in DECLARED if one.source == REGISTER)
CODES = (*(one.code.value for one in CHECKS), *(kind.value for kind in LookalikeKind))
LOOK = "核对后合并或作废多余的一条;不是重复的予以认定,以后不再列出"


class NotAlike(problems.Unprocessable):
    code = "not-alike"
    detail = "这两条不在疑似重复的清单里(已认定、已变更,或不在您的管理范围内)"


class DistinctPairNotFound(problems.NotFound):
    code = "distinct-pair-not-found"
    detail = "没有这项认定,或不在您的管理范围内"


class ToldApartAlready(problems.Conflict):
    code = "told-apart-already"
    detail = "这两条已经认定不是重复"


DISTINCT_PAIRS = Register(
    "不是重复的认定",
    DistinctPair,
    DistinctPairRead,
    DistinctPairNotFound,
    organization_queries.belonging(DistinctPair.organization_id),
    derived={
        "first_name": queries.name_of_one(DistinctPair.first_id),
        "second_name": queries.name_of_one(DistinctPair.second_id),
        "organization_name": organization_queries.name_of(DistinctPair.organization_id),
    },
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_distinct_pairs_first_id": ToldApartAlready}


async def count(begin: Begin) -> int:
    """Every night: what each check finds now, kept under today's date; how many rows that made."""
    async with begin() as db:
        day = await business_today(db)
        found, districts = await queries.found_on(db, CHECKS, day, _everywhere), await queries.places(db)
        nothing = {queries.Found(code, root_id): 0 for code in CODES for root_id in set(districts.values())}
        rows = [
            {**one._asdict(), "day": day, "root_id": districts[one.organization_id], "number": number}
            for one, number in (nothing | found).items()
        ]
        await queries.keep_counts(db, day, rows)
        return len(rows)


def _everywhere(_: Any) -> ColumnElement[bool]:
    return true()


async def quality(db: AsyncSession, actor: Actor, *, under: UUID | None, days: int, today: date) -> QualityRead:
    reach = _reach(actor, under)
    found = await queries.found_on(db, CHECKS, today, reach)
    since = today - timedelta(days=days)
    kept = await queries.counted(db, actor, since, reach(QualityCount.organization_id))
    numbers = {code: sum(number for one, number in found.items() if one.code == code) for code in CODES}
    named = [(one.code.value, one.code.label, one.severity, one.action) for one in CHECKS]
    named += [(kind.value, kind.label, Severity.WARNING, LOOK) for kind in LookalikeKind]
    checks = [
        QualityCheckRead(
            code=code,
            name=name,
            severity=severity,
            action=action,
            number=numbers[code],
            trend=[QualityDay(day=one.day, number=one.number) for one in trend_of(code, kept.days, kept.numbers)],
        )
        for code, name, severity, action in named
    ]
    return QualityRead(as_of=today, checks=checks)


def _reach(actor: Actor, under: UUID | None) -> Reach:
    seen = seen_by(actor)
    if under is None:
        return seen
    top: UUID = under

    def narrowed(organization_id: Any) -> ColumnElement[bool]:
        return and_(seen(organization_id), organization_queries.below(organization_id)(top))

    return narrowed


async def page(db: AsyncSession, actor: Actor, wanted: LookalikeListing) -> Page[LookalikeRead]:
    found = await slice_of(db, queries.alike(seen_by(actor)), wanted)
    items = [LookalikeRead.model_validate(dict(row._mapping)) for row in found.rows]
    return Page[LookalikeRead].model_construct(items=items, next=found.next, total=found.total)


async def export(wanted: LookalikeListing, to: Export) -> Response:
    rows = await to.select(wanted.ordered(queries.alike(seen_by(to.actor))))
    shown = (LookalikeRead.model_validate(dict(row._mapping)).model_dump() for row in rows)
    return await to.file("疑似重复", LookalikeRead, shown)


async def tell_apart(db: AsyncSession, body: DistinctPairCreate, *, actor: Actor, today: date) -> DistinctPair:
    """Only of two that are in the queue; nobody says of themselves that they are not the other."""
    first_id, second_id = in_order(body.first_id, body.second_id)
    refuse_own_case(actor, first_id, second_id)
    pair = queries.alike(seen_by(actor)).where(
        ALIKE.c.kind == body.kind.value, ALIKE.c.first_id == first_id, ALIKE.c.second_id == second_id
    )
    found = (await db.execute(pair)).first()
    if found is None:
        raise NotAlike
    row = DistinctPair(
        kind=body.kind,
        first_id=first_id,
        second_id=second_id,
        reason=body.reason,
        judged_on=today,
        organization_id=found.organization_id,
        root_id=found.root_id,
        recorded_by=actor.subject,
    )
    db.add(row)
    await _tell(db, row, actor=actor)
    return row


async def void(db: AsyncSession, row: DistinctPair, reason: str, *, actor: Actor) -> DistinctPair:
    """The two stand in the queue again."""
    refuse_own_case(actor, row.first_id, row.second_id)
    void_row(db, row, reason)
    await _tell(db, row, actor=actor)
    return row


async def _tell(db: AsyncSession, row: DistinctPair, *, actor: Actor) -> None:
    await db.flush()
    [(_, path, root_id)] = await organization_queries.resolve_paths(db, [row.organization_id])
    fields = {name: getattr(row, name) for name in DistinctPairChanged.model_fields if name != "is_void"}
    told = DistinctPairChanged(**fields, is_void=row.void_reason is not None)
    await record_event(db, told, subject=row.id, version=row.version, root_id=root_id, path=path, actor=actor)
