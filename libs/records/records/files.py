"""A list as a file: headings are the titles of its schema, cells are what people read.

Ids are left out, because every id travels with a name; so are the version and whatever has no single cell.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal
from urllib.parse import quote
from uuid import UUID

from anyio import to_thread
from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel
from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor, CurrentActor
from kit.calendar import SHANGHAI
from kit.database import Db
from kit.edge import LabelledEnum
from kit.ids import uuid7
from records.events import export_of, record_event
from sheets import write_csv, write_rows

MOST_ROWS, FETCHED_AT_ONCE = 100_000, 2_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNSHOWN = frozenset({"version"})
UNPRINTED = "unprinted"
"""Stands beside a field for machines, such as a link: it travels, and has no column in a file."""
SEVERAL = "、"
FORMATS: dict[str, Any] = {"x-enum-labels": {"xlsx": "Excel 工作簿", "csv": "CSV 文本"}}
FileFormat = Annotated[Literal["xlsx", "csv"], Query(alias="format", title="文件格式", json_schema_extra=FORMATS)]
FILE_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {"content": {XLSX: {}, "text/csv": {}}, "description": "XLSX 工作簿或 CSV 文件"}
}


class TooManyRows(problems.Unprocessable):
    code = "too-many-rows"
    detail = "导出超过 {most} 行,请缩小范围"


def headings_of(schema: type[BaseModel]) -> dict[str, str]:
    """Field name to heading, for the fields that have a place in a table."""
    return {
        name: field.title or name
        for name, field in schema.model_fields.items()
        if name not in UNSHOWN and UNPRINTED not in field.metadata and not _is_unreadable(field.annotation)
    }


def _is_unreadable(annotation: Any) -> bool:
    parts = getattr(annotation, "__args__", None) or (annotation,)
    return any(
        (isinstance(part, type) and issubclass(part, UUID | BaseModel)) or (getattr(part, "__origin__", None) is list
        and _is_unreadable(part))
        for part in parts
    )  # fmt: skip


def cell(value: Any) -> object:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, LabelledEnum):
        return value.label
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).replace(tzinfo=None)
    if isinstance(value, list | tuple):
        return SEVERAL.join(str(cell(one)) for one in value)
    return value


def table_of(names: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> list[list[object]]:
    return [[cell(row[name]) for name in names] for row in rows]


def attachment(name: str) -> dict[str, str]:
    """RFC 6266, so that a Chinese name arrives as it is."""
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}


def file_of(title: str, headings: Sequence[str], rows: Sequence[Sequence[object]], kind: str) -> Response:
    if kind == "csv":
        body, media_type = b"".join(write_csv(headings, rows)), "text/csv; charset=utf-8"
    else:
        body, media_type = write_rows(title, headings, rows), XLSX
    return Response(body, media_type=media_type, headers=attachment(f"{title}.{kind}"))


class Export:
    """Who exports which list as what kind of file. Every export is on the record: who took how many rows of what."""

    def __init__(self, request: Request, db: AsyncSession, actor: Actor, kind: str) -> None:
        self.db, self.actor, self._kind = db, actor, kind
        self._service: str = request.app.state.name
        self._operation: str = request.scope["kit_rule"].operation
        self._filters = sorted(request.query_params.keys())

    async def select(self, query: Select[Any]) -> Sequence[Any]:
        """All rows of a query, or a refusal that says to narrow it; fetched piece by piece, so that others are
        answered meanwhile."""
        found = await self.db.stream(query.limit(MOST_ROWS + 1), execution_options={"yield_per": FETCHED_AT_ONCE})
        rows = [row async for piece in found.partitions() for row in piece]
        if len(rows) > MOST_ROWS:
            raise TooManyRows(most=MOST_ROWS)
        return rows

    async def file(self, title: str, schema: type[BaseModel], rows: Iterable[Mapping[str, Any]]) -> Response:
        headings = headings_of(schema)
        table = await to_thread.run_sync(table_of, list(headings), rows)
        await self._record(title, len(table))
        return await to_thread.run_sync(file_of, title, list(headings.values()), table, self._kind)

    async def _record(self, title: str, rows: int) -> None:
        made = export_of(self._service)(title=title, rows=rows, operation=self._operation, filters=self._filters)
        roots = self.actor.root_ids
        root_id = next(iter(roots)) if len(roots) == 1 else None
        await record_event(self.db, made, subject=uuid7(), root_id=root_id, path=self._path, actor=self.actor)

    @property
    def _path(self) -> str | None:
        """Where the rows are from; of an export over several places, none in particular."""
        return self.actor.paths[0] if len(self.actor.paths) == 1 and not self.actor.reaches_all else None


async def _export(request: Request, db: Db, actor: CurrentActor, file_format: FileFormat = "xlsx") -> Export:
    return Export(request, db, actor, file_format)


ExportTo = Annotated[Export, Depends(_export)]
