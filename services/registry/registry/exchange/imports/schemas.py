from datetime import datetime
from uuid import UUID

from pydantic import Field

from kit.edge import Schema
from registry.exchange.imports.models import ImportKind, ImportMode, ImportState


class ImportRead(Schema):
    id: UUID
    kind: ImportKind = Field(title="导入内容")
    mode: ImportMode = Field(title="方式")
    is_dry_run: bool = Field(title="试导入")
    state: ImportState = Field(title="状态")
    file_name: str = Field(title="文件名")
    created_at: datetime
    finished_at: datetime | None
    row_count: int = Field(title="已读行数")
    checked_count: int = Field(title="已检查行数")
    wrong_count: int = Field(title="有错行数")
    published_count: int = Field(title="写入行数")


class ImportProblemRead(Schema):
    sheet: str = Field(title="工作表")
    row: int = Field(title="行", description="0 为整张工作表")
    column: str = Field(title="列")
    reason: str = Field(title="原因")
