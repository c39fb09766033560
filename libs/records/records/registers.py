"""A register: the rows of one table that belong to organisations, as callers may see, page, export and lock them.

Routes stay explicit functions; what a register cannot do as it is, its domain does beside it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from fastapi import Response
from pydantic import BaseModel
from sqlalchemy import ColumnElement, Select, bindparam, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase

from kit import problems
from kit.access import Actor
from kit.etags import check_version, tag
from kit.paging import Page, PageQuery
from records.columns import made, rows_of
from records.fetching import fetch
from records.files import Export
from records.history import ChangeRead, Fields, Opened, page_of
from records.listing import Listing, Slice, kept_slice_of, slice_of
from records.outlines import Statements
from records.slices import PagedQuery


class Kept(Protocol):
    """A row of a register."""

    @property
    def id(self) -> UUID: ...
    @property
    def version(self) -> int: ...


Row = TypeVar("Row", bound=DeclarativeBase)
Read = TypeVar("Read", bound=BaseModel)
Form = TypeVar("Form", bound=BaseModel)
VERSION = "version"
ONE, ANY, ROW_ID = "one", "any", "id_of_row"
Readable = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def as_held(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return row


@dataclass(frozen=True, slots=True)
class Register(Generic[Row, Read]):
    """`title` names the sheet and the file; `seen` is what an actor may see of the table.

    `derived` gives the fields of `read` that are no column of the model, above all the names beside ids; `only` is
    what every row shown fulfils, whoever asks (of a bitemporal table: that it is believed). `readable` turns what the
    columns hold into what the fields show, where that differs: a sealed number into a masked one, JSON into a schema.
    """

    title: str
    model: type[Row]
    read: type[Read]
    missing: type[problems.NotFound]
    seen: Callable[[Actor], ColumnElement[bool]]
    derived: Mapping[str, Any] = field(default_factory=dict)
    only: ColumnElement[bool] = field(default_factory=true)
    readable: Readable = as_held
    _statements: Statements = field(default_factory=Statements, init=False, compare=False)

    def shown_as(
        self, read: type[Form], *, derived: Mapping[str, Any] | None = None, readable: Readable | None = None
    ) -> "Register[Row, Form]":
        """The same rows in another form: the flat one of a file, or with what is derived for one day only."""
        changes: dict[str, Any] = {"read": read, "derived": {**self.derived, **(derived or {})}}
        other: Any = replace(self, **changes, readable=readable or self.readable)
        form: Register[Row, Form] = other
        return form

    def visible_to(self, actor: Actor) -> Select[Row]:
        return select(self.model).where(self.only, self.seen(actor))

    def rows(self) -> Select[*tuple[Any, ...]]:
        """What is shown of every row, whoever asks."""
        return rows_of(self.model, self.read, self.derived).where(self.only)

    async def find(self, db: AsyncSession, actor: Actor, row_id: UUID, *, lock: bool = False) -> Row | None:
        query = self.visible_to(actor).where(self._id == row_id)
        if lock:
            query = query.with_for_update(of=self.model, key_share=True)
        found: Row | None = await db.scalar(query, execution_options={"populate_existing": True})
        return found

    async def require(
        self, db: AsyncSession, actor: Actor, row_id: UUID, *, lock: bool = False, if_match: int | None = None
    ) -> Row:
        found = await self.find(db, actor, row_id, lock=lock or if_match is not None)
        if found is None:
            raise self.missing
        if if_match is not None:
            check_version(self._kept(found), if_match)
        return found

    async def page(self, db: AsyncSession, actor: Actor, wanted: Listing) -> Page[Read]:
        manner = wanted.manner()
        if manner is None:
            return await self.page_of(db, self.rows().where(self.seen(actor)), wanted)

        def paged(seen: ColumnElement[bool]) -> PagedQuery:
            query = wanted.ordered(self.rows().where(seen))
            return PagedQuery.of(query, db.get_bind().dialect, is_first=wanted.after is None)

        query, values = self._statements.of(self.seen, actor, manner, paged)
        return self._page(await kept_slice_of(db, query, wanted, values))

    async def page_of(self, db: AsyncSession, rows: Select[Any], wanted: Listing) -> Page[Read]:
        """A page of `rows()` as the caller narrowed them, where what may be seen is no matter of the actor alone."""
        return self._page(await slice_of(db, rows, wanted))

    async def show(self, db: AsyncSession, actor: Actor, row_id: UUID, response: Response) -> Read:
        query, values = self._statements.of(self.seen, actor, ONE, self._one)
        return await self._show(db, query, {**values, ROW_ID: row_id}, response)

    async def answer(self, db: AsyncSession, row: Row, response: Response) -> Read:
        """What a write answers: the row as it now stands, with its names and its version."""
        await db.flush()
        return await self._show(
            db, self._statements.by_key(ONE, lambda: self._one(true())), {ROW_ID: self._kept(row).id}, response
        )

    async def history(
        self, db: AsyncSession, actor: Actor, row_id: UUID, page: PageQuery, *, opened: Opened | None = None
    ) -> Page[ChangeRead]:
        """Who changed what of a row, as far as the register shows it; `opened` says what is seen of a sealed value."""
        await self.require(db, actor, row_id)
        return await page_of(db, Fields(self.model, self.read, self.derived), row_id, page, opened)

    async def export(self, wanted: Listing, to: Export) -> Response:
        return await self.export_of(self.rows().where(self.seen(to.actor)), wanted, to)

    async def export_of(self, rows: Select[Any], wanted: Listing, to: Export) -> Response:
        found = await to.select(wanted.ordered(rows))
        return await to.file(self.title, self.read, (self.readable(row._mapping) for row in found))

    def _one(self, seen: ColumnElement[bool]) -> Select[Any]:
        return self.rows().where(self._id == bindparam(ROW_ID), seen)

    async def _show(self, db: AsyncSession, query: Select[Any], values: Mapping[str, Any], response: Response) -> Read:
        found = await fetch(db, query, values)
        if not found:
            raise self.missing
        if VERSION in self.read.model_fields:
            tag(response, found[0])
        return self._shown(found[0])

    def _page(self, found: Slice) -> Page[Read]:
        items = [self._shown(row) for row in found.rows]
        return Page[self.read].model_construct(items=items, next=found.next, total=found.total)  # type: ignore[name-defined] # the class is known at run time

    def _shown(self, row: Any) -> Read:
        """See `shown`; a read without a version is of something that nobody changes, and has no ETag."""
        return made(self.read, dict(self.readable(dict(zip(self.read.model_fields, row, strict=False)))))

    @property
    def _id(self) -> Any:
        return self.model.id  # type: ignore[attr-defined] # see Kept: a bound of both kinds cannot be written

    @staticmethod
    def _kept(row: Any) -> Kept:
        found: Kept = row
        return found
