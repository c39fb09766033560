from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, Integer, Text, func, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from kit.edge import LabelledEnum
from kit.ids import uuid7
from registry.database import Base

KEEP_PROBLEMS = timedelta(days=90)


class ImportKind(LabelledEnum):
    ORGANIZATIONS = "organizations", "组织"
    UNITS = "units", "单位"
    MEMBERS = "members", "党员"
    POSTS = "posts", "职务"


class ImportMode(LabelledEnum):
    ALL_OR_NOTHING = "all_or_nothing", "有错则全部不写入"
    VALID_ROWS = "valid_rows", "只写入正确的行"


class ImportState(LabelledEnum):
    QUEUED = "queued", "等待处理"
    CHECKING = "checking", "检查中"
    CHECKED = "checked", "试导入完成"
    PUBLISHED = "published", "已写入"
    REFUSED = "refused", "有错,未写入"
    FAILED = "failed", "处理失败"


class Import(Base):
    """One workbook somebody handed in; the file itself is kept sealed, and only until it was worked on."""

    __tablename__ = "imports"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    kind: Mapped[ImportKind] = mapped_column(stored_enum(ImportKind))
    mode: Mapped[ImportMode] = mapped_column(stored_enum(ImportMode))
    is_dry_run: Mapped[bool]
    state: Mapped[ImportState] = mapped_column(stored_enum(ImportState), default=ImportState.QUEUED)
    file_name: Mapped[str]
    file_digest: Mapped[bytes]
    file_sealed: Mapped[bytes | None] = mapped_column(deferred=True)
    reach_paths: Mapped[list[str]] = mapped_column(ARRAY(Text))
    created_by: Mapped[UUID] = mapped_column(index=True)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    finished_at: Mapped[datetime | None]
    row_count: Mapped[int] = mapped_column(Integer, default=0)
    checked_count: Mapped[int] = mapped_column(Integer, default=0)
    wrong_count: Mapped[int] = mapped_column(Integer, default=0)
    published_count: Mapped[int] = mapped_column(Integer, default=0)

    @property
    def rows_kept_until(self) -> datetime | None:
        return self.finished_at and self.finished_at + KEEP_PROBLEMS

    __table_args__ = (
        Index(
            "uq_imports_kind_file_digest",
            "kind",
            "file_digest",
            unique=True,
            postgresql_where=text("NOT is_dry_run AND state IN ('queued', 'checking', 'published')"),
        ),
        Index("ix_imports_created_at_id", "created_at", "id"),
        CheckConstraint("published_count <= row_count", name="published_within_rows"),
    )


class ImportRow(Base):
    """A row between reading and publishing; what is secret in it is sealed already."""

    __tablename__ = "import_rows"

    import_id: Mapped[UUID] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"), primary_key=True)
    row_no: Mapped[int] = mapped_column(Integer, primary_key=True)
    subject_id: Mapped[UUID]
    content: Mapped[dict[str, Any]]
    id_number_sealed: Mapped[bytes | None]
    id_number_index: Mapped[bytes | None]
    phone_sealed: Mapped[bytes | None]
    is_wrong: Mapped[bool] = mapped_column(server_default=text("false"))


class ImportProblem(Base):
    __tablename__ = "import_problems"

    import_id: Mapped[UUID] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"), primary_key=True)
    problem_no: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    sheet: Mapped[str]
    row_no: Mapped[int] = mapped_column(Integer)
    column_heading: Mapped[str]
    reason: Mapped[str]
