"""What is told of members: never the ID number, the phone or the birth date."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from records.events import Payload, entry
from registry.members.members.kinds import MemberStage
from registry.members.members.models import Member


class UndatedMemberChanged(Payload, title="党员信息变更(不含日期)"):
    """What was told before days were; it stands in the log and is told no more."""

    type: ClassVar[str] = "registry.member.changed.v1"
    id: UUID
    name: str
    organization_id: UUID
    path: str
    root_id: UUID
    stage: MemberStage
    is_active: bool


class MemberChanged(UndatedMemberChanged, title="党员信息变更"):
    """`changed_on` is the business day of this change, `arrived_on` that of belonging to the organisation, if known.

    A void member never left: who is not active and has no last day belonged nowhere on any day.
    """

    type: ClassVar[str] = "registry.member.changed.v2"
    joined_on: date | None
    arrived_on: date | None
    left_on: date | None
    changed_on: date


class MemberVoided(Payload, title="作废录入有误的党员"):
    """Told after the change that makes the member inactive."""

    type: ClassVar[str] = "registry.member.voided.v1"
    id: UUID
    organization_id: UUID


class MemberDisclosed(Payload, title="查看党员个人信息明文"):
    type: ClassVar[str] = "registry.member.disclosed.v1"
    member_id: UUID
    purpose: str
    fields: list[str]


def changed(member: Member, path: str, changed_on: date) -> dict[str, Any]:
    payload = MemberChanged(
        id=member.id,
        name=member.name,
        organization_id=member.organization_id,
        path=path,
        root_id=member.root_id,
        stage=member.stage,
        is_active=member.is_active,
        joined_on=member.joined_on,
        arrived_on=member.arrived_on,
        left_on=None if member.void_reason else member.left_on,
        changed_on=changed_on,
    )
    return entry(payload, subject=member.id, version=member.version, root_id=member.root_id, path=path)
