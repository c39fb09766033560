from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, Name, OptionalText, Schema
from records.bitemporal import valid_on
from records.listing import Listing, Where, equals
from records.voiding import VOID_REASON, void_or_not
from registry.liaison.instructors import queries
from registry.liaison.instructors.models import Instructor, InstructorAssignment
from registry.members.members.schemas import IdNumber
from registry.names import named_like
from registry.tree.posts.kinds import AppointmentSource

InstructorId = Annotated[UUID, Path(title="党建指导员编号")]
AssignmentId = Annotated[UUID, Path(title="服务关系编号")]


class InstructorCreate(Schema):
    name: Name = Field(title="姓名")
    id_number: IdNumber = Field(title="公民身份号码")
    organization_id: UUID = Field(title="选派组织")
    source: AppointmentSource | None = Field(default=None, title="来源")
    engaged_on: BusinessDate = Field(title="任职日期")
    released_on: BusinessDate | None = Field(default=None, title="届满日期", description="当日起不再任职")


class InstructorRead(Schema):
    id: UUID = Field(title="编号")
    name: str = Field(title="姓名")
    id_number_masked: str = Field(title="公民身份号码(部分隐藏)")
    member_id: UUID | None = Field(title="本区在册党员编号")
    member_name: str | None = Field(title="本区在册党员")
    organization_id: UUID = Field(title="选派组织编号")
    organization_name: str = Field(title="选派组织")
    root_id: UUID = Field(title="所属区编号")
    source: AppointmentSource | None = Field(title="来源")
    engaged_on: date = Field(title="任职日期")
    released_on: date | None = Field(title="届满日期")
    version: int = Field(title="版本")


class InstructorListing(
    Listing, sortable=(Instructor.name, Instructor.engaged_on), order=(Instructor.name, Instructor.id)
):
    organization_id: Annotated[UUID | None, equals(Instructor.organization_id)] = Field(
        default=None, title="选派组织编号"
    )
    source: Annotated[AppointmentSource | None, equals(Instructor.source)] = Field(default=None, title="来源")
    as_of: Annotated[BusinessDate | None, Where(queries.engaged_on)] = Field(default=None, title="该日在任")
    q: Annotated[OptionalText | None, Where(named_like(Instructor.search_keys))] = Field(
        default=None, title="按姓名查找"
    )


class InstructorAssignmentCreate(Schema):
    instructor_id: UUID = Field(title="党建指导员")
    unit_id: UUID = Field(title="服务单位")
    valid_from: BusinessDate = Field(title="起始日期")
    valid_to: BusinessDate | None = Field(default=None, title="结束日期", description="当日起不再服务")


class InstructorAssignmentEnd(Schema):
    ended_on: BusinessDate = Field(title="结束日期")


class InstructorAssignmentRead(Schema):
    id: UUID = Field(title="编号")
    instructor_id: UUID = Field(title="党建指导员编号")
    instructor_name: str = Field(title="党建指导员")
    unit_id: UUID = Field(title="服务单位编号")
    unit_name: str = Field(title="服务单位")
    root_id: UUID = Field(title="所属区编号")
    valid_from: date = Field(title="起始日期")
    valid_to: date | None = Field(title="结束日期")
    void_reason: str | None = Field(title=VOID_REASON)
    version: int = Field(title="版本")


class InstructorAssignmentListing(
    Listing,
    sortable=(InstructorAssignment.valid_from,),
    order=(InstructorAssignment.valid_from, InstructorAssignment.id),
):
    instructor_id: Annotated[UUID | None, equals(InstructorAssignment.instructor_id)] = Field(
        default=None, title="党建指导员编号"
    )
    unit_id: Annotated[UUID | None, equals(InstructorAssignment.unit_id)] = Field(default=None, title="服务单位编号")
    as_of: Annotated[BusinessDate | None, Where(lambda day: valid_on(InstructorAssignment, day))] = Field(
        default=None, title="该日有效"
    )
    is_void: Annotated[bool, void_or_not(InstructorAssignment)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, Where(queries.named(InstructorAssignment.instructor_id))] = Field(
        default=None, title="按指导员姓名查找"
    )
