from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, LongText, Name, OptionalName, Schema
from records.listing import Listing, at_least, at_most, contains, equals
from records.voiding import VOID_REASON, void_or_not
from scoring.contests.projects.kinds import ProjectKind, ProjectState
from scoring.contests.projects.models import Project

ProjectId = Annotated[UUID, Path(title="项目编号")]


class ProjectCreate(Schema):
    organization_id: UUID = Field(title="党组织")
    kind: ProjectKind = Field(title="类别")
    name: Name = Field(title="名称")
    goal: LongText = Field(title="目标")
    opened_on: BusinessDate = Field(title="提出日期")


class ProjectClaim(Schema):
    claimant_id: UUID = Field(title="认领的党员")


class ProjectClosure(Schema):
    closed_on: BusinessDate = Field(title="办结日期")
    effect: LongText = Field(title="实测成效", description="可核对的数量变化,如“用工减少三分之一,效率提高一倍”")
    participant_ids: Annotated[list[UUID], Field(max_length=100)] = Field(default=[], title="参加的党员")


class ProjectRead(Schema):
    id: UUID = Field(title="编号")
    root_id: UUID = Field(title="所属区编号")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str | None = Field(title="党组织")
    kind: ProjectKind = Field(title="类别")
    state: ProjectState = Field(title="状态")
    name: str = Field(title="名称")
    goal: str = Field(title="目标")
    opened_on: date = Field(title="提出日期")
    claimant_id: UUID | None = Field(title="认领人编号")
    claimant_name: str | None = Field(title="认领人")
    participant_ids: list[UUID] = Field(title="参加的党员编号")
    participant_names: list[str] = Field(title="参加的党员")
    closed_on: date | None = Field(title="办结日期")
    effect: str | None = Field(title="实测成效")
    void_reason: str | None = Field(title=VOID_REASON)
    version: int = Field(title="版本")


class ProjectListing(
    Listing, sortable=(Project.opened_on, Project.kind, Project.name), order=(Project.opened_on.desc(), Project.id)
):
    kind: Annotated[list[ProjectKind], equals(Project.kind)] = Field(default=[], max_length=4, title="类别")
    state: Annotated[list[ProjectState], equals(Project.state)] = Field(default=[], max_length=3, title="状态")
    organization_id: Annotated[UUID | None, equals(Project.organization_id)] = Field(default=None, title="党组织编号")
    claimant_id: Annotated[UUID | None, equals(Project.claimant_id)] = Field(default=None, title="认领人编号")
    from_day: Annotated[BusinessDate | None, at_least(Project.opened_on)] = Field(default=None, title="提出日期起")
    to_day: Annotated[BusinessDate | None, at_most(Project.opened_on)] = Field(default=None, title="提出日期止")
    is_void: Annotated[bool, void_or_not(Project)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalName | None, contains(Project.name)] = Field(default=None, title="搜索名称")
