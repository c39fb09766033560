from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, LongText, OptionalName, Schema
from records.listing import Listing, at_least, at_most, contains, equals
from records.voiding import VOID_REASON, void_or_not
from scoring.honours.complaints.kinds import ComplaintSource, ComplaintState
from scoring.honours.complaints.models import Complaint
from scoring.subjects import SubjectKind

ComplaintId = Annotated[UUID, Path(title="群众反映编号")]


class ComplaintFile(Schema):
    star_id: UUID = Field(title="星级编号", description="反映的对象现行的星级")
    source: ComplaintSource = Field(default=ComplaintSource.OWN, title="来源")
    content: LongText = Field(title="反映的情况")
    filed_on: BusinessDate = Field(title="反映日期")


class ComplaintHearing(Schema):
    heard_on: BusinessDate = Field(title="听取日期")
    hearing: LongText = Field(title="听取本人或本组织意见的情况")


class ComplaintDecision(Schema):
    is_upheld: bool = Field(strict=True, title="是否属实")
    reason: LongText = Field(title="认定理由", description="对象本人可见")


class ComplaintRead(Schema):
    id: UUID = Field(title="编号")
    root_id: UUID = Field(title="所属区编号")
    organization_id: UUID = Field(title="组织评议的党组织编号")
    organization_name: str | None = Field(title="组织评议的党组织")
    cycle_id: UUID = Field(title="评议年度编号")
    cycle_name: str | None = Field(title="评议年度")
    subject_kind: SubjectKind = Field(title="对象类别")
    subject_id: UUID = Field(title="对象编号")
    subject_name: str | None = Field(title="对象")
    source: ComplaintSource = Field(title="来源")
    state: ComplaintState = Field(title="状态")
    content: str = Field(title="反映的情况")
    filed_on: date = Field(title="反映日期")
    heard_on: date | None = Field(title="听取日期")
    hearing: str | None = Field(title="听取意见的情况")
    proposed_level: int | None = Field(title="建议星级", description="按规定的减星幅度,由系统提出,上级党组织决定")
    decided_on: date | None = Field(title="认定日期")
    reason: str | None = Field(title="认定理由")
    lowered_star_id: UUID | None = Field(title="减星后的星级编号")
    lowered_star_name: str | None = Field(title="减星后的星级")
    void_reason: str | None = Field(title=VOID_REASON)
    version: int = Field(title="版本")


class ComplaintListing(
    Listing,
    sortable=(Complaint.filed_on, Complaint.state, Complaint.source),
    order=(Complaint.filed_on.desc(), Complaint.id),
):
    state: Annotated[list[ComplaintState], equals(Complaint.state)] = Field(default=[], max_length=4, title="状态")
    source: Annotated[list[ComplaintSource], equals(Complaint.source)] = Field(default=[], max_length=3, title="来源")
    subject_kind: Annotated[SubjectKind | None, equals(Complaint.subject_kind)] = Field(default=None, title="对象类别")
    subject_id: Annotated[UUID | None, equals(Complaint.subject_id)] = Field(default=None, title="对象编号")
    organization_id: Annotated[UUID | None, equals(Complaint.organization_id)] = Field(
        default=None, title="组织评议的党组织编号"
    )
    from_day: Annotated[BusinessDate | None, at_least(Complaint.filed_on)] = Field(default=None, title="反映日期起")
    to_day: Annotated[BusinessDate | None, at_most(Complaint.filed_on)] = Field(default=None, title="反映日期止")
    is_void: Annotated[bool, void_or_not(Complaint)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalName | None, contains(Complaint.content)] = Field(default=None, title="搜索反映的情况")
