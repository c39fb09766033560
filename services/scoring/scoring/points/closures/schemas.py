from datetime import date
from uuid import UUID

from pydantic import Field

from kit.edge import Schema


class AffectedResult(Schema):
    """A published result that the points would change if it were rated anew."""

    review_id: UUID = Field(title="评议编号")
    title: str = Field(title="评议")
    closed_on: date = Field(title="办结日期")
