from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from kit.edge import LongText, Schema, Text
from records.listing import Listing, Where, equals
from scoring.reviews.vetoes.models import Veto


class VetoRecord(Schema):
    review_id: UUID = Field(title="评议编号")
    subject_id: UUID = Field(title="评议对象编号")
    ground: Text = Field(title="一票否决事项")
    reason: LongText = Field(title="事实与依据")


class VetoLifting(Schema):
    reason: LongText = Field(title="解除理由")


class VetoRead(Schema):
    id: UUID = Field(title="编号")
    review_id: UUID = Field(title="评议编号")
    review_name: str = Field(title="评议")
    subject_id: UUID = Field(title="评议对象编号")
    subject_name: str = Field(title="评议对象")
    ground: str = Field(title="一票否决事项")
    reason: str = Field(title="事实与依据")
    recorded_on: date = Field(title="登记日期")
    lifted_on: date | None = Field(title="解除日期")
    lifting_reason: str | None = Field(title="解除理由")
    version: int = Field(title="版本")


class VetoListing(Listing, sortable=(Veto.recorded_on, Veto.ground), order=(Veto.id,)):
    review_id: Annotated[UUID, equals(Veto.review_id)] = Field(title="评议编号")
    subject_id: Annotated[UUID | None, equals(Veto.subject_id)] = Field(default=None, title="评议对象编号")
    lifted: Annotated[
        bool | None, Where(lambda wanted: Veto.lifted_on.is_not(None) if wanted else Veto.lifted_on.is_(None))
    ] = Field(default=None, title="是否已解除")
