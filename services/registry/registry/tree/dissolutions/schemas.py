from pydantic import Field

from kit.edge import BusinessDate, Name, Schema, Text


class DissolutionCreate(Schema):
    dissolved_on: BusinessDate = Field(title="撤销日期")
    reason: Text = Field(title="撤销原因")


class ConversionCreate(Schema):
    name: Name | None = Field(default=None, title="项目党支部名称", description="默认沿用党小组的名称")
    converted_on: BusinessDate = Field(title="改设日期")
    term_ends_on: BusinessDate = Field(title="项目预计结束日期", description="项目自党小组成立之日起不少于六个月")
