"""Being a member shows one's own things; only an office opens a subtree."""

from dataclasses import replace
from typing import Annotated

from fastapi import Depends

from kit.access import Actor, CurrentActor, outermost
from kit.database import Db
from scoring.reference.projections.queries import resolve_paths

MEMBER = "member"


async def _officer(db: Db, actor: CurrentActor) -> Actor:
    if all(grant.role != MEMBER or grant.organization_id is None for grant in actor.grants):
        return actor
    held = {grant.organization_id for grant in actor.grants if grant.role != MEMBER and grant.organization_id}
    located = await resolve_paths(db, sorted(held)) if held else []
    return replace(actor, paths=outermost(path for _, path, _ in located))


Viewer = Annotated[Actor, Depends(_officer, scope="function")]
