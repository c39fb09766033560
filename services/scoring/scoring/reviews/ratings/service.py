from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import Select, TextClause, Uuid, bindparam
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.edge import LabelledEnum
from kit.paging import Page
from records.columns import shown
from records.files import Export
from records.listing import slice_of
from scoring.points.balances.queries import visible_subject
from scoring.points.ledger.models import LedgerEntry
from scoring.reviews.access.service import NotPublished, ReviewAccess
from scoring.reviews.cycles.models import StarModel
from scoring.reviews.cycles.service import items_of, reach_read
from scoring.reviews.ratings import queries, statements
from scoring.reviews.ratings.models import FROZEN, Rating
from scoring.reviews.ratings.schemas import CountedEntryRead, Explained, ExplanationRead, RatingListing, RatingRead


class Part(LabelledEnum):
    ATTENDANCE = "attendance", "日常考勤"
    PERFORMANCE = "performance", "年度考绩"
    BALLOT = "ballot", "民主测评"
    SURVEY = "survey", "民意调查"
    VETO = "veto", "一票否决"


class SetAside(LabelledEnum):
    """Parts a result can do without: the others share their weight (rules §7)."""

    ATTENDANCE = "attendance", "日常考勤"
    BALLOT = "ballot", "民主测评"
    SURVEY = "survey", "民意调查"


class NotRated(problems.NotFound):
    code = "rating-not-found"
    detail = "这名对象尚未算出综合得分"


async def freeze(
    db: AsyncSession,
    review_id: UUID,
    *,
    now: datetime,
    subject_id: UUID | None = None,
    parts: Collection[Part] = tuple(Part),
    set_aside: Collection[SetAside] = (),
    cause: str = FROZEN,
) -> None:
    """A new revision of the inputs, of one subject or all; parts not named keep what was frozen before.

    Parts set aside count nothing. Without `cause` it is the freeze itself, from which on claims are late.
    """
    values = {"review_id": review_id, "subject_id": subject_id}
    await db.flush()
    await db.execute(_typed(statements.RETIRE_INPUTS), values)
    chosen = {part.value: part in parts for part in Part} | {"is_whole": cause == FROZEN}
    without = {f"{part.value}_set_aside": part in set_aside for part in SetAside}
    await db.execute(_typed(statements.FREEZE), {**values, **chosen, **without, "cause": cause, "now": now})


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


async def explain(db: AsyncSession, access: ReviewAccess, subject_id: UUID) -> ExplanationRead:
    """The rating, what it was made of, and, of those whose ledger one may read, the entries down to the last one."""
    row = (await db.execute(seen_results(access, subject_id))).first()
    rating: Rating | None = await queries.rating_of(db, access.review.id, subject_id)
    if rating is None or row is None:
        raise NotRated
    is_whole = await visible_subject(db, access.actor, subject_id) is not None
    explanation = Explained.model_validate(rating.explanation)
    if not is_whole:
        explanation = explanation.model_copy(update={"dimensions": [], "indicators": []})
    entries = await queries.entries_of(db, access.cycle, rating) if is_whole else []
    cycle = access.cycle
    items = await items_of(db, cycle.catalogue_id)
    names = {one.code: one.name for one in items}
    reach = reach_read(items, cycle.indicators_in_use, by_dimension=cycle.star_model is StarModel.DIMENSIONS)
    return ExplanationRead.model_validate(
        {
            **row._mapping,
            "explanation": explanation,
            "reach": reach,
            "is_whole": is_whole,
            "entries": [_counted(one, names[one.indicator_code]) for one in entries],
            "entries_sum": sum((entry.granted for entry in entries), Decimal("0.00")) if is_whole else None,
        }
    )


def _counted(entry: LedgerEntry, indicator_name: str) -> CountedEntryRead:
    fields = set(CountedEntryRead.model_fields) - {"indicator_name"}
    return CountedEntryRead(indicator_name=indicator_name, **{name: getattr(entry, name) for name in fields})
