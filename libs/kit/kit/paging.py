"""Pages of a list: `{"items": [...], "next": cursor}`."""

from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from fastapi import Depends, Query
from pydantic import Field

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
