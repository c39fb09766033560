from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from kit.edge import BusinessDate, Schema
from records.findings import Severity
from records.listing import at_least, at_most
from registry.oversight.findings.kinds import FindingCode, FindingSubject
from registry.oversight.findings.queries import FOUND
from registry.oversight.findings.schemas import FoundListing

F = FOUND.c


class TaskRead(Schema):
    """What somebody has to do because of a finding; it ends when the finding does."""

    id: UUID = Field(title="发现编号")
    code: FindingCode = Field(title="事项")
    action: str = Field(title="要办的事")
    statement: str = Field(title="情况")
    severity: Severity = Field(title="轻重")
    subject_kind: FindingSubject = Field(title="对象类别")
    subject_id: UUID = Field(title="对象编号")
    subject_name: str = Field(title="对象")
    organization_id: UUID = Field(title="责任党组织编号")
    organization_name: str = Field(title="责任党组织")
    owner_name: str | None = Field(title="责任人", description="责任党组织今天的书记;没有书记的为空")
    began_on: date = Field(title="自何时起")
    due_on: date = Field(title="办理期限")
    is_overdue: bool = Field(title="是否逾期")


class TaskListing(
    FoundListing,
    sortable=(F.due_on, F.urgency, F.began_on, F.subject_name, F.organization_name),
    order=(F.due_on, F.code, F.subject_id, F.id),
):
    due_from: Annotated[BusinessDate | None, at_least(F.due_on)] = Field(default=None, title="期限不早于")
    due_until: Annotated[BusinessDate | None, at_most(F.due_on)] = Field(default=None, title="期限不晚于")
