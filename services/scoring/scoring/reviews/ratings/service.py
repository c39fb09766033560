from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import Select, TextClause, Uuid, bindparam
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.paging import Page
from records.columns import shown
from records.files import Export
from records.listing import slice_of
from scoring.reviews.access.service import NotPublished, ReviewAccess
from scoring.reviews.cycles.service import items_of
from scoring.reviews.ratings import queries, statements
from scoring.reviews.ratings.models import FROZEN
from scoring.reviews.ratings.rules import Part, SetAside, Upheld
from scoring.reviews.ratings.schemas import RatingListing, RatingRead


class IndicatorNotInUse(problems.Unprocessable):
    code = "indicator-not-in-use"
    detail = "方案没有使用这些指标,不能写为不计入:{codes}"


class NoIndicatorLeft(problems.Unprocessable):
    code = "no-indicator-left"
    detail = "方案使用的指标不能全部不计入"


async def freeze(
    db: AsyncSession,
    review_id: UUID,
    *,
    now: datetime,
    subject_id: UUID | None = None,
    parts: Collection[Part] = tuple(Part),
    set_aside: Collection[SetAside] = (),
    indicators_set_aside: Collection[str] = (),
    cause: str = FROZEN,
) -> None:
    """A new revision of the inputs, of one subject or all; parts not named keep what was frozen before.

    What is set aside counts nothing. Without `cause` it is the freeze itself, from which on claims are late.
    """
    values = {"review_id": review_id, "subject_id": subject_id}
    await db.flush()
    await db.execute(_typed(statements.RETIRE_INPUTS), values)
    chosen = {part.value: part in parts for part in Part} | {"is_whole": cause == FROZEN}
    without: dict[str, object] = {f"{part.value}_set_aside": part in set_aside for part in SetAside}
    without |= {"parts_set_aside": sorted(set_aside), "indicators_set_aside": sorted(indicators_set_aside)}
    await db.execute(_typed(statements.FREEZE), {**values, **chosen, **without, "cause": cause, "now": now})


async def freeze_again(
    db: AsyncSession, access: ReviewAccess, subject_id: UUID, answer: Upheld, *, cause: str, now: datetime
) -> None:
    """One subject, as an upheld objection was answered; what earlier answers set aside stays so.

    A part read again counts again.
    """
    cycle, review_id = access.cycle, access.review.id
    before = await queries.frozen_now(db, review_id, subject_id)
    indicators = set(before.indicators_set_aside) | set(answer.indicators_set_aside)
    every = {one.code for one in await items_of(db, cycle.catalogue_id)}
    in_use = every if cycle.indicators_in_use is None else set(cycle.indicators_in_use)
    if unknown := indicators - in_use:
        raise IndicatorNotInUse(codes="、".join(sorted(unknown)))
    if indicators == in_use:
        raise NoIndicatorLeft
    again = {one.value for one in answer.parts}
    earlier = {one for one in SetAside if one.value in before.parts_set_aside and one.value not in again}
    await freeze(
        db,
        review_id,
        now=now,
        subject_id=subject_id,
        parts=answer.parts,
        set_aside=earlier | set(answer.set_aside),
        indicators_set_aside=indicators,
        cause=cause,
    )


async def set_aside_in(db: AsyncSession, review_id: UUID) -> dict[UUID, str]:
    """By subject, what upheld objections set aside, as the published reason names it."""
    found = {}
    for subject_id, explanation in await queries.set_aside_in(db, review_id):
        parts = [one.label for one in SetAside if one.value in explanation["parts_set_aside"]]
        indicators = [f"{one['code']} {one['name']}" for one in explanation["indicators_set_aside"]]
        found[subject_id] = "、".join(parts + indicators)
    return found


async def rate(db: AsyncSession, review_id: UUID, *, now: datetime, subject_id: UUID | None = None) -> None:
    values = {"review_id": review_id, "subject_id": subject_id}
    await db.execute(_typed(statements.RETIRE_RATINGS), values)
    await db.execute(_typed(statements.RATE), {**values, "now": now})


async def withdraw(db: AsyncSession, review_id: UUID) -> None:
    """A reopened review has no current rating until its inputs are frozen again."""
    values = {"review_id": review_id, "subject_id": None}
    await db.execute(_typed(statements.RETIRE_INPUTS), values)
    await db.execute(_typed(statements.RETIRE_RATINGS), values)


def _typed(statement: TextClause) -> TextClause:
    return statement.bindparams(bindparam("review_id", type_=Uuid()), bindparam("subject_id", type_=Uuid()))


def seen_results(access: ReviewAccess, subject_id: UUID | None = None) -> Select[*tuple[Any, ...]]:
    if not access.sees_results:
        raise NotPublished
    return queries.results_of(access.cycle, access.review.superior_id, access.review.id, subject_id)


async def results(db: AsyncSession, access: ReviewAccess, wanted: RatingListing) -> Page[RatingRead]:
    found = await slice_of(db, seen_results(access), wanted)
    items = [shown(RatingRead, row) for row in found.rows]
    return Page[RatingRead].model_construct(items=items, next=found.next, total=found.total)


async def export(wanted: RatingListing, access: ReviewAccess, to: Export) -> Response:
    rows = await to.select(wanted.ordered(seen_results(access)))
    return await to.file("综合得分", RatingRead, (row._mapping for row in rows))
