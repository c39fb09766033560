from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, LongText, OptionalText, Schema
from records.listing import Listing, Where, at_least, at_most, contains, equals
from records.voiding import VOID_REASON, void_or_not
from registry.liaison.contact_logs.kinds import ContactKind
from registry.liaison.contact_logs.models import Contact
from registry.liaison.instructors.models import InstructorAssignment
from registry.liaison.instructors.queries import named
from registry.tree.organizations.queries import below

ContactId = Annotated[UUID, Path(title="联系记录编号")]
DONE_OF_DUE = "完成数/应完成数"


class ContactCreate(Schema):
    assignment_id: UUID = Field(title="服务关系")
    kind: ContactKind = Field(title="联系方式")
    contacted_on: BusinessDate = Field(title="联系日期")
    content: LongText = Field(title="联系内容")


class ContactRead(Schema):
    id: UUID = Field(title="编号")
    instructor_id: UUID = Field(title="党建指导员编号")
    instructor_name: str = Field(title="党建指导员")
    unit_id: UUID = Field(title="服务单位编号")
    unit_name: str = Field(title="服务单位")
    organization_id: UUID = Field(title="选派组织编号")
    organization_name: str = Field(title="选派组织")
    kind: ContactKind = Field(title="联系方式")
    contacted_on: date = Field(title="联系日期")
    content: str = Field(title="联系内容")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class ContactListing(
    Listing, sortable=(Contact.contacted_on, Contact.kind), order=(Contact.contacted_on.desc(), Contact.id)
):
    instructor_id: Annotated[UUID | None, equals(Contact.instructor_id)] = Field(default=None, title="党建指导员编号")
    unit_id: Annotated[UUID | None, equals(Contact.unit_id)] = Field(default=None, title="服务单位编号")
    under: Annotated[UUID | None, Where(below(Contact.organization_id))] = Field(
        default=None, title="该选派组织及其全部下级"
    )
    kind: Annotated[list[ContactKind], equals(Contact.kind)] = Field(default=[], max_length=5, title="联系方式")
    from_day: Annotated[BusinessDate | None, at_least(Contact.contacted_on)] = Field(default=None, title="日期起")
    to_day: Annotated[BusinessDate | None, at_most(Contact.contacted_on)] = Field(default=None, title="日期止")
    is_void: Annotated[bool, void_or_not(Contact)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, contains(Contact.content)] = Field(default=None, title="搜索联系内容")


class KindCompliance(Schema):
    kind: ContactKind = Field(title="联系方式")
    expected: int = Field(title="全年应完成次数", description="整个时段都在服务期内的才计")
    kept: int = Field(title="已完成次数")
    missing: list[int] = Field(title="缺少的时段", description="已经过去而没有联系的第几周、第几月、第几季度")


class ContactComplianceRead(Schema):
    """Of one instructor and one unit in a year."""

    id: UUID = Field(title="服务关系编号")
    instructor_id: UUID = Field(title="党建指导员编号")
    instructor_name: str = Field(title="党建指导员")
    unit_id: UUID = Field(title="服务单位编号")
    unit_name: str = Field(title="服务单位")
    valid_from: date = Field(title="起始日期")
    valid_to: date | None = Field(title="结束日期")
    year: int = Field(title="年度")
    kinds: list[KindCompliance] = Field(title="五个一完成情况")


class ContactComplianceSheet(Schema):
    """Of one instructor and one unit in a year, as officials keep it: 51/52, and which are missing."""

    instructor_name: str = Field(title="党建指导员")
    unit_name: str = Field(title="服务单位")
    year: int = Field(title="年度")
    call: str = Field(title="电话联系", description=DONE_OF_DUE)
    call_missing: str = Field(title="缺电话联系的周")
    visit: str = Field(title="走访", description=DONE_OF_DUE)
    visit_missing: str = Field(title="缺走访的月")
    talk: str = Field(title="面谈", description=DONE_OF_DUE)
    talk_missing: str = Field(title="缺面谈的季度")
    member_developed: str = Field(title="发展党员", description=DONE_OF_DUE)
    organization_helped: str = Field(title="帮建党组织", description=DONE_OF_DUE)


class ContactComplianceListing(
    Listing,
    sortable=(InstructorAssignment.valid_from,),
    order=(InstructorAssignment.valid_from, InstructorAssignment.id),
):
    instructor_id: Annotated[UUID | None, equals(InstructorAssignment.instructor_id)] = Field(
        default=None, title="党建指导员编号"
    )
    unit_id: Annotated[UUID | None, equals(InstructorAssignment.unit_id)] = Field(default=None, title="服务单位编号")
    q: Annotated[OptionalText | None, Where(named(InstructorAssignment.instructor_id))] = Field(
        default=None, title="按指导员姓名查找"
    )


class DueContact(Schema):
    kind: ContactKind = Field(title="联系方式")
    due_on: date = Field(title="最迟日期")


class ServedUnit(Schema):
    assignment_id: UUID = Field(title="服务关系编号")
    unit_id: UUID = Field(title="服务单位编号")
    unit_name: str = Field(title="服务单位")
    valid_from: date = Field(title="起始日期")
    visits: int = Field(title="今年走访次数")
    last_visited_on: date | None = Field(title="今年最近一次走访")
    due: list[DueContact] = Field(title="本期还要做的联系")


class OwnContactDuties(Schema):
    instructor_id: UUID = Field(title="党建指导员编号")
    instructor_name: str = Field(title="党建指导员")
    as_of: date = Field(title="截至日期")
    units: list[ServedUnit] = Field(title="我联系的单位")
