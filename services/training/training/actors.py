"""Who asks and what they may see: subtrees by office, oneself by being a member."""

from dataclasses import replace
from typing import Annotated

from fastapi import Depends

from kit.access import Actor, CurrentActor, outermost
from kit.database import Db
from training.reference.projections.queries import resolve_paths

MEMBER = "member"


async def _caller(actor: CurrentActor, db: Db) -> Actor:
    """Being a member of a branch shows one's own rows, not the branch: only offices open a subtree."""
    if MEMBER not in actor.roles:
        return actor
    ids = {grant.organization_id for grant in actor.grants if grant.role != MEMBER}
    located = await resolve_paths(db, sorted(one for one in ids if one is not None)) if ids else []
    return replace(
        actor,
        paths=outermost(path for _, path, _ in located),
        root_ids=frozenset(root for _, _, root in located),
    )


Caller = Annotated[Actor, Depends(_caller, scope="function")]
