"""Reading one page by keyset: the order must end in a NOT NULL unique column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from sqlakeyset import BadBookmark, Marker, serialize_bookmark, unserialize_bookmark
from sqlakeyset.asyncio import select_page
from sqlakeyset.columns import MappedOrderColumn
from sqlakeyset.paging import prepare_paging
from sqlalchemy import Dialect, Integer, Select, bindparam
from sqlalchemy.exc import ArgumentError, DataError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncSession

from kit.paging import InvalidCursor, PageQuery
from records.fetching import fetch


@dataclass(frozen=True, slots=True)
class Slice:
    """One page of rows (scalars when the select has a single entity) and the cursor of the next."""

    items: Sequence[Any]
    next: str | None


NO_PLACE = (BadBookmark, ValueError, TypeError, KeyError, ArgumentError, DataError, ProgrammingError)
MOST, PLACE = "rows_of_page", "place_{}"


async def paginate(db: AsyncSession, query: Select[Any], page: PageQuery) -> Slice:
    """`query` carries its own ORDER BY; a cursor of another list or a forged one is 400."""
    if page.after is None:
        found = await select_page(db, query, per_page=page.limit)
    else:
        try:
            found = await select_page(db, query, per_page=page.limit, page=place_of(page.after))
        except NO_PLACE as error:
            raise InvalidCursor from error
    items = [row[0] if len(row) == 1 else row for row in found]
    return Slice(items, found.paging.bookmark_next if found.paging.has_next else None)


@dataclass(frozen=True, slots=True)
class PagedQuery:
    """A query of columns made ready once, for pages of every size and place."""

    query: Select[Any]
    keys: Sequence[MappedOrderColumn]

    @classmethod
    def of(cls, query: Select[Any], dialect: Dialect, *, is_first: bool) -> Self:
        ordered = 0 if is_first else len(query._order_by_clauses)
        places: tuple[Any, ...] = tuple(bindparam(PLACE.format(at)) for at in range(ordered))
        paged = prepare_paging(query, per_page=0, place=places, backwards=False, orm=False, dialect=dialect)
        return cls(paged.select.limit(bindparam(MOST, type_=Integer)), paged.mapped_order_columns)

    async def read(self, db: AsyncSession, page: PageQuery, values: Mapping[str, Any]) -> Slice:
        """Rows may end in columns that only the order needs."""
        values = {**values, MOST: page.limit + 1}
        if page.after is None:
            rows = await fetch(db, self.query, values)
        else:
            try:
                rows = await fetch(db, self.query, values | self._places(page.after))
            except NO_PLACE as error:
                raise InvalidCursor from error
        if len(rows) <= page.limit:
            return Slice(rows, None)
        last = tuple(key.get_from_row(rows[page.limit - 1]) for key in self.keys)  # type: ignore[no-untyped-call] # of the library
        return Slice(rows[: page.limit], serialize_bookmark((last, False)))

    def _places(self, after: str) -> dict[str, Any]:
        place = place_of(after).place or ()
        if len(place) != len(self.keys):
            raise InvalidCursor
        return {PLACE.format(at): value for at, value in enumerate(place)}


def place_of(cursor: str) -> Marker:
    """No key we sort by is ever empty, so a place that names one was never ours."""
    place, backwards = unserialize_bookmark(cursor)
    if backwards or not place or None in place:
        raise InvalidCursor
    return Marker(place)
