"""Tables of scoring, and the columns several of them share."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from sqlalchemy import MetaData, func
from sqlalchemy.orm import DeclarativeBase, mapped_column

from kit.database import C_TEXT, NAMING, TYPES
from kit.ids import uuid7


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = TYPES


Id = Annotated[UUID, mapped_column(primary_key=True, default=uuid7)]
Path = Annotated[str, mapped_column(C_TEXT)]
RecordedAt = Annotated[datetime, mapped_column(server_default=func.now())]
