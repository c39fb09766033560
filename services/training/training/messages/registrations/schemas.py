import re
from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import Path
from pydantic import AfterValidator, Field

from kit.edge import Name, Schema
from records.events import Payload
from records.listing import Listing, Where, equals
from roster.queries import below
from training.messages.registrations.kinds import Channel
from training.messages.registrations.models import ChannelRegistration
from training.messages.registrations.queries import WHERE_NOW

RegistrationId = Annotated[UUID, Path(title="渠道登记编号")]
MOBILE = re.compile(r"(?<!\d)(?:(?:00)?86)?1[3-9]\d{9}(?!\d)")
SEPARATORS = re.compile(r"[\W_]")


def no_telephone(reference: str) -> str:
    if MOBILE.search(SEPARATORS.sub("", reference)):
        raise ValueError("不填手机号:填渠道内的编号或昵称,号码只留在渠道的平台里")
    return reference


class ChannelRegistrationCreate(Schema):
    member_id: UUID = Field(title="党员", description="党员本人只能登记自己的")
    channel: Channel = Field(title="渠道", description="站内信人人都有,不用登记")
    reference: Annotated[Name, AfterValidator(no_telephone)] = Field(
        title="渠道内的编号或昵称", description="不填手机号"
    )


class ChannelRegistrationRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="登记时所在党组织编号")
    organization_name: str = Field(title="登记时所在党组织")
    member_id: UUID = Field(title="党员编号")
    member_name: str = Field(title="党员")
    channel: Channel = Field(title="渠道")
    reference: str = Field(title="渠道内的编号或昵称")
    valid_from: date = Field(title="登记日期")
    ended_on: date | None = Field(title="停用日期")
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class ChannelRegistrationListing(
    Listing,
    sortable=(ChannelRegistration.valid_from, ChannelRegistration.channel),
    order=(ChannelRegistration.valid_from.desc(), ChannelRegistration.id),
):
    organization_id: Annotated[UUID | None, below(WHERE_NOW)] = Field(
        default=None, title="党员现在所在的党组织及其下级"
    )
    member_id: Annotated[UUID | None, equals(ChannelRegistration.member_id)] = Field(default=None, title="党员编号")
    channel: Annotated[list[Channel], equals(ChannelRegistration.channel)] = Field(
        default=[], max_length=3, title="渠道,可重复"
    )
    is_ended: Annotated[
        bool | None,
        Where(
            lambda wanted: (
                ChannelRegistration.ended_on.is_not(None) if wanted else ChannelRegistration.ended_on.is_(None)
            )
        ),
    ] = Field(default=None, title="已停用")


class ChannelRegistrationChanged(Payload, title="渠道登记变更"):
    """What names the member in the channel stays here."""

    type: ClassVar[str] = "training.channel_registration.changed.v1"
    id: UUID
    organization_id: UUID
    member_id: UUID
    channel: Channel
    ended_on: date | None
