from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, Count, LongText, Name, OptionalName, Schema
from records.listing import Listing, at_least, at_most, contains, equals
from records.voiding import VOID_REASON, void_or_not
from scoring.contests.contests.kinds import ContestForm, ContestPart
from scoring.contests.contests.models import Contest
from scoring.contests.duty_posts.kinds import DutyPostKind
from scoring.contests.projects.kinds import ProjectKind, ProjectState

ContestId = Annotated[UUID, Path(title="活动编号")]


class ContestCreate(Schema):
    organization_id: UUID = Field(title="党组织")
    form: ContestForm = Field(title="形式")
    name: Name = Field(title="名称")
    held_on: BusinessDate = Field(title="开展日期")
    participants: Count = Field(title="参加人数")
    result: LongText = Field(title="结果")


class ContestRead(Schema):
    id: UUID = Field(title="编号")
    root_id: UUID = Field(title="所属区编号")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str | None = Field(title="党组织")
    form: ContestForm = Field(title="形式")
    name: str = Field(title="名称")
    held_on: date = Field(title="开展日期")
    participants: int = Field(title="参加人数")
    result: str = Field(title="结果")
    void_reason: str | None = Field(title=VOID_REASON)
    version: int = Field(title="版本")


class ContestListing(
    Listing, sortable=(Contest.held_on, Contest.form, Contest.name), order=(Contest.held_on.desc(), Contest.id)
):
    form: Annotated[list[ContestForm], equals(Contest.form)] = Field(default=[], max_length=9, title="形式")
    organization_id: Annotated[UUID | None, equals(Contest.organization_id)] = Field(default=None, title="党组织编号")
    from_day: Annotated[BusinessDate | None, at_least(Contest.held_on)] = Field(default=None, title="开展日期起")
    to_day: Annotated[BusinessDate | None, at_most(Contest.held_on)] = Field(default=None, title="开展日期止")
    is_void: Annotated[bool, void_or_not(Contest)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalName | None, contains(Contest.name)] = Field(default=None, title="搜索名称")


class PartCount(Schema):
    part: ContestPart = Field(title="三亮、三比或三评")
    held: int = Field(title="开展次数")
    participants: int = Field(title="参加人次")


class FormCount(Schema):
    form: ContestForm = Field(title="形式")
    held: int = Field(title="开展次数")
    participants: int = Field(title="参加人次")


class DutyPostCount(Schema):
    kind: DutyPostKind = Field(title="类别")
    posts: int = Field(title="截至当日的岗位数")


class ProjectCount(Schema):
    kind: ProjectKind = Field(title="类别")
    state: ProjectState = Field(title="状态")
    projects: int = Field(title="项目数")


class ContestFigures(Schema):
    year: int = Field(title="年度")
    as_of: date = Field(title="截至日期")
    parts: list[PartCount] = Field(title="三亮、三比、三评")
    forms: list[FormCount] = Field(title="各形式")
    duty_posts: list[DutyPostCount] = Field(title="示范岗、责任区、先锋岗")
    projects: list[ProjectCount] = Field(title="本年度提出的项目")
