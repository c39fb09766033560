from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from kit.database import stored_enum
from roster.models import Member, PartyOrganization
from roster.queries import at_or_in_groups_of
from roster.rules import GROUP_KINDS, PARTY_MEMBER_STAGES
from scoring.points.ledger.models import PointTotal
from scoring.reference.projections.queries import members_visible_to, organizations_visible_to
from scoring.subjects import SubjectKind

KIND = stored_enum(SubjectKind)
SUBJECTS = union_all(
    select(
        literal(SubjectKind.MEMBER, KIND).label("subject_kind"),
        Member.id.label("subject_id"),
        Member.name.label("subject_name"),
        Member.organization_id,
        Member.path,
    ).where(Member.is_active, Member.stage.in_(PARTY_MEMBER_STAGES)),
    select(
        literal(SubjectKind.ORGANIZATION, KIND),
        PartyOrganization.id,
        PartyOrganization.name,
        PartyOrganization.id,
        PartyOrganization.path,
    ).where(PartyOrganization.is_active, PartyOrganization.kind.not_in(GROUP_KINDS)),
).subquery("subjects")
TOTALS = (
    select(
        PointTotal.subject_id,
        PointTotal.points_year,
        func.sum(PointTotal.granted).label("points"),
        func.count().filter(PointTotal.granted > 0).label("indicators"),
    )
    .group_by(PointTotal.subject_id, PointTotal.points_year)
    .subquery("totals")
)
POINTS_TOTAL = func.coalesce(TOTALS.c.points, 0).label("points_total")
INDICATORS_EARNED = func.coalesce(TOTALS.c.indicators, 0).label("indicators_earned")


def summaries(actor: Actor, year: int) -> Select[*tuple[Any, ...]]:
    """Everybody the actor may see who can earn points, with what they hold of one year; nothing is a row too."""
    subject, home = SUBJECTS.c, PartyOrganization
    held = and_(TOTALS.c.subject_id == subject.subject_id, TOTALS.c.points_year == year)
    return (
        select(
            subject.subject_kind,
            subject.subject_id,
            subject.subject_name,
            subject.organization_id,
            home.name.label("organization_name"),
            literal(year).label("points_year"),
            POINTS_TOTAL,
            INDICATORS_EARNED,
        )
        .join(home, home.id == subject.organization_id)
        .outerjoin(TOTALS, held)
        .where(or_(actor.reaches(subject.path), actor.is_self(subject.subject_id)))
    )


def of_organization(organization_id: UUID) -> ColumnElement[bool]:
    """The organisation itself, its members, and those of the groups inside it."""
    return SUBJECTS.c.organization_id.in_(at_or_in_groups_of(organization_id))


async def visible_subject(db: AsyncSession, actor: Actor, subject_id: UUID) -> tuple[SubjectKind, UUID] | None:
    """Kind and district of a subject the actor may see."""
    member = select(Member.root_id).where(Member.id == subject_id, members_visible_to(actor))
    if (root_id := await db.scalar(member)) is not None:
        return SubjectKind.MEMBER, root_id
    organization = select(PartyOrganization.root_id).where(PartyOrganization.id == subject_id)
    root_id = await db.scalar(organization.where(organizations_visible_to(actor)))
    return (SubjectKind.ORGANIZATION, root_id) if root_id is not None else None


async def totals_of(db: AsyncSession, subject_id: UUID, year: int) -> Sequence[PointTotal]:
    query = select(PointTotal).where(PointTotal.subject_id == subject_id, PointTotal.points_year == year)
    return (await db.scalars(query.order_by(PointTotal.indicator_code))).all()
