from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from sqlalchemy import MetaData, Numeric, func
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
Hours = Annotated[Decimal, mapped_column(Numeric(8, 2))]
RecordedAt = Annotated[datetime, mapped_column(server_default=func.now())]
