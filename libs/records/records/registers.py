"""A register: the rows of one table that belong to organisations, as callers may see, page, export and lock them.

Routes stay explicit functions; what a register cannot do as it is, its domain does beside it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from fastapi import Response
from pydantic import BaseModel
from sqlalchemy import ColumnElement, Select, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase

from kit import problems
from kit.access import Actor
from kit.etags import check_version, tag
from kit.paging import Page
from records.columns import rows_of
from records.files import Export
from records.listing import Listing, slice_of


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
        return await self.page_of(db, self.rows().where(self.seen(actor)), wanted)

    async def page_of(self, db: AsyncSession, rows: Select[Any], wanted: Listing) -> Page[Read]:
        """A page of `rows()` as the caller narrowed them, where what may be seen is no matter of the actor alone."""
        found = await slice_of(db, rows, wanted)
        items = [self._shown(row) for row in found.rows]
        return Page[self.read].model_construct(items=items, next=found.next, total=found.total)  # type: ignore[name-defined] # the class is known at run time

    async def show(self, db: AsyncSession, actor: Actor, row_id: UUID, response: Response) -> Read:
        return await self._show(db, self.rows().where(self._id == row_id, self.seen(actor)), response)

    async def answer(self, db: AsyncSession, row: Row, response: Response) -> Read:
        """What a write answers: the row as it now stands, with its names and its version."""
        await db.flush()
        return await self._show(db, self.rows().where(self._id == self._kept(row).id), response)

    async def export(self, wanted: Listing, to: Export) -> Response:
        return await self.export_of(self.rows().where(self.seen(to.actor)), wanted, to)

    async def export_of(self, rows: Select[Any], wanted: Listing, to: Export) -> Response:
        found = await to.select(wanted.ordered(rows))
        return await to.file(self.title, self.read, (self.readable(row._mapping) for row in found))

    async def _show(self, db: AsyncSession, query: Select[Any], response: Response) -> Read:
        row = (await db.execute(query)).first()
        if row is None:
            raise self.missing
        if VERSION in self.read.model_fields:
            tag(response, row)
        return self._shown(row)

    def _shown(self, row: Any) -> Read:
        """See `shown`; a read without a version is of something that nobody changes, and has no ETag."""
        return self.read.model_construct(**self.readable(row._mapping))

    @property
    def _id(self) -> Any:
        return self.model.id  # type: ignore[attr-defined] # see Kept: a bound of both kinds cannot be written

    @staticmethod
    def _kept(row: Any) -> Kept:
        found: Kept = row
        return found
