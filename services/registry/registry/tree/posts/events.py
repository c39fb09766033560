from typing import Any

from registry.tree.posts.models import Post

CHANGED = "registry.post.changed.v1"


def changed(post: Post, path: str) -> dict[str, Any]:
    """Keyword arguments of kit.events.append."""
    return {
        "type": CHANGED,
        "subject": post.id,
        "version": post.version,
        "root_id": post.root_id,
        "path": path,
        "data": {
            "id": str(post.id),
            "member_id": str(post.member_id),
            "organization_id": str(post.organization_id),
            "kind": post.kind.value,
            "valid_from": post.valid_from.isoformat(),
            "valid_to": post.valid_to.isoformat() if post.valid_to else None,
            "is_current_record": post.recorded_to is None,
        },
    }
