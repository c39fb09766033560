from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, LongText, Name, Schema
from records.events import Payload
from records.listing import Listing, Where, equals
from records.voiding import VOID_REASON, void_or_not
from roster.queries import below
from training.mutual_aid.votes.kinds import VoteOutcome
from training.mutual_aid.votes.models import ServiceCandidate, ServiceVote

VoteId = Annotated[UUID, Path(title="投票编号")]
MOST_ITEMS, PLACES = 200, 10
Few = Annotated[int, Field(ge=1, le=100)]


class ServiceVoteCreate(Schema):
    organization_id: UUID = Field(title="党组织")
    title: Name = Field(title="名称")
    closes_on: BusinessDate = Field(title="截止日期")
    most_choices: Few = Field(default=PLACES, title="每人最多选几项")
    places: Few = Field(default=PLACES, title="前几项为固定项目")
    service_item_ids: Annotated[list[UUID], Field(min_length=2, max_length=MOST_ITEMS)] | None = Field(
        default=None, title="参加投票的项目", description="不填为菜单上的全部项目"
    )


class ServiceBallot(Schema):
    service_item_ids: Annotated[list[UUID], Field(min_length=1, max_length=100)] = Field(title="所选项目")


class TieDecision(Schema):
    service_item_ids: Annotated[list[UUID], Field(min_length=1, max_length=100)] = Field(title="入选的并列项目")
    reason: LongText = Field(title="议定理由")


class ServiceVoteRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    title: str = Field(title="名称")
    opened_on: date = Field(title="开始日期")
    closes_on: date = Field(title="截止日期")
    most_choices: int = Field(title="每人最多选几项")
    places: int = Field(title="前几项为固定项目")
    candidates: int = Field(title="参加投票的项目数")
    voters: int = Field(title="已投票人数")
    closed_on: date | None = Field(title="计票日期")
    tie_reason: str | None = Field(title="并列议定理由")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class ServiceVoteListing(
    Listing, sortable=(ServiceVote.opened_on, ServiceVote.title), order=(ServiceVote.opened_on.desc(), ServiceVote.id)
):
    organization_id: Annotated[UUID | None, below(ServiceVote.organization_id)] = Field(
        default=None, title="该党组织及其下级"
    )
    is_closed: Annotated[bool | None, Where(lambda wanted: ServiceVote.closed_on.is_not(None) == wanted)] = Field(
        default=None, title="已计票"
    )
    is_void: Annotated[bool, void_or_not(ServiceVote)] = Field(default=False, title="只列已作废的")


class ServiceCandidateRead(Schema):
    id: UUID = Field(title="编号")
    service_vote_id: UUID = Field(title="投票编号")
    service_vote_name: str = Field(title="投票")
    service_item_id: UUID = Field(title="互助项目编号")
    service_item_name: str = Field(title="互助项目")
    provider_ids: list[UUID] = Field(title="人员编号")
    provider_names: list[str] = Field(title="人员")
    form: str = Field(title="形式")
    time: str = Field(title="时间")
    votes: int = Field(title="得票", description="计票后公布,投票中为 0")
    outcome: VoteOutcome = Field(title="结果")


class ServiceCandidateListing(
    Listing, sortable=(ServiceCandidate.votes,), order=(ServiceCandidate.votes.desc(), ServiceCandidate.id)
):
    service_vote_id: Annotated[UUID | None, equals(ServiceCandidate.service_vote_id)] = Field(
        default=None, title="投票编号"
    )
    service_item_id: Annotated[UUID | None, equals(ServiceCandidate.service_item_id)] = Field(
        default=None, title="互助项目编号"
    )
    outcome: Annotated[list[VoteOutcome], equals(ServiceCandidate.outcome)] = Field(
        default=[], max_length=4, title="结果,可重复"
    )


class ServiceVoteChanged(Payload, title="互助项目投票变更"):
    type: ClassVar[str] = "training.service_vote.changed.v1"
    id: UUID
    organization_id: UUID
    opened_on: date
    closes_on: date
    closed_on: date | None
    fixed: list[UUID]
    tied: list[UUID]
    is_void: bool


class ServiceBallotCast(Payload, title="互助项目投票"):
    """That somebody voted; what was chosen is told to nobody."""

    type: ClassVar[str] = "training.service_ballot.cast.v1"
    service_vote_id: UUID
    organization_id: UUID
