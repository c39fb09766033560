from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, LongText, OptionalText, Schema
from records.listing import Listing, Where, contains, equals
from records.voiding import VOID_REASON, void_or_not
from registry.liaison.council_decisions.models import CouncilDecision
from registry.liaison.council_decisions.queries import done_or_not, is_overdue_on
from registry.liaison.council_meetings.kinds import CouncilBody

DecisionId = Annotated[UUID, Path(title="议定事项编号")]
RESPONSIBLE = "责任单位"


class CouncilDecisionCreate(Schema):
    meeting_id: UUID = Field(title="联席会议")
    content: LongText = Field(title="议定事项")
    body: CouncilBody = Field(title=RESPONSIBLE)
    due_on: BusinessDate = Field(title="完成期限")


class CouncilDecisionComplete(Schema):
    done_on: BusinessDate = Field(title="完成日期")
    result: LongText = Field(title="落实情况")


class CouncilDecisionRead(Schema):
    id: UUID = Field(title="编号")
    meeting_id: UUID = Field(title="联席会议编号")
    meeting_name: str = Field(title="联席会议")
    organization_id: UUID = Field(title="召集的党组织编号")
    organization_name: str = Field(title="召集的党组织")
    content: str = Field(title="议定事项")
    body: CouncilBody = Field(title=RESPONSIBLE)
    due_on: date = Field(title="完成期限")
    done_on: date | None = Field(title="完成日期")
    result: str | None = Field(title="落实情况")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class CouncilDecisionListing(
    Listing,
    sortable=(CouncilDecision.due_on, CouncilDecision.body),
    order=(CouncilDecision.due_on, CouncilDecision.id),
):
    meeting_id: Annotated[UUID | None, equals(CouncilDecision.meeting_id)] = Field(default=None, title="联席会议编号")
    body: Annotated[list[CouncilBody], equals(CouncilDecision.body)] = Field(
        default=[], max_length=len(CouncilBody), title=RESPONSIBLE
    )
    is_done: Annotated[bool | None, Where(done_or_not)] = Field(default=None, title="是否完成")
    overdue_on: Annotated[BusinessDate | None, Where(is_overdue_on)] = Field(default=None, title="该日已逾期未完成")
    is_void: Annotated[bool, void_or_not(CouncilDecision)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, contains(CouncilDecision.content)] = Field(default=None, title="按内容查找")
