"""What a list may be narrowed and ordered by: one class, declared beside the columns it reads.

    class RotationListing(Listing, sortable=(Rotation.year, Rotation.title), order=(Rotation.id.desc(),)):
        year: Annotated[int | None, equals(Rotation.year)] = Field(default=None, title="年度")

`order` is what a list without `sort` is ordered by; it ends in a unique NOT NULL column and ends every other order too.
A sortable column that may be NULL is given as an expression without NULL, labelled with its name.
"""

import inspect
from collections.abc import Callable, Hashable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from typing import Annotated, Any, ClassVar
from zlib import crc32

from fastapi import Query
from pydantic import Field
from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.edge import OptionalText, Schema
from kit.paging import LARGEST_PAGE, InvalidCursor, PageQuery
from records.slices import PagedQuery, paginate

DESCENDING = "-"
MARK = "~"


@dataclass(frozen=True, slots=True)
class Where:
    """Stands beside a field of a `Listing`: the condition its value makes. An empty list and None make none."""

    condition: Callable[[Any], ColumnElement[bool]]


def equals(column: Any) -> Where:
    """Rows with this value, or with one of these."""
    return Where(lambda value: column.in_(value) if isinstance(value, list) else column == value)


def at_least(column: Any) -> Where:
    return Where(lambda value: column >= value)


def at_most(column: Any) -> Where:
    return Where(lambda value: column <= value)


def contains(*columns: Any) -> Where:
    """Rows in one of whose columns the text occurs, upper and lower case alike."""
    return Where(lambda text: or_(*(column.icontains(text, autoescape=True) for column in columns)))


class UnknownSort(problems.Unprocessable):
    code = "unknown-sort"
    detail = "不能按 sort 所写的内容排序;可用:{names}(前面加 - 为降序,多个以逗号分隔)"


class Listing(Schema):
    """Base of every list's query."""

    sortable: ClassVar[dict[str, Any]] = {}
    order: ClassVar[tuple[Any, ...]] = ()

    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = Field(default=50, title="每页条数")
    after: Annotated[str | None, Field(max_length=500)] = Field(default=None, title="上一页返回的 next")
    sort: Annotated[OptionalText | None, Field()] = Field(default=None, title="排序")
    with_total: bool = Field(default=False, title="同时返回总数")

    def __init_subclass__(cls, **_: Any) -> None:
        """Python asks here for what Pydantic hands on below."""
        super().__init_subclass__()

    @classmethod
    def __pydantic_init_subclass__(cls, *, sortable: Sequence[Any] = (), order: Sequence[Any] = (), **_: Any) -> None:
        cls.sortable = {**cls.sortable, **{column.key: column for column in sortable}}
        cls.order = tuple(order) or cls.order
        described = copy(cls.model_fields["sort"])
        described.description = f"可用:{'、'.join(cls.sortable)};前面加 - 为降序,多个以逗号分隔"
        described.json_schema_extra = {"x-sortable": list(cls.sortable)}
        cls.model_fields["sort"] = described

    def narrow(self, query: Select[Any]) -> Select[Any]:
        for name, field in type(self).model_fields.items():
            value = getattr(self, name)
            if value is None or value == []:
                continue
            for mark in field.metadata:
                if isinstance(mark, Where):
                    query = query.where(mark.condition(value))
        return query

    def manner(self) -> Hashable | None:
        """What its statement differs in from others of this list; none where it holds what only one caller asks for."""
        values = [getattr(self, name) for name in type(self).model_fields if name not in Listing.model_fields]
        parts = [tuple(one) if isinstance(one, list) else (one,) for one in values]
        if self.with_total or not all(isinstance(one, bool | Enum | None) for part in parts for one in part):
            return None
        return type(self), self.sort, self.after is None, *parts

    def ordering(self) -> tuple[Any, ...]:
        """Columns to order by: those of `sort` first, then the list's own order."""
        if not self.sort:
            return self.order
        wanted = [(name.removeprefix(DESCENDING), name.startswith(DESCENDING)) for name in self.sort.split(",")]
        unknown = [name for name, _ in wanted if name not in self.sortable]
        if unknown or len(dict(wanted)) != len(wanted):
            nearest = get_close_matches(unknown[0], self.sortable) if unknown else []
            raise UnknownSort(names="、".join(nearest or self.sortable))
        chosen = [self.sortable[name].desc() if falls else self.sortable[name].asc() for name, falls in wanted]
        return (*chosen, *self.order)

    def ordered(self, query: Select[Any]) -> Select[Any]:
        return self.narrow(query).order_by(*self.ordering())

    def page(self) -> PageQuery:
        """A cursor belongs to the order it was made under."""
        mark = self._mark()
        if self.after is not None and not self.after.startswith(mark):
            raise InvalidCursor
        return PageQuery(self.limit, self.after and self.after.removeprefix(mark))

    def marked(self, cursor: str | None) -> str | None:
        return cursor and f"{self._mark()}{cursor}"

    def _mark(self) -> str:
        return f"{crc32(self.sort.encode()):08x}{MARK}" if self.sort else ""


def query_of(listing: type[Listing]) -> Callable[..., Any]:
    """For `Depends`: the fields of a listing as query parameters of their own, beside which a route may take others."""

    async def chosen(**values: Any) -> Listing:
        return listing.model_construct(**values)

    parameters = [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=field.default,
            annotation=Annotated[
                field.annotation,
                *(mark for mark in field.metadata if not isinstance(mark, Where)),
                Query(title=field.title, description=field.description, json_schema_extra=field.json_schema_extra),
            ],
        )
        for name, field in listing.model_fields.items()
    ]
    chosen.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined] # functions may carry one
    return chosen


@dataclass(frozen=True, slots=True)
class Slice:
    """Rows of one page, the cursor of the next, and how many there are in all if that was asked."""

    rows: Sequence[Any]
    next: str | None
    total: int | None


async def slice_of(db: AsyncSession, query: Select[Any], wanted: Listing) -> Slice:
    """One page of `query` as narrowed and ordered by `wanted`."""
    found = await paginate(db, wanted.ordered(query), wanted.page())
    total = None
    if wanted.with_total:
        total = await db.scalar(select(func.count()).select_from(wanted.narrow(query).order_by(None).subquery()))
    return Slice(found.items, wanted.marked(found.next), total)


async def kept_slice_of(db: AsyncSession, query: PagedQuery, wanted: Listing, values: Mapping[str, Any]) -> Slice:
    """The same of a query that was narrowed and ordered when it was made."""
    found = await query.read(db, wanted.page(), values)
    return Slice(found.items, wanted.marked(found.next), None)
