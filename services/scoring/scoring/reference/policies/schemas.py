from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from kit.edge import BusinessDate, Points, Schema
from records.listing import Listing, at_most, equals
from scoring.reference.policies.models import MOST_OF_MONEY, Policy, PolicyName


class PolicyWrite(Schema):
    name: Annotated[PolicyName, Field(title="参数")]
    effective_from: Annotated[BusinessDate, Field(title="施行日期")]
    value: Annotated[Points, Field(ge=0, le=MOST_OF_MONEY, title="数值")]


class PolicyRead(Schema):
    id: UUID = Field(title="编号")
    root_id: UUID | None = Field(title="区委党组织编号(空为默认)")
    root_name: str | None = Field(title="区委党组织(空为默认)")
    name: PolicyName = Field(title="参数")
    effective_from: date = Field(title="施行日期")
    value: Points = Field(title="数值")


class PolicyListing(
    Listing,
    sortable=(Policy.name, Policy.effective_from, Policy.value),
    order=(Policy.name, Policy.effective_from, Policy.id),
):
    name: Annotated[list[PolicyName], equals(Policy.name)] = Field(default=[], max_length=20, title="参数")
    effective_by: Annotated[BusinessDate | None, at_most(Policy.effective_from)] = Field(
        default=None, title="至迟施行日期"
    )
