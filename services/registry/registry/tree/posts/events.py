from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from records.events import Payload, entry
from registry.tree.posts.kinds import PostKind
from registry.tree.posts.models import Post


class PostChanged(Payload, title="党内职务变更"):
    type: ClassVar[str] = "registry.post.changed.v1"
    id: UUID
    member_id: UUID
    organization_id: UUID
    kind: PostKind
    valid_from: date
    valid_to: date | None
    is_current_record: bool


def changed(post: Post, path: str) -> dict[str, Any]:
    payload = PostChanged(
        id=post.id,
        member_id=post.member_id,
        organization_id=post.organization_id,
        kind=post.kind,
        valid_from=post.valid_from,
        valid_to=post.valid_to,
        is_current_record=post.recorded_to is None,
    )
    return entry(payload, subject=post.id, version=post.version, root_id=post.root_id, path=path)
