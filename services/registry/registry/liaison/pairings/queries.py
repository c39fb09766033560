from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    Uuid,
    and_,
    cast,
    column,
    exists,
    literal,
    not_,
    or_,
    select,
    table,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from records.bitemporal import believed, valid_on
from registry.circles.circles import queries as circles
from registry.circles.circles.models import Circle
from registry.circles.memberships import queries as memberships
from registry.circles.memberships.models import CircleMembership
from registry.liaison.pairings.kinds import PairingKind, PartnerKind
from registry.liaison.pairings.models import Pairing
from registry.sites.demonstration_points.models import DemonstrationPoint
from registry.tree.organizations.kinds import PRIMARY_KINDS
from registry.tree.organizations.models import PartyOrganization
from registry.tree.organizations.queries import belonging, name_of
from registry.units.units.models import CoverageLink, Unit


def seen(actor: Actor) -> ColumnElement[bool]:
    """Of those who help and of those who are helped, and of the enterprises that one's organisations cover."""
    area = select(PartyOrganization.id).where(actor.reaches(PartyOrganization.path))
    covered = select(CoverageLink.unit_id).where(
        believed(CoverageLink), CoverageLink.valid_to.is_(None), CoverageLink.organization_id.in_(area)
    )
    return or_(
        belonging(Pairing.organization_id)(actor),
        belonging(Pairing.partner_keeper_id)(actor),
        Pairing.helper_unit_id.in_(covered),
    )


def standing_on(day: date) -> ColumnElement[bool]:
    still = or_(Pairing.ended_on.is_(None), Pairing.ended_on > day)
    return and_(Pairing.void_reason.is_(None), Pairing.paired_on <= day, still)


def is_demonstration_point(organization_id: Any, day: date) -> ColumnElement[bool]:
    return exists().where(DemonstrationPoint.organization_id == organization_id, valid_on(DemonstrationPoint, day))


def has_organization(unit_id: Any, day: date) -> ColumnElement[bool]:
    """Whether one covers the unit; one that serves it without any member does not count."""
    return exists().where(
        CoverageLink.unit_id == unit_id, valid_on(CoverageLink, day), not_(CoverageLink.serves_without_members)
    )


async def holds(db: AsyncSession, condition: ColumnElement[bool]) -> bool:
    return bool(await db.scalar(select(condition)))


def _circles_of(unit_id: UUID | None, day: date) -> Select[UUID]:
    """Open circles that an organisation covering the unit on the day has joined as a group."""
    covers = and_(CoverageLink.organization_id == CircleMembership.organization_id, valid_on(CoverageLink, day))
    query = select(Circle.id).join(CircleMembership, CircleMembership.circle_id == Circle.id)
    query = query.join(CoverageLink, covers).where(CoverageLink.unit_id == unit_id)
    return query.where(circles.open_on(day), memberships.in_force_on(day), memberships.of_groups(wanted=True))


def share_a_circle(one_id: UUID | None, other_id: UUID | None, day: date) -> ColumnElement[bool]:
    return exists().where(Circle.id.in_(_circles_of(one_id, day)), Circle.id.in_(_circles_of(other_id, day)))


UNPAIRED = table(
    "unpaired",
    *(column(name, Uuid) for name in ("partner_id", "organization_id")),
    *(column(name, Text) for name in ("kind", "partner_name", "organization_name")),
)


def unpaired(actor: Actor, day: date) -> Select[Any]:
    """All columns of `UNPAIRED`: primary organisations that are no demonstration point, and units without an
    organisation, that nobody helps."""
    is_helping = and_(standing_on(day), Pairing.kind == PairingKind.DEMONSTRATION)
    organization, unit = PartyOrganization, Unit
    plain = _row(PartnerKind.ORGANIZATION, organization.id, organization.name, organization.id, actor).where(
        organization.is_active,
        organization.kind.in_(PRIMARY_KINDS),
        not_(is_demonstration_point(organization.id, day)),
        not_(exists().where(Pairing.partner_organization_id == organization.id, is_helping)),
    )
    without = _row(PartnerKind.UNIT, unit.id, unit.name, unit.jurisdiction_id, actor).where(
        unit.is_active,
        not_(has_organization(unit.id, day)),
        not_(exists().where(Pairing.partner_unit_id == unit.id, is_helping)),
    )
    return select(*UNPAIRED.c).select_from(UNPAIRED).add_cte(union_all(plain, without).cte("unpaired"))


def _row(kind: PartnerKind, partner_id: Any, name: Any, organization_id: Any, actor: Actor) -> Select[Any]:
    query = select(
        partner_id.label("partner_id"),
        organization_id.label("organization_id"),
        literal(kind.value, Text).label("kind"),
        cast(name, Text).label("partner_name"),
        cast(name_of(organization_id), Text).label("organization_name"),
    )
    return query.where(belonging(organization_id)(actor))
