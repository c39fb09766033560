from typing import Annotated
from uuid import UUID

from pydantic import Field

from kit.edge import Points, Schema
from scoring.subjects import SubjectKind


class DimensionBalance(Schema):
    dimension: str
    points: Points
    maximum: Points


class IndicatorBalance(Schema):
    code: str
    dimension: str
    name: str
    points: Points
    annual_cap: Points
    by_period: Annotated[list[Points], Field(title="各期入账")]


class BalanceRead(Schema):
    subject_kind: SubjectKind
    subject_id: UUID
    points_year: int
    catalogue_id: UUID | None
    points_total: Points
    maximum: Points
    dimensions: list[DimensionBalance]
    indicators: list[IndicatorBalance]


class Difference(Schema):
    indicator_code: str
    period: int
    entries: Points
    total: Points


class VerificationRead(Schema):
    subject_id: UUID
    points_year: int
    entries: int
    entries_sum: Points
    total: Points
    is_consistent: bool
    differences: list[Difference]
