"""Reading one page by keyset: the order must end in a NOT NULL unique column."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlakeyset import BadBookmark, Marker, unserialize_bookmark
from sqlakeyset.asyncio import select_page
from sqlalchemy import Select
from sqlalchemy.exc import ArgumentError, DataError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncSession

from kit.paging import InvalidCursor, PageQuery


@dataclass(frozen=True, slots=True)
class Slice:
    """One page of rows (scalars when the select has a single entity) and the cursor of the next."""

    items: Sequence[Any]
    next: str | None


NO_PLACE = (BadBookmark, ValueError, TypeError, KeyError, ArgumentError, DataError, ProgrammingError)


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


def place_of(cursor: str) -> Marker:
    """No key we sort by is ever empty, so a place that names one was never ours."""
    place, backwards = unserialize_bookmark(cursor)
    if backwards or not place or None in place:
        raise InvalidCursor
    return Marker(place)
