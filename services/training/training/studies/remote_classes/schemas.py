from datetime import date, datetime
from typing import Annotated, ClassVar, Self
from uuid import UUID

from fastapi import Path
from pydantic import Field, model_validator

from kit.edge import BusinessDate, Instant, Name, Schema, Text
from records.events import Payload
from records.listing import Listing, Where, at_least, at_most, contains, equals
from records.voiding import VOID_REASON, void_or_not
from roster.queries import below
from training.studies.remote_classes.models import ClassViewing, RemoteClass

RemoteClassId = Annotated[UUID, Path(title="远程课程编号")]
ClassViewingId = Annotated[UUID, Path(title="观看记录编号")]
Minutes = Annotated[int, Field(ge=1, le=1200)]


class RemoteClassCreate(Schema):
    organization_id: UUID = Field(title="开课的党组织", description="本级及下级的党员可以观看")
    title: Text = Field(title="课程")
    lecturer: Name | None = Field(default=None, title="主讲人")
    minutes: Minutes = Field(title="课程时长(分钟)")
    daily_cap: Minutes = Field(default=120, title="每人每天最多计入(分钟)")
    total_cap: Minutes | None = Field(default=None, title="每人最多计入(分钟)", description="不填即课程时长")
    opens_on: BusinessDate = Field(title="开放日期起")
    closes_on: BusinessDate = Field(title="开放日期止")

    @model_validator(mode="after")
    def in_order(self) -> Self:
        if self.closes_on < self.opens_on:
            raise ValueError("开放日期止不能早于开放日期起")
        if self.total_cap is not None and self.total_cap > self.minutes:
            raise ValueError("每人最多计入的分钟数不能超过课程时长")
        return self


class RemoteClassCorrect(Schema):
    title: Text | None = Field(default=None, title="课程")
    lecturer: Name | None = Field(default=None, title="主讲人")
    closes_on: BusinessDate | None = Field(default=None, title="开放日期止")


class RemoteClassRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="开课的党组织编号")
    organization_name: str = Field(title="开课的党组织")
    title: str = Field(title="课程")
    lecturer: str | None = Field(title="主讲人")
    minutes: int = Field(title="课程时长(分钟)")
    daily_cap: int = Field(title="每人每天最多计入(分钟)")
    total_cap: int = Field(title="每人最多计入(分钟)")
    opens_on: date = Field(title="开放日期起")
    closes_on: date = Field(title="开放日期止")
    viewers: int = Field(title="观看人数")
    credited_minutes: int = Field(title="计入学时的分钟合计")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class RemoteClassListing(
    Listing,
    sortable=(RemoteClass.opens_on, RemoteClass.closes_on, RemoteClass.title, RemoteClass.minutes),
    order=(RemoteClass.opens_on.desc(), RemoteClass.id),
):
    organization_id: Annotated[UUID | None, below(RemoteClass.organization_id)] = Field(
        default=None, title="该党组织及其下级"
    )
    open_on: Annotated[
        BusinessDate | None, Where(lambda day: (RemoteClass.opens_on <= day) & (RemoteClass.closes_on >= day))
    ] = Field(default=None, title="该日开放的")
    is_void: Annotated[bool, void_or_not(RemoteClass)] = Field(default=False, title="只列已作废的")
    q: Annotated[Text | None, contains(RemoteClass.title)] = Field(default=None, title="课程名称中的文字")


class ClassViewingCreate(Schema):
    started_at: Instant = Field(title="开始观看的时间")
    from_minute: int = Field(ge=0, le=1199, title="从课程的第几分钟起")
    to_minute: Minutes = Field(title="看到课程的第几分钟")

    @model_validator(mode="after")
    def in_order(self) -> Self:
        if self.to_minute <= self.from_minute:
            raise ValueError("看到的分钟须大于开始的分钟")
        return self


class ClassViewingRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="所在党组织编号")
    organization_name: str = Field(title="所在党组织")
    remote_class_id: UUID = Field(title="远程课程编号")
    remote_class_name: str = Field(title="远程课程")
    member_id: UUID = Field(title="党员编号")
    member_name: str = Field(title="党员")
    started_at: datetime = Field(title="开始观看的时间")
    ended_at: datetime = Field(title="结束观看的时间")
    watched_on: date = Field(title="观看日期")
    from_minute: int = Field(title="从课程的第几分钟起")
    to_minute: int = Field(title="看到课程的第几分钟")
    credited_minutes: int = Field(title="计入学时的分钟", description="同一分钟只计一次,并不超过每天和每人的上限")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class ClassViewingListing(
    Listing,
    sortable=(ClassViewing.started_at, ClassViewing.credited_minutes),
    order=(ClassViewing.started_at.desc(), ClassViewing.id),
):
    organization_id: Annotated[UUID | None, below(ClassViewing.organization_id)] = Field(
        default=None, title="该党组织及其下级"
    )
    remote_class_id: Annotated[UUID | None, equals(ClassViewing.remote_class_id)] = Field(
        default=None, title="远程课程编号"
    )
    member_id: Annotated[UUID | None, equals(ClassViewing.member_id)] = Field(default=None, title="党员编号")
    from_day: Annotated[BusinessDate | None, at_least(ClassViewing.watched_on)] = Field(
        default=None, title="观看日期起"
    )
    to_day: Annotated[BusinessDate | None, at_most(ClassViewing.watched_on)] = Field(default=None, title="观看日期止")
    is_void: Annotated[bool, void_or_not(ClassViewing)] = Field(default=False, title="只列已作废的")


class RemoteClassChanged(Payload, title="远程课程变更"):
    type: ClassVar[str] = "training.remote_class.changed.v1"
    id: UUID
    organization_id: UUID
    title: str
    minutes: int
    opens_on: date
    closes_on: date
    is_void: bool


class ClassViewingChanged(Payload, title="远程课程观看记录变更"):
    type: ClassVar[str] = "training.class_viewing.changed.v1"
    id: UUID
    organization_id: UUID
    remote_class_id: UUID
    member_id: UUID
    watched_on: date
    credited_minutes: int
    is_void: bool
