"""Tables of scoring, and the columns several of them share."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from sqlalchemy import DDL, MetaData, event, func
from sqlalchemy.orm import DeclarativeBase, mapped_column

from kit.database import C_TEXT, NAMING, TYPES
from kit.ids import uuid7
from records.history import changes_table
from roster.models import include_roster


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = TYPES


include_roster(Base.metadata)
CHANGES = changes_table(Base.metadata)

Id = Annotated[UUID, mapped_column(primary_key=True, default=uuid7)]
Path = Annotated[str, mapped_column(C_TEXT)]
BUSINESS_NOW = """
CREATE OR REPLACE FUNCTION business_now() RETURNS timestamptz LANGUAGE sql STABLE AS $$
SELECT now() + make_interval(secs => coalesce(
    (SELECT offset_seconds FROM business_clock WHERE current_setting('liangxin.demonstration', true) = '1'), 0))
$$
"""
event.listen(Base.metadata, "before_create", DDL(BUSINESS_NOW))  # type: ignore[no-untyped-call] # SQLAlchemy leaves it so
RecordedAt = Annotated[datetime, mapped_column(server_default=func.business_now())]
