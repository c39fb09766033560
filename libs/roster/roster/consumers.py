"""Registry's events, laid down as rows that are the same in whatever order they come.

A path is never taken on trust: it is the parent's path and the organisation's own last segment, so an event written
before a move of an ancestor and read after it still ends at the right place, and members follow their organisation.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase

from kit.calendar import day_of
from kit.events import Consumer, Event
from roster.models import Affiliation, DemonstrationPoint, Member, Move, PartyOrganization, Post

SETTLE_PATHS = text(
    """
    WITH RECURSIVE settled AS (
        SELECT placed.id, COALESCE(above.path || substring(placed.path FROM '[^/]+/$'), placed.path) AS path
        FROM party_organizations AS placed LEFT JOIN party_organizations AS above ON above.id = placed.parent_id
        WHERE placed.id = :id
        UNION ALL
        SELECT child.id, settled.path || substring(child.path FROM '[^/]+/$')
        FROM party_organizations AS child JOIN settled ON child.parent_id = settled.id
    ) CYCLE id SET is_again USING way,
    once AS (SELECT id, path FROM settled WHERE NOT is_again),
    organizations AS (
        UPDATE party_organizations AS organization SET path = once.path
        FROM once WHERE organization.id = once.id AND organization.path <> once.path
    )
    UPDATE members AS member SET path = once.path
    FROM once WHERE member.organization_id = once.id AND member.path <> once.path
    """
)
SETTLE_PERIODS = text(
    """
    WITH told AS (
        SELECT version, changed_on, organization_id, arrived_on, lag(version) OVER versions AS before,
               organization_id IS DISTINCT FROM lag(organization_id) OVER versions AS is_other
        FROM affiliations WHERE member_id = :id WINDOW versions AS (ORDER BY version)
    ), stays AS (
        SELECT *, count(*) FILTER (WHERE is_other) OVER (ORDER BY version) AS stay FROM told
    ), known AS (
        SELECT *, last_value(arrived_on) OVER (
            PARTITION BY stay ORDER BY version ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS arrival FROM stays
    ), begun AS (
        SELECT version, CASE WHEN NOT is_other THEN greatest(changed_on, arrival)
                             WHEN before IS NULL THEN arrival ELSE coalesce(arrival, changed_on) END AS valid_from
        FROM known
    )
    UPDATE affiliations AS affiliation SET valid_from = settled.valid_from, valid_to = settled.valid_to
    FROM (
        SELECT version, valid_from, min(valid_from) OVER (
            ORDER BY version ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
        ) AS valid_to FROM begun
    ) AS settled
    WHERE affiliation.member_id = :id AND affiliation.version = settled.version
    """
)


async def on_organization_changed(db: AsyncSession, event: Event) -> None:
    if await lay_down(db, PartyOrganization, event, event.data):
        await _place(db, event.subject)


async def on_organization_moved(db: AsyncSession, event: Event) -> None:
    told = event.data
    move = insert(Move).values(
        organization_id=event.subject,
        version=event.version,
        old_path=told["old_path"],
        new_path=told["new_path"],
        parent_id=UUID(told["parent_id"]),
        moved_at=event.time,
    )
    await db.execute(move.on_conflict_do_nothing())
    await _place(db, event.subject)


async def _place(db: AsyncSession, organization_id: UUID) -> None:
    """Below the parent of the newest move, if no newer change was told; everything below comes along."""
    of_it = Move.organization_id == organization_id
    newest = select(func.max(Move.version)).where(of_it).scalar_subquery()
    placed = (
        update(PartyOrganization)
        .where(PartyOrganization.id == organization_id, of_it, Move.version == newest)
        .where(PartyOrganization.version < Move.version)
        .values(parent_id=Move.parent_id, path=Move.new_path)
    )
    await db.execute(placed.execution_options(synchronize_session=False))
    await db.execute(SETTLE_PATHS, {"id": organization_id})


async def on_member_changed(db: AsyncSession, event: Event) -> None:
    """Both versions of the event; the first one tells of no days, so its own is when the change was made."""
    told = dict(event.data)
    belongs_to = PartyOrganization.id == UUID(told["organization_id"])
    here = select(PartyOrganization.path).where(belongs_to).scalar_subquery()
    changed_on = told.get("changed_on", day_of(event.time))
    affiliation = insert(Affiliation).values(
        member_id=event.subject,
        version=event.version,
        changed_on=changed_on,
        organization_id=told["organization_id"],
        stage=told["stage"],
        arrived_on=told.get("arrived_on"),
    )
    await lay_down(db, Member, event, told | {"path": func.coalesce(here, told["path"])})
    await db.execute(affiliation.on_conflict_do_nothing())
    await db.execute(SETTLE_PERIODS, {"id": event.subject})


async def on_post_changed(db: AsyncSession, event: Event) -> None:
    await lay_down(db, Post, event, event.data)


async def on_demonstration_point_changed(db: AsyncSession, event: Event) -> None:
    await lay_down(db, DemonstrationPoint, event, event.data, key="organization_id")


async def lay_down(
    db: AsyncSession, model: type[DeclarativeBase], event: Event, data: Mapping[str, Any], key: str = "id"
) -> bool:
    """Whether the row is new or newer than the one that stood there."""
    columns = model.__table__.c
    row = {name: data[name] for name in columns.keys() & data.keys()} | {key: event.subject, "version": event.version}
    write = insert(model).values(row)
    written = await db.scalar(
        write.on_conflict_do_update(
            index_elements=[key],
            set_={name: write.excluded[name] for name in row if name != key},
            where=columns.version < write.excluded.version,
        ).returning(columns[key])
    )
    return written is not None


REGISTRY = Consumer(
    "registry",
    {
        "registry.organization.changed.v1": on_organization_changed,
        "registry.organization.moved.v1": on_organization_moved,
        "registry.member.changed.v1": on_member_changed,
        "registry.member.changed.v2": on_member_changed,
        "registry.post.changed.v1": on_post_changed,
        "registry.demonstration_point.changed.v1": on_demonstration_point_changed,
    },
)
