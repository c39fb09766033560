"""Registry's events, laid down as rows: an older version never overwrites a newer one, in whatever order they come.

A path is not taken on trust but built from the parent's path and the organisation's own last segment, so an event
written before a move of an ancestor and read after it still ends at the right place.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from kit.domains import Domain
from kit.events import Consumer, Event
from training.reference.projections import models
from training.reference.projections.models import Member, PartyOrganization, Post

SETTLE_PATHS = text(
    """
    WITH RECURSIVE settled AS (
        SELECT id, path FROM party_organizations WHERE id = :id
        UNION ALL
        SELECT child.id, settled.path || substring(child.path FROM '[^/]+/$')
        FROM party_organizations AS child JOIN settled ON child.parent_id = settled.id
    )
    UPDATE party_organizations AS organization SET path = settled.path
    FROM settled WHERE organization.id = settled.id AND organization.path <> settled.path
    """
)


async def on_organization_changed(db: AsyncSession, event: Event) -> None:
    row = dict(event.data)
    if row.get("parent_id"):
        above = select(PartyOrganization.path).where(PartyOrganization.id == UUID(str(row["parent_id"])))
        parent_path = await db.scalar(above)
        if parent_path is not None:
            row["path"] = parent_path + own_segment(row["path"])
    if await _lay_down(db, PartyOrganization, event, row):
        await db.execute(SETTLE_PATHS, {"id": event.subject})


async def on_organization_moved(db: AsyncSession, event: Event) -> None:
    """Everything below follows in one statement; whatever else carries a path joins it from here."""
    parent_id = event.data.get("parent_id")
    moved = (
        update(PartyOrganization)
        .where(PartyOrganization.id == event.subject, PartyOrganization.version < event.version)
        .values(
            path=event.data["new_path"],
            parent_id=UUID(str(parent_id)) if parent_id else None,
            version=event.version,
        )
        .returning(PartyOrganization.id)
        .execution_options(synchronize_session=False)
    )
    if await db.scalar(moved) is not None:
        await db.execute(SETTLE_PATHS, {"id": event.subject})


async def on_member_changed(db: AsyncSession, event: Event) -> None:
    await _lay_down(db, Member, event, dict(event.data))


async def on_post_changed(db: AsyncSession, event: Event) -> None:
    await _lay_down(db, Post, event, dict(event.data))


def own_segment(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2] + "/"


async def _lay_down(
    db: AsyncSession, model: type[PartyOrganization | Member | Post], event: Event, data: dict[str, Any]
) -> bool:
    """Whether the row is new or newer than the one that stood there."""
    known = {name: data[name] for name in set(model.__mapper__.columns.keys()) & data.keys()}
    row = known | {"id": event.subject, "version": event.version}
    write = insert(model).values(row)
    written = await db.scalar(
        write.on_conflict_do_update(
            index_elements=["id"],
            set_={name: write.excluded[name] for name in row if name != "id"},
            where=model.version < write.excluded.version,
        ).returning(model.id)
    )
    return written is not None


REGISTRY = Consumer(
    "registry",
    {
        "registry.organization.changed.v1": on_organization_changed,
        "registry.organization.moved.v1": on_organization_moved,
        "registry.member.changed.v1": on_member_changed,
        "registry.post.changed.v1": on_post_changed,
    },
)


DOMAIN = Domain(tables=models, consumers=[REGISTRY])
