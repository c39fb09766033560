from datetime import datetime
from typing import Annotated, ClassVar, Self
from uuid import UUID

from fastapi import Path
from pydantic import Field, model_validator

from kit.edge import Instant, LongText, Schema, Text
from records.events import Payload
from records.listing import Listing, Where, at_least, at_most, contains, equals
from records.voiding import VOID_REASON, void_or_not
from roster.queries import below
from training.kinds import Audience
from training.messages.messages import queries
from training.messages.messages.kinds import DeliveryFailure, DeliveryState, MessageKind, MessageState
from training.messages.messages.models import Delivery, Message
from training.messages.registrations.kinds import Channel

MessageId = Annotated[UUID, Path(title="消息编号")]
DeliveryId = Annotated[UUID, Path(title="送达记录编号")]


class MessageCreate(Schema):
    organization_id: UUID = Field(title="发出的党组织")
    kind: MessageKind = Field(default=MessageKind.NOTICE, title="类型")
    channel: Channel = Field(default=Channel.INBOX, title="渠道")
    audience: Audience = Field(title="发给谁")
    chosen_ids: list[UUID] = Field(
        default=[], max_length=5000, title="指定人员", description="发给指定人员时必填,其他不填"
    )
    title: Text = Field(title="标题")
    text: LongText = Field(title="内容")
    material: Text | None = Field(default=None, title="学习资料名称", description="类型为配送学习资料时必填")

    @model_validator(mode="after")
    def complete(self) -> Self:
        if (self.kind is MessageKind.MATERIAL) != (self.material is not None):
            raise ValueError("配送学习资料须写明资料名称,通知不写")
        if (self.audience is Audience.CHOSEN) != bool(self.chosen_ids):
            raise ValueError("发给指定人员时须列出人员,其他不列")
        if self.audience in (Audience.PUBLIC, Audience.CANDIDATES):
            raise ValueError("消息只发给党员")
        return self


class MessageCorrect(Schema):
    channel: Channel | None = Field(default=None, title="渠道")
    title: Text | None = Field(default=None, title="标题")
    text: LongText | None = Field(default=None, title="内容")


class MessageRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="发出的党组织编号")
    organization_name: str = Field(title="发出的党组织")
    kind: MessageKind = Field(title="类型")
    channel: Channel = Field(title="渠道")
    audience: Audience = Field(title="发给谁")
    title: str = Field(title="标题")
    text: str = Field(title="内容")
    material: str | None = Field(title="学习资料名称")
    state: MessageState = Field(title="状态")
    recorded_at: datetime = Field(title="登记时间")
    sent_at: datetime | None = Field(title="发出时间")
    recipients: int = Field(title="收件人数")
    accepted: int = Field(title="已送达渠道人数")
    failed: int = Field(title="未送达人数")
    read: int = Field(title="已阅或签收人数")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class MessageListing(
    Listing, sortable=(Message.recorded_at, Message.title), order=(Message.recorded_at.desc(), Message.id)
):
    organization_id: Annotated[UUID | None, below(Message.organization_id)] = Field(
        default=None, title="该党组织及其下级"
    )
    kind: Annotated[list[MessageKind], equals(Message.kind)] = Field(default=[], max_length=2, title="类型,可重复")
    channel: Annotated[list[Channel], equals(Message.channel)] = Field(default=[], max_length=3, title="渠道,可重复")
    state: Annotated[MessageState | None, equals(Message.state)] = Field(default=None, title="状态")
    from_moment: Annotated[Instant | None, at_least(Message.recorded_at)] = Field(default=None, title="登记时间起")
    to_moment: Annotated[Instant | None, at_most(Message.recorded_at)] = Field(default=None, title="登记时间止")
    is_void: Annotated[bool, void_or_not(Message)] = Field(default=False, title="只列已取消或撤回的")
    q: Annotated[Text | None, contains(Message.title, Message.text)] = Field(default=None, title="标题和内容中的文字")


class DeliveryReject(Schema):
    note: Text = Field(title="渠道退回的说明")


class DeliveryRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="发出的党组织编号")
    organization_name: str = Field(title="发出的党组织")
    message_id: UUID = Field(title="消息编号")
    message_name: str = Field(title="消息标题")
    kind: MessageKind = Field(title="类型")
    channel: Channel = Field(title="渠道")
    text: str = Field(title="内容")
    material: str | None = Field(title="学习资料名称")
    member_id: UUID = Field(title="收件人编号")
    member_name: str = Field(title="收件人")
    reference: str | None = Field(title="收件人在渠道内的编号或昵称")
    state: DeliveryState = Field(title="状态")
    failure: DeliveryFailure | None = Field(title="未送达的原因")
    failure_note: str | None = Field(title="渠道退回的说明")
    recorded_at: datetime = Field(title="发出时间")
    read_at: datetime | None = Field(title="已阅或签收时间")
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class DeliveryListing(Listing, sortable=(Delivery.recorded_at,), order=(Delivery.recorded_at.desc(), Delivery.id)):
    organization_id: Annotated[UUID | None, below(Delivery.organization_id)] = Field(
        default=None, title="该党组织及其下级"
    )
    message_id: Annotated[UUID | None, equals(Delivery.message_id)] = Field(default=None, title="消息编号")
    member_id: Annotated[UUID | None, equals(Delivery.member_id)] = Field(default=None, title="收件人编号")
    state: Annotated[DeliveryState | None, equals(Delivery.state)] = Field(default=None, title="状态")
    is_read: Annotated[bool | None, Where(queries.is_read)] = Field(default=None, title="已阅或签收")


class MessageChanged(Payload, title="消息变更"):
    """What was written stays here."""

    type: ClassVar[str] = "training.message.changed.v1"
    id: UUID
    organization_id: UUID
    kind: MessageKind
    channel: Channel
    audience: Audience
    state: MessageState
    is_void: bool


class DeliveryChanged(Payload, title="消息送达变更"):
    type: ClassVar[str] = "training.delivery.changed.v1"
    id: UUID
    message_id: UUID
    member_id: UUID
    state: DeliveryState
    is_read: bool
