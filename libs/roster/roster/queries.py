"""Who belongs where on a given day, and what a caller's offices reach."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from kit.access import Actor, within
from records.fetching import resolver_of
from records.listing import Where
from roster.models import Affiliation, DemonstrationPoint, Member, PartyOrganization, Post
from roster.rules import CANDIDATE_STAGES, GROUP_KINDS, NOT_OF_THE_COMMITTEE, PARTY_MEMBER_STAGES, SECRETARY

resolve_paths = resolver_of(PartyOrganization)


async def organization_within(
    db: AsyncSession, paths: Sequence[str], organization_id: UUID
) -> PartyOrganization | None:
    query = select(PartyOrganization).where(PartyOrganization.id == organization_id)
    return await db.scalar(query.where(within(PartyOrganization.path, paths)))


def ids_at_or_below(organization_id: UUID) -> Select[UUID]:
    top = select(PartyOrganization.path).where(PartyOrganization.id == organization_id).scalar_subquery()
    path = PartyOrganization.path
    return select(PartyOrganization.id).where(path >= top, path < func.rtrim(top, "/").concat("0").collate("C"))


def below(organization_id: Any) -> Where:
    """A filter: rows of the organisation asked for, and of all below it."""
    return Where(lambda top: organization_id.in_(ids_at_or_below(top)))


def belonging(organization_id: Any) -> Callable[[Actor], ColumnElement[bool]]:
    """Rows whose organisation the actor's offices reach."""

    def seen(actor: Actor) -> ColumnElement[bool]:
        reached = select(PartyOrganization.id).where(actor.reaches(PartyOrganization.path))
        found: ColumnElement[bool] = organization_id.in_(reached)
        return found

    return seen


def name_of(organization_id: Any) -> Any:
    """The name beside an organisation's id, as a column of the row that has the id."""
    named = aliased(PartyOrganization)
    return select(named.name).where(named.id == organization_id).scalar_subquery()


def member_name_of(member_id: Any) -> Any:
    named = aliased(Member)
    return select(named.name).where(named.id == member_id).scalar_subquery()


def open_below(organization_id: Any) -> Callable[[Actor], ColumnElement[bool]]:
    """To the offices that reach it, and to the members of the organisation and of all below it."""

    def seen(actor: Actor) -> ColumnElement[bool]:
        path = PartyOrganization.path
        places = select(PartyOrganization.id).where(or_(actor.reaches(path), _is_above(path, actor.own_paths)))
        found: ColumnElement[bool] = organization_id.in_(places)
        return found

    return seen


def _is_above(path: Any, paths: Sequence[str]) -> ColumnElement[bool]:
    member = aliased(PartyOrganization)
    is_own = exists().where(member.path.in_(paths), member.path.startswith(path))
    return is_own if paths else literal(value=False)


def at_or_in_groups_of(organization_id: UUID) -> Select[UUID]:
    """Ids of the organisation itself and of the Party groups directly below it."""
    is_group_of = and_(PartyOrganization.parent_id == organization_id, PartyOrganization.kind.in_(GROUP_KINDS))
    return select(PartyOrganization.id).where(or_(PartyOrganization.id == organization_id, is_group_of))


def party_members(day: date) -> Select[UUID, str]:
    """Ids and stages of those in the Party that day, joined to the organisation they belonged to that day.

    Who leaves on a day is no longer a member of it, as with the end of a post.
    """
    return _people(day, PARTY_MEMBER_STAGES)


def candidates_below(path: str, day: date) -> Select[UUID, str]:
    """Ids and stages of those who are being developed below an organisation that day."""
    return _people(day, CANDIDATE_STAGES).where(within(PartyOrganization.path, [path]))


def _people(day: date, stages: Collection[str]) -> Select[UUID, str]:
    return (
        select(Member.id, Affiliation.stage)
        .join(Affiliation, Affiliation.member_id == Member.id)
        .join(PartyOrganization, PartyOrganization.id == Affiliation.organization_id)
        .where(
            or_(Affiliation.valid_from.is_(None), Affiliation.valid_from <= day),
            or_(Affiliation.valid_to.is_(None), Affiliation.valid_to > day),
            Affiliation.stage.in_(stages),
            or_(Member.joined_on.is_(None), Member.joined_on <= day),
            or_(Member.is_active, Member.left_on > day),
        )
    )


def member_ids(day: date) -> Select[UUID]:
    return party_members(day).with_only_columns(Member.id)


def members_of(organization_id: UUID, day: date) -> Select[UUID, str]:
    """Ids and stages of the Party members of an organisation and its groups that day."""
    return party_members(day).where(Affiliation.organization_id.in_(at_or_in_groups_of(organization_id)))


async def is_demonstration_point(db: AsyncSession, organization_id: UUID, day: date) -> bool:
    query = select(literal(value=True)).where(
        DemonstrationPoint.organization_id == organization_id,
        DemonstrationPoint.valid_from <= day,
        or_(DemonstrationPoint.valid_to.is_(None), DemonstrationPoint.valid_to > day),
    )
    return bool(await db.scalar(query))


def held_on(day: date) -> ColumnElement[bool]:
    """Posts in force that day, as far as is known now."""
    return and_(Post.is_current_record, Post.valid_from <= day, or_(Post.valid_to.is_(None), Post.valid_to > day))


def in_office(day: date) -> ColumnElement[bool]:
    return and_(held_on(day), Post.kind.not_in(NOT_OF_THE_COMMITTEE))


def leaders_on(day: date) -> Select[UUID | None]:
    """Members who are secretary, deputy or committee member of any Party organisation on `day`."""
    return select(Post.member_id).where(in_office(day), Post.member_id.is_not(None), Post.organization_id.is_not(None))


def post_holders_below(path: str, day: date, *, only_secretaries: bool) -> Select[UUID | None]:
    query = (
        select(Post.member_id)
        .join(PartyOrganization, PartyOrganization.id == Post.organization_id)
        .where(in_office(day), within(PartyOrganization.path, [path]))
    )
    return query.where(Post.kind == SECRETARY) if only_secretaries else query


def committee_of(organization_id: UUID, day: date) -> Select[UUID | None]:
    return select(Post.member_id).where(in_office(day), Post.organization_id == organization_id)
