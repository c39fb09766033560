from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, Instant, OptionalText, Schema, Text
from records.findings import FindingStatus, Severity
from records.listing import Listing, Where, at_least, at_most, contains, equals
from registry.oversight.findings.kinds import FindingCode, FindingSubject
from registry.oversight.findings.queries import FOUND
from registry.tree.organizations.queries import below

F = FOUND.c
FindingId = Annotated[UUID, Path(title="发现编号")]
MOST_CODES = len(FindingCode)


class FindingRead(Schema):
    id: UUID = Field(title="发现编号")
    code: FindingCode = Field(title="事项")
    statement: str = Field(title="情况")
    severity: Severity = Field(title="轻重")
    status: FindingStatus = Field(title="状态")
    subject_kind: FindingSubject = Field(title="对象类别")
    subject_id: UUID = Field(title="对象编号")
    subject_name: str = Field(title="对象")
    organization_id: UUID = Field(title="责任党组织编号")
    organization_name: str = Field(title="责任党组织")
    began_on: date = Field(title="自何时起")
    due_on: date = Field(title="办理期限")
    action: str = Field(title="办理建议", description="由人决定;系统不因发现问题而更改任何内容")
    value: int | None = Field(title="实际数值")
    rule: str = Field(title="规则编号")
    source: str = Field(title="依据")
    opened_on: date = Field(title="发现日期")
    closed_on: date | None = Field(title="消除日期")
    acknowledgement: str | None = Field(title="说明")
    acknowledged_by_name: str | None = Field(title="说明人")
    acknowledged_at: Instant | None = Field(title="说明时间")
    version: int = Field(title="版本")


class FoundListing(Listing):
    """What findings and tasks are narrowed by alike."""

    code: Annotated[list[FindingCode], equals(F.code)] = Field(default=[], max_length=MOST_CODES, title="事项")
    severity: Annotated[list[Severity], equals(F.severity)] = Field(default=[], max_length=3, title="轻重")
    subject_kind: Annotated[list[FindingSubject], equals(F.subject_kind)] = Field(
        default=[], max_length=len(FindingSubject), title="对象类别"
    )
    organization_id: Annotated[UUID | None, equals(F.organization_id)] = Field(default=None, title="责任党组织编号")
    under: Annotated[UUID | None, Where(below(F.organization_id))] = Field(default=None, title="责任党组织及其全部下级")
    q: Annotated[OptionalText | None, contains(F.subject_name)] = Field(default=None, title="按对象名称查找")


class FindingListing(
    FoundListing,
    sortable=(F.urgency, F.began_on, F.due_on, F.code, F.subject_name, F.organization_name),
    order=(F.due_on, F.code, F.subject_id, F.id),
):
    status: Annotated[list[FindingStatus], equals(F.status)] = Field(
        default=[FindingStatus.OPEN, FindingStatus.ACKNOWLEDGED], max_length=3, title="状态"
    )
    since: Annotated[BusinessDate | None, at_least(F.began_on)] = Field(default=None, title="该日及以后出现")
    until: Annotated[BusinessDate | None, at_most(F.began_on)] = Field(default=None, title="该日及以前出现")


class FindingAcknowledge(Schema):
    reason: Text = Field(title="说明", description="如上级已批准、已列入计划;会记入审计")
