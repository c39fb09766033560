from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Row, cast, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from kit.access import Actor, within
from records.bitemporal import believed, valid_on
from records.fetching import resolver_of
from registry.tree.organizations.kinds import OrganizationLevel
from registry.tree.organizations.models import OrganizationRevision, PartyOrganization, Placement

resolve_paths = resolver_of(PartyOrganization)
TOWN_DEPTH = 15
"""Characters of a path down to the level below the work committee."""


def seen(actor: Actor) -> ColumnElement[bool]:
    """Those of one's offices, and the one a member belongs to."""
    path = PartyOrganization.path
    return or_(actor.reaches(path), actor.belongs_to(path))


def carried(actor: Actor) -> ColumnElement[bool]:
    """Organisations that rely on one of the caller's, wherever they stand."""
    carriers = select(PartyOrganization.id).where(actor.reaches(PartyOrganization.path))
    return PartyOrganization.carrier_id.in_(carriers.correlate(None))


def name_of(organization_id: Any) -> Any:
    """The name beside an organisation's id, as a column of the row that has the id."""
    named = aliased(PartyOrganization)
    return select(named.name).where(named.id == organization_id).scalar_subquery()


def town_name_of(organization_id: Any) -> Any:
    """The town committee an organisation is, or stands below; none for what is directly managed."""
    placed, town = aliased(PartyOrganization), aliased(PartyOrganization)
    query = select(town.name).join(placed, town.path == func.left(placed.path, TOWN_DEPTH))
    return query.where(placed.id == organization_id, town.level == OrganizationLevel.TOWN).scalar_subquery()


def belonging(organization_id: Any) -> Callable[[Actor], ColumnElement[bool]]:
    """Rows whose organisation the actor's offices reach."""

    def seen(actor: Actor) -> ColumnElement[bool]:
        below = select(PartyOrganization.id).where(actor.reaches(PartyOrganization.path))
        found: ColumnElement[bool] = organization_id.in_(below)
        return found

    return seen


def below(organization_id: Any) -> Callable[[UUID], ColumnElement[bool]]:
    """A filter: rows whose organisation is this one or stands below it."""

    def inside(top_id: UUID) -> ColumnElement[bool]:
        top = select(PartyOrganization.path).where(PartyOrganization.id == top_id).scalar_subquery()
        found: ColumnElement[bool] = organization_id.in_(
            select(PartyOrganization.id).where(func.starts_with(PartyOrganization.path, top))
        )
        return found

    return inside


async def lock_tree(db: AsyncSession, root_id: UUID) -> None:
    """Moves of one district wait for each other; creations below it do not."""
    await db.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"tree:{root_id}", 0))))


async def take_step(db: AsyncSession, parent_id: UUID) -> Row[*tuple[Any, ...]]:
    """The next free place below a parent: its path as it is once the lock is held, and the child's counter."""
    taken = (
        update(PartyOrganization)
        .where(PartyOrganization.id == parent_id)
        .values(children_counter=PartyOrganization.children_counter + 1)
        .returning(PartyOrganization.path, PartyOrganization.children_counter, PartyOrganization.is_active)
        .execution_options(synchronize_session=False)
    )
    return (await db.execute(taken)).one()


async def next_sequence(db: AsyncSession, prefix: str, largest: int) -> int | None:
    """Of the codes that begin with division and kind digit; numbering waits for its own lock.

    After the last one, or in the first gap when somebody gave the last number by hand; None when all are taken.
    """
    await db.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"code:{prefix}", 0))))
    begins = (PartyOrganization.code >= prefix, PartyOrganization.code < prefix + ":")
    taken = select(cast(func.substr(PartyOrganization.code, 8, 5), Integer).label("number")).where(*begins).cte("taken")
    last = await db.scalar(select(func.max(taken.c.number))) or 0
    if last < largest:
        return last + 1
    every = func.generate_series(1, largest).column_valued("number")
    free: int | None = await db.scalar(select(func.min(every)).where(every.not_in(select(taken.c.number))))
    return free


async def tree_below(
    db: AsyncSession, actor: Actor, day: date, organization_id: UUID | None, *, most: int
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Nodes as they hung on a day, parents first."""
    query = (
        select(
            PartyOrganization.id,
            Placement.parent_id,
            PartyOrganization.code,
            PartyOrganization.name,
            PartyOrganization.kind,
            PartyOrganization.level,
            Placement.path,
            Placement.is_directly_managed,
            PartyOrganization.is_active,
        )
        .join(Placement, Placement.organization_id == PartyOrganization.id)
        .where(valid_on(Placement, day), seen(actor))
        .order_by(Placement.path)
        .limit(most)
    )
    if organization_id is not None:
        top = await db.scalar(
            select(Placement.path).where(Placement.organization_id == organization_id, valid_on(Placement, day))
        )
        query = query.where(within(Placement.path, [top] if top else []))
    return (await db.execute(query)).all()


async def revisions_of(db: AsyncSession, organization_id: UUID) -> Sequence[OrganizationRevision]:
    query = select(OrganizationRevision).where(OrganizationRevision.organization_id == organization_id)
    return (await db.scalars(query.order_by(OrganizationRevision.version))).all()


async def placements_of(db: AsyncSession, organization_id: UUID) -> Sequence[Row[*tuple[Any, ...]]]:
    """With the names of the superiors."""
    parent_name = name_of(Placement.parent_id).label("parent_name")
    query = select(*Placement.__table__.columns, parent_name).where(Placement.organization_id == organization_id)
    return (await db.execute(query.where(believed(Placement)).order_by(Placement.valid_from))).all()


async def has_active_children(db: AsyncSession, organization: PartyOrganization) -> bool:
    below = select(PartyOrganization.id).where(
        PartyOrganization.parent_id == organization.id, PartyOrganization.is_active
    )
    return await db.scalar(below.limit(1)) is not None
