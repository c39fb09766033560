from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from kit.edge import BusinessDate, Name, OptionalName, OptionalText, Schema
from records.listing import Listing, contains, equals
from scoring.contests.duty_posts.kinds import DutyPostKind
from scoring.contests.duty_posts.schemas import DutyPostRead
from scoring.contests.post_proposals.queries import PROPOSALS

PROPOSED = PROPOSALS.c


class PostProposalRead(Schema):
    member_id: UUID = Field(title="党员编号")
    member_name: str = Field(title="党员")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    kind: DutyPostKind = Field(title="建议类别")
    name: str = Field(title="建议名称")


class PostProposalListing(
    Listing,
    sortable=(PROPOSED.organization_name, PROPOSED.member_name, PROPOSED.kind),
    order=(PROPOSED.organization_name, PROPOSED.member_id),
):
    organization_id: Annotated[UUID | None, equals(PROPOSED.organization_id)] = Field(default=None, title="党组织编号")
    kind: Annotated[list[DutyPostKind], equals(PROPOSED.kind)] = Field(default=[], max_length=8, title="建议类别")
    q: Annotated[OptionalName | None, contains(PROPOSED.member_name)] = Field(default=None, title="搜索姓名")


class PostAccepted(Schema):
    """What is not said is as it is proposed."""

    member_id: UUID = Field(title="党员")
    kind: DutyPostKind | None = Field(default=None, title="类别")
    name: Name | None = Field(default=None, title="名称")
    duties: OptionalText | None = Field(default=None, title="职责")


class PostProposalsAccept(Schema):
    organization_id: UUID = Field(title="党组织")
    set_up_on: BusinessDate = Field(title="设立日期")
    posts: list[PostAccepted] = Field(min_length=1, max_length=200, title="采纳的岗位")

    @model_validator(mode="after")
    def are_of_different_members(self) -> Self:
        if len({one.member_id for one in self.posts}) != len(self.posts):
            raise ValueError("同一名党员只能写一次")
        return self


class PostsSetUp(Schema):
    items: list[DutyPostRead] = Field(title="设立的岗位")
