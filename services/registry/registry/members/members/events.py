"""What is told of members: never the ID number, the phone or the birth date."""

from typing import Any, ClassVar
from uuid import UUID

from records.events import Payload, entry
from registry.members.members.kinds import MemberStage
from registry.members.members.models import Member


class MemberChanged(Payload, title="党员信息变更"):
    type: ClassVar[str] = "registry.member.changed.v1"
    id: UUID
    name: str
    organization_id: UUID
    path: str
    root_id: UUID
    stage: MemberStage
    is_active: bool


class MemberDisclosed(Payload, title="查看党员个人信息明文"):
    type: ClassVar[str] = "registry.member.disclosed.v1"
    member_id: UUID
    purpose: str
    fields: list[str]


def changed(member: Member, path: str) -> dict[str, Any]:
    payload = MemberChanged(
        id=member.id,
        name=member.name,
        organization_id=member.organization_id,
        path=path,
        root_id=member.root_id,
        stage=member.stage,
        is_active=member.is_active,
    )
    return entry(payload, subject=member.id, version=member.version, root_id=member.root_id, path=path)
