from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import AfterValidator, Field, StringConstraints

from kit.edge import AS_CODE, BusinessDate, LabelledEnum, Name, OptionalText, Schema, Text, in_form
from records.listing import Listing, Where, equals
from records.voiding import VOID_REASON
from registry.members.members.kinds import Degree, Education, Ethnicity, MemberStage, Sex
from registry.members.members.models import Member
from registry.members.members.rules import mobile_fault, normal_id_number
from registry.names import named_like
from registry.tree.organizations.queries import below

SINCE_JOINING = "组织关系转入所在组织的日期;不填则视为入党起即在该组织"
TODAY_IF_MOVED = "组织关系转入所在组织的日期;变更所在组织而不填的,为当日"
MemberId = Annotated[UUID, Path(title="党员编号")]


def _mobile(number: str) -> str:
    if fault := mobile_fault(number):
        raise ValueError(fault)
    return number


IdNumber = Annotated[str, StringConstraints(strict=True, max_length=18), in_form(normal_id_number)]
Phone = Annotated[str, StringConstraints(strict=True, max_length=11), AfterValidator(_mobile), AS_CODE]


class MemberCreate(Schema):
    name: Name = Field(title="姓名")
    id_number: IdNumber = Field(title="公民身份号码")
    phone: Phone | None = Field(default=None, title="手机号")
    ethnicity: Ethnicity | None = Field(default=None, title="民族")
    education: Education | None = Field(default=None, title="学历")
    degree: Degree | None = Field(default=None, title="学位")
    stage: MemberStage = Field(title="党员类别")
    joined_on: BusinessDate | None = Field(default=None, title="入党日期")
    confirmed_on: BusinessDate | None = Field(default=None, title="转正日期")
    organization_id: UUID = Field(title="所在组织")
    arrived_on: BusinessDate | None = Field(default=None, title="转入日期", description=SINCE_JOINING)
    unit_id: UUID | None = Field(default=None, title="工作单位")


class MemberCorrect(Schema):
    """Absent fields stay; a wrong ID number has its own correction."""

    name: Name | None = Field(default=None, title="姓名")
    phone: Phone | None = Field(default=None, title="手机号")
    ethnicity: Ethnicity | None = Field(default=None, title="民族")
    education: Education | None = Field(default=None, title="学历")
    degree: Degree | None = Field(default=None, title="学位")
    stage: MemberStage | None = Field(default=None, title="党员类别")
    joined_on: BusinessDate | None = Field(default=None, title="入党日期")
    confirmed_on: BusinessDate | None = Field(default=None, title="转正日期")
    organization_id: UUID | None = Field(default=None, title="所在组织")
    arrived_on: BusinessDate | None = Field(default=None, title="转入日期", description=TODAY_IF_MOVED)
    unit_id: UUID | None = Field(default=None, title="工作单位")
    left_on: BusinessDate | None = Field(default=None, title="离开日期")


class MemberRead(Schema):
    """ID number and phone are masked, the birth date is left out; see disclosures."""

    id: UUID = Field(title="编号")
    name: str = Field(title="姓名")
    id_number_masked: str = Field(title="公民身份号码(部分隐藏)")
    sex: Sex = Field(title="性别")
    ethnicity: Ethnicity | None = Field(title="民族")
    education: Education | None = Field(title="学历")
    degree: Degree | None = Field(title="学位")
    stage: MemberStage = Field(title="党员类别")
    joined_on: date | None = Field(title="入党日期")
    confirmed_on: date | None = Field(title="转正日期")
    organization_id: UUID = Field(title="所在组织编号")
    organization_name: str = Field(title="所在组织")
    arrived_on: date | None = Field(title="转入日期")
    unit_id: UUID | None = Field(title="工作单位编号")
    unit_name: str | None = Field(title="工作单位")
    phone_masked: str | None = Field(title="手机号(部分隐藏)")
    root_id: UUID = Field(title="所属区编号")
    left_on: date | None = Field(title="离开日期")
    is_active: bool = Field(title="是否在册")
    void_reason: str | None = Field(title=VOID_REASON)
    version: int = Field(title="版本")


class MemberListing(Listing, sortable=(Member.name, Member.stage), order=(Member.name, Member.id)):
    stage: Annotated[list[MemberStage], equals(Member.stage)] = Field(default=[], max_length=5, title="党员类别")
    sex: Annotated[Sex | None, equals(Member.sex)] = Field(default=None, title="性别")
    ethnicity: Annotated[list[Ethnicity], equals(Member.ethnicity)] = Field(default=[], max_length=58, title="民族")
    education: Annotated[list[Education], equals(Member.education)] = Field(default=[], max_length=40, title="学历")
    degree: Annotated[list[Degree], equals(Member.degree)] = Field(default=[], max_length=4, title="学位")
    organization_id: Annotated[UUID | None, equals(Member.organization_id)] = Field(default=None, title="所在组织编号")
    under: Annotated[UUID | None, Where(below(Member.organization_id))] = Field(
        default=None, title="该组织及其全部下级"
    )
    unit_id: Annotated[UUID | None, equals(Member.unit_id)] = Field(default=None, title="工作单位编号")
    is_active: Annotated[bool | None, equals(Member.is_active)] = Field(default=True, title="是否在册")
    q: Annotated[OptionalText | None, Where(named_like(Member.search_keys))] = Field(default=None, title="按姓名查找")


class DisclosedField(LabelledEnum):
    ID_NUMBER = "id_number", "公民身份号码"
    PHONE = "phone", "手机号"
    BIRTH_ON = "birth_on", "出生日期"


class DisclosureCreate(Schema):
    purpose: Text = Field(title="查看目的", description="会记入审计")
    fields: list[DisclosedField] = Field(min_length=1, max_length=3, title="要查看的内容")


class DisclosureRead(Schema):
    member_id: UUID = Field(title="党员编号")
    member_name: str = Field(title="姓名")
    id_number: str | None = Field(default=None, title="公民身份号码")
    phone: str | None = Field(default=None, title="手机号")
    birth_on: date | None = Field(default=None, title="出生日期")
