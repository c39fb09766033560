"""Keyset pages: `{"items": [...], "next": cursor}`; the order must end in a NOT NULL unique column."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, Query
from pydantic import Field
from sqlakeyset import BadBookmark, Marker, unserialize_bookmark
from sqlakeyset.asyncio import select_page
from sqlalchemy import Select
from sqlalchemy.exc import ArgumentError, DataError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.edge import Schema

Item = TypeVar("Item")
LARGEST_PAGE = 200


class InvalidCursor(problems.BadRequest):
    code = "invalid-cursor"
    detail = "翻页标记无效,请从第一页重新读取"


class Page(Schema, Generic[Item]):
    items: list[Item] = Field(title="本页内容")
    next: str | None = Field(default=None, title="下一页的标记", description="没有下一页时为空")
    total: int | None = Field(default=None, title="总数", description="请求 with_total=true 时才有")


@dataclass(frozen=True, slots=True)
class PageQuery:
    limit: int
    after: str | None


async def _page_query(
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="每页条数")] = 50,
    after: Annotated[str | None, Query(max_length=500, description="上一页返回的 next")] = None,
) -> PageQuery:
    return PageQuery(limit, after)


PageOf = Annotated[PageQuery, Depends(_page_query)]


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
