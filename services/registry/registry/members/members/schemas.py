from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from kit.edge import BusinessDate, LabelledEnum, OptionalText, Schema, Text
from registry.members.members.kinds import MemberStage, Sex
from registry.members.members.rules import mobile_fault, normal_id_number


def _mobile(number: str) -> str:
    if fault := mobile_fault(number):
        raise ValueError(fault)
    return number


IdNumber = Annotated[str, StringConstraints(strict=True, max_length=18), AfterValidator(normal_id_number)]
Phone = Annotated[str, StringConstraints(strict=True, max_length=11), AfterValidator(_mobile)]


class MemberCreate(Schema):
    name: Text = Field(title="姓名")
    id_number: IdNumber = Field(title="公民身份号码")
    phone: Phone | None = Field(default=None, title="手机号")
    ethnicity: OptionalText | None = Field(default=None, title="民族")
    education: OptionalText | None = Field(default=None, title="学历")
    stage: MemberStage = Field(title="党员类别")
    joined_on: BusinessDate | None = Field(default=None, title="入党日期")
    confirmed_on: BusinessDate | None = Field(default=None, title="转正日期")
    organization_id: UUID = Field(title="所在组织")
    unit_id: UUID | None = Field(default=None, title="工作单位")


class MemberCorrect(Schema):
    """Absent fields stay; the ID number is corrected by nobody here."""

    name: Text | None = Field(default=None, title="姓名")
    phone: Phone | None = Field(default=None, title="手机号")
    ethnicity: OptionalText | None = Field(default=None, title="民族")
    education: OptionalText | None = Field(default=None, title="学历")
    stage: MemberStage | None = Field(default=None, title="党员类别")
    joined_on: BusinessDate | None = Field(default=None, title="入党日期")
    confirmed_on: BusinessDate | None = Field(default=None, title="转正日期")
    organization_id: UUID | None = Field(default=None, title="所在组织")
    unit_id: UUID | None = Field(default=None, title="工作单位")
    left_on: BusinessDate | None = Field(default=None, title="离开日期")


class MemberRead(Schema):
    """ID number and phone are masked, the birth date is left out; see disclosures."""

    id: UUID
    name: str = Field(title="姓名")
    id_number_masked: str = Field(title="公民身份号码(部分隐藏)")
    phone_masked: str | None = Field(title="手机号(部分隐藏)")
    sex: Sex = Field(title="性别")
    ethnicity: str | None = Field(title="民族")
    education: str | None = Field(title="学历")
    stage: MemberStage = Field(title="党员类别")
    joined_on: date | None = Field(title="入党日期")
    confirmed_on: date | None = Field(title="转正日期")
    organization_id: UUID = Field(title="所在组织")
    unit_id: UUID | None = Field(title="工作单位")
    root_id: UUID
    left_on: date | None = Field(title="离开日期")
    is_active: bool = Field(title="是否在册")
    version: int


class DisclosedField(LabelledEnum):
    ID_NUMBER = "id_number", "公民身份号码"
    PHONE = "phone", "手机号"
    BIRTH_ON = "birth_on", "出生日期"


class DisclosureCreate(Schema):
    purpose: Text = Field(title="查看目的", description="会记入审计")
    fields: list[DisclosedField] = Field(min_length=1, max_length=3, title="要查看的内容")


class DisclosureRead(Schema):
    member_id: UUID
    id_number: str | None = None
    phone: str | None = None
    birth_on: date | None = None
