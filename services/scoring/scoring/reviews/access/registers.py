"""Registers of a review's rows: who may enter the review sees them, who may work on it changes them."""

from collections.abc import Mapping
from typing import Any, Protocol, TypeVar
from uuid import UUID

from fastapi import Response
from pydantic import BaseModel
from sqlalchemy import ColumnElement, literal, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase

from kit import problems
from kit.access import Actor
from kit.domains import Domain
from kit.etags import check_version
from kit.paging import Page, PageQuery
from records.files import Export
from records.history import ChangeRead, Fields, Opened, page_of
from records.listing import Listing
from records.registers import Register
from roster.models import PartyOrganization
from scoring.reviews.access import models
from scoring.reviews.access.models import Review, ReviewSubject
from scoring.reviews.access.rules import ReviewAct
from scoring.reviews.access.service import ReviewAccess, enter, enter_for, hidden_as
from scoring.reviews.cycles.models import Cycle

Row = TypeVar("Row", bound=DeclarativeBase)
Read = TypeVar("Read", bound=BaseModel)


class OfReview(Protocol):
    @property
    def review_id(self) -> UUID: ...
    @property
    def version(self) -> int: ...


def review_name(review_id: Any) -> Any:
    """ "2026 年度评议 · 第一支部", as a column of the row that has the review's id."""
    named = select(Cycle.name + literal(" · ") + PartyOrganization.name).where(
        Review.id == review_id, Cycle.id == Review.cycle_id, PartyOrganization.id == Review.organization_id
    )
    return named.scalar_subquery()


def reviewed_name(row: Any) -> Any:
    """What the row's subject was called when the review was opened."""
    named = select(ReviewSubject.name).where(
        ReviewSubject.review_id == row.review_id, ReviewSubject.subject_id == row.subject_id
    )
    return named.scalar_subquery()


def names_beside(row: Any) -> dict[str, Any]:
    return {"review_name": review_name(row.review_id), "subject_name": reviewed_name(row)}


class ReviewRegister(Register[Row, Read]):
    """A list of one review: `review_id` is a required filter, and a review out of reach answers as a missing one."""

    async def page(self, db: AsyncSession, actor: Actor, wanted: Listing) -> Page[Read]:
        await enter(db, actor, wanted.review_id)  # type: ignore[attr-defined] # the listing of every such list has it
        return await Register.page(self, db, actor, wanted)

    async def export(self, wanted: Listing, to: Export) -> Response:
        await enter(to.db, to.actor, wanted.review_id)  # type: ignore[attr-defined] # as above
        return await Register.export(self, wanted, to)

    async def history(
        self, db: AsyncSession, actor: Actor, row_id: UUID, page: PageQuery, *, opened: Opened | None = None
    ) -> Page[ChangeRead]:
        """For those who conduct the review: what others see of a row may hide fields, and the history would not."""
        row: Any = await db.get(self.model, row_id)
        if row is None:
            raise self.missing
        with hidden_as(self.missing):
            access = await enter(db, actor, row.review_id)
        if not access.conducts:
            raise self.missing
        return await page_of(db, Fields(self.model, self.read, self.derived), row_id, page, opened)

    async def take(
        self, db: AsyncSession, actor: Actor, row_id: Any, act: ReviewAct, *, if_match: int
    ) -> tuple[Row, ReviewAccess]:
        """A row to be changed, locked after its review; who may not enter the review learns nothing of the row."""
        row: Row | None = await db.get(self.model, row_id)
        if row is None:
            raise self.missing
        kept: OfReview = row  # type: ignore[assignment] # every table of a review has both
        with hidden_as(self.missing):
            access = await enter_for(db, actor, kept.review_id, act)
        await db.refresh(row, with_for_update=True)
        check_version(kept, if_match)
        return row, access


def of_review(
    title: str, model: type[Row], read: type[Read], missing: type[problems.NotFound], **more: Any
) -> ReviewRegister[Row, Read]:
    names: Mapping[str, Any] = names_beside(model)
    return ReviewRegister(title, model, read, missing, everybody, derived={**names, **more})


def everybody(_: Actor) -> ColumnElement[bool]:
    """Of a review that has been entered."""
    return true()


DOMAIN = Domain(tables=models)
