from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, Name, OptionalName, OptionalText, Schema
from records.listing import Listing, Where, at_least, at_most, contains, equals
from records.voiding import VOID_REASON, void_or_not
from scoring.contests.duty_posts.kinds import DutyPostKind
from scoring.contests.duty_posts.models import DutyPost

DutyPostId = Annotated[UUID, Path(title="岗位编号")]


class DutyPostCreate(Schema):
    organization_id: UUID = Field(title="党组织")
    kind: DutyPostKind = Field(title="类别")
    name: Name = Field(title="名称")
    holder_id: UUID | None = Field(default=None, title="党员", description="集体的岗位不填")
    duties: OptionalText | None = Field(default=None, title="职责")
    set_up_on: BusinessDate = Field(title="设立日期")


class DutyPostEnd(Schema):
    ended_on: BusinessDate = Field(title="撤销日期")


class DutyPostJudge(Schema):
    year: Annotated[int, Field(ge=2000, le=2099, strict=True, title="评定年度")]
    meets_standard: bool = Field(title="是否达标")


class DutyPostRead(Schema):
    id: UUID = Field(title="编号")
    root_id: UUID = Field(title="所属区编号")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str | None = Field(title="党组织")
    kind: DutyPostKind = Field(title="类别")
    name: str = Field(title="名称")
    holder_id: UUID | None = Field(title="党员编号")
    holder_name: str | None = Field(title="党员")
    duties: str | None = Field(title="职责")
    set_up_on: date = Field(title="设立日期")
    ended_on: date | None = Field(title="撤销日期")
    judged_year: int | None = Field(title="最近评定年度")
    judged_on: date | None = Field(title="评定日期")
    meets_standard: bool | None = Field(title="是否达标")
    void_reason: str | None = Field(title=VOID_REASON)
    version: int = Field(title="版本")


class DutyPostListing(
    Listing, sortable=(DutyPost.set_up_on, DutyPost.kind, DutyPost.name), order=(DutyPost.set_up_on.desc(), DutyPost.id)
):
    kind: Annotated[list[DutyPostKind], equals(DutyPost.kind)] = Field(default=[], max_length=8, title="类别")
    organization_id: Annotated[UUID | None, equals(DutyPost.organization_id)] = Field(default=None, title="党组织编号")
    holder_id: Annotated[UUID | None, equals(DutyPost.holder_id)] = Field(default=None, title="党员编号")
    judged_year: Annotated[int | None, equals(DutyPost.judged_year), Field(ge=2000, le=2099)] = Field(
        default=None, title="最近评定年度"
    )
    from_day: Annotated[BusinessDate | None, at_least(DutyPost.set_up_on)] = Field(default=None, title="设立日期起")
    to_day: Annotated[BusinessDate | None, at_most(DutyPost.set_up_on)] = Field(default=None, title="设立日期止")
    is_ended: Annotated[
        bool | None, Where(lambda wanted: DutyPost.ended_on.is_not(None) if wanted else DutyPost.ended_on.is_(None))
    ] = Field(default=None, title="是否已撤销")
    is_void: Annotated[bool, void_or_not(DutyPost)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalName | None, contains(DutyPost.name)] = Field(default=None, title="搜索名称")
