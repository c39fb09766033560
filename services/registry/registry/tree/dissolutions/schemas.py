from pydantic import Field

from kit.edge import BusinessDate, Schema, Text


class DissolutionCreate(Schema):
    dissolved_on: BusinessDate = Field(title="撤销日期")
    reason: Text = Field(title="撤销原因")
