from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import OptionalText, Schema
from records.listing import Listing, contains, equals
from registry.exchange.imports.models import Import, ImportKind, ImportMode, ImportProblem, ImportState

ImportId = Annotated[UUID, Path(title="导入编号")]
KindOfImport = Annotated[ImportKind, Path(title="导入内容")]


class ImportRead(Schema):
    id: UUID = Field(title="编号")
    kind: ImportKind = Field(title="导入内容")
    mode: ImportMode = Field(title="方式")
    is_dry_run: bool = Field(title="试导入")
    state: ImportState = Field(title="状态")
    file_name: str = Field(title="文件名")
    created_at: datetime = Field(title="上传时刻")
    finished_at: datetime | None = Field(title="完成时刻")
    row_count: int = Field(title="已读行数")
    checked_count: int = Field(title="已检查行数")
    wrong_count: int = Field(title="有错行数")
    published_count: int = Field(title="写入行数")
    rows_kept_until: datetime | None = Field(title="逐行报告保留至", description="此后逐行报告自动删除,统计保留")


class ImportListing(
    Listing, sortable=(Import.created_at, Import.kind, Import.state), order=(Import.created_at.desc(), Import.id.desc())
):
    kind: Annotated[list[ImportKind], equals(Import.kind)] = Field(default=[], max_length=4, title="导入内容")
    state: Annotated[list[ImportState], equals(Import.state)] = Field(default=[], max_length=6, title="状态")
    is_dry_run: Annotated[bool | None, equals(Import.is_dry_run)] = Field(default=None, title="试导入")
    q: Annotated[OptionalText | None, contains(Import.file_name)] = Field(default=None, title="按文件名查找")


class ImportProblemListing(
    Listing,
    sortable=(ImportProblem.row_no.label("row"), ImportProblem.column_heading.label("column")),
    order=(ImportProblem.row_no, ImportProblem.problem_no),
):
    sheet: Annotated[OptionalText | None, equals(ImportProblem.sheet)] = Field(default=None, title="工作表")
    column: Annotated[OptionalText | None, equals(ImportProblem.column_heading)] = Field(default=None, title="列")
    q: Annotated[OptionalText | None, contains(ImportProblem.reason)] = Field(default=None, title="按原因查找")


class ImportProblemRead(Schema):
    sheet: str = Field(title="工作表")
    row: int = Field(title="行", description="0 为整张工作表")
    column: str = Field(title="列")
    reason: str = Field(title="原因")
