"""What registry tells of organisations, members and posts, made by its own event classes."""

from datetime import date
from typing import Any
from uuid import UUID

from records.events import Payload
from registry.members.members.events import MemberChanged, UndatedMemberChanged
from registry.tree.organizations.events import OrganizationChanged, OrganizationMoved
from registry.tree.posts.events import PostChanged

BEGINNING = date(2020, 1, 1)


def organization(one: UUID, parent: UUID | None, path: str, root: UUID, **changes: Any) -> Payload:
    usual = {
        "id": one, "code": f"9{path.count('/'):02}{one.int % 1000:03}", "name": "党组织", "kind": "branch", "level": 4,
        "parent_id": parent, "path": path, "root_id": root, "is_active": True, "host_kind": None,
        "is_directly_managed": False, "set_up_mode": None, "is_joint": False,
    }  # fmt: skip
    return OrganizationChanged(**usual | changes)


def moved(one: UUID, parent: UUID, old_path: str, new_path: str, version: int = 2) -> Payload:
    return OrganizationMoved(id=one, parent_id=parent, old_path=old_path, new_path=new_path, version=version)


def member(one: UUID, home: UUID, path: str, root: UUID, **changes: Any) -> Payload:
    usual = {
        "id": one, "name": f"党员{one.hex[-4:]}", "organization_id": home, "path": path, "root_id": root,
        "stage": "formal", "is_active": True, "joined_on": None, "arrived_on": None, "left_on": None,
        "changed_on": BEGINNING,
    }  # fmt: skip
    return MemberChanged(**usual | changes)


def undated_member(one: UUID, home: UUID, path: str, root: UUID, **changes: Any) -> Payload:
    return UndatedMemberChanged.model_validate(member(one, home, path, root, **changes))


def post(one: UUID, holder: UUID, place: UUID, **changes: Any) -> Payload:
    usual = {
        "id": one, "member_id": holder, "organization_id": place, "kind": "secretary", "valid_from": BEGINNING,
        "valid_to": None, "is_current_record": True,
    }  # fmt: skip
    return PostChanged(**usual | changes)
