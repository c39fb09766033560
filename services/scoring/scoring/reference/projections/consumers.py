"""Registry's events, laid down as rows; an older version never overwrites a newer one."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import subtree_range
from kit.domains import Domain
from kit.events import Consumer, Event
from scoring.reference.projections import models
from scoring.reference.projections.models import DemonstrationPoint, Member, Move, PartyOrganization, Post
from scoring.reference.projections.rules import PathMove, repathed

Projected = type[PartyOrganization | Member | Post | DemonstrationPoint]


async def on_organization_changed(db: AsyncSession, event: Event) -> None:
    await _lay_down(db, PartyOrganization, event, await _with_path(db, event))


async def on_member_changed(db: AsyncSession, event: Event) -> None:
    await _lay_down(db, Member, event, await _with_path(db, event))


async def on_post_changed(db: AsyncSession, event: Event) -> None:
    await _lay_down(db, Post, event, event.data)


async def on_demonstration_point_changed(db: AsyncSession, event: Event) -> None:
    await _lay_down(db, DemonstrationPoint, event, event.data, key="organization_id")


async def on_organization_moved(db: AsyncSession, event: Event) -> None:
    """Everything below the old prefix, organisations and members, goes over in two statements."""
    old, new = str(event.data["old_path"]), str(event.data["new_path"])
    move = insert(Move).values(
        organization_id=event.subject, version=event.version, old_path=old, new_path=new, moved_at=event.time
    )
    await db.execute(move.on_conflict_do_nothing())
    low, high = subtree_range(old)
    for model in (PartyOrganization, Member):
        tail = func.substr(model.path, len(old) + 1)
        await db.execute(
            update(model)
            .where(model.path >= low, model.path < high)
            .values(path=literal(new).concat(tail))
            .execution_options(synchronize_session=False)
        )


async def _with_path(db: AsyncSession, event: Event) -> dict[str, Any]:
    """The event's data with its path brought up to every move that happened after it."""
    row = dict(event.data)
    if row.get("path"):
        later = select(Move.old_path, Move.new_path).where(Move.moved_at > event.time).order_by(Move.moved_at)
        moves = [PathMove(old, new) for old, new in (await db.execute(later))]
        row["path"] = repathed(row["path"], moves)
    return row


async def _lay_down(db: AsyncSession, model: Projected, event: Event, data: Mapping[str, Any], key: str = "id") -> None:
    columns = model.__table__.columns.keys()
    row = {name: data[name] for name in columns if name in data} | {key: event.subject, "version": event.version}
    write = insert(model).values(row)
    await db.execute(
        write.on_conflict_do_update(
            index_elements=[key],
            set_={name: write.excluded[name] for name in row if name != key},
            where=model.version < write.excluded.version,
        )
    )


REGISTRY = Consumer(
    "registry",
    {
        "registry.organization.changed.v1": on_organization_changed,
        "registry.organization.moved.v1": on_organization_moved,
        "registry.member.changed.v1": on_member_changed,
        "registry.post.changed.v1": on_post_changed,
        "registry.demonstration_point.changed.v1": on_demonstration_point_changed,
    },
)


DOMAIN = Domain(tables=models, consumers=[REGISTRY])
