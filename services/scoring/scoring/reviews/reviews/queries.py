from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, case, cast, exists, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from kit.access import Actor
from roster.models import Member, PartyOrganization
from roster.queries import at_or_in_groups_of
from roster.rules import PARTY_MEMBER_STAGES
from scoring.reference.projections.queries import covered_by
from scoring.reviews.access.models import Review, ReviewSubject
from scoring.reviews.cycles.models import Cycle
from scoring.subjects import SubjectKind

FORMAL = "formal"
SINGLE_MODE = "单独组建"
LOWEST_LEVEL = 4


def candidates(cycle: Cycle, organization_id: UUID) -> Select[UUID, str, str, bool]:
    """Who would be reviewed now: subject id, name, peer kind, graded or not; nobody twice in a cycle."""
    if cycle.subject_kind is SubjectKind.MEMBER:
        return _members(cycle, organization_id)
    return _organizations(cycle, organization_id)


def _members(cycle: Cycle, organization_id: UUID) -> Select[UUID, str, str, bool]:
    query = select(Member.id, Member.name, literal("member"), Member.stage == FORMAL)
    return query.where(
        Member.organization_id.in_(at_or_in_groups_of(organization_id)),
        Member.is_active,
        Member.stage.in_(PARTY_MEMBER_STAGES),
        ~_taken(cycle.id, Member.id),
    )


def _organizations(cycle: Cycle, organization_id: UUID) -> Select[UUID, str, str, bool]:
    query = select(
        PartyOrganization.id,
        PartyOrganization.name,
        cast(case((PartyOrganization.is_joint, "joint_branch"), else_=PartyOrganization.kind), String),
        literal(value=True),
    ).where(
        PartyOrganization.parent_id == organization_id,
        PartyOrganization.is_active,
        PartyOrganization.level == LOWEST_LEVEL,
        ~_taken(cycle.id, PartyOrganization.id),
    )
    if cycle.only_single:
        query = query.where(
            ~PartyOrganization.is_joint,
            PartyOrganization.kind != "joint_branch",
            func.coalesce(PartyOrganization.set_up_mode, SINGLE_MODE).in_((SINGLE_MODE, "single")),
        )
    return query


def _taken(cycle_id: UUID, subject_id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    return exists().where(ReviewSubject.cycle_id == cycle_id, ReviewSubject.subject_id == subject_id)


def cycle_name(cycle_id: Any) -> Any:
    """The name beside a cycle's id, as a column of the row that has the id."""
    return select(Cycle.name).where(Cycle.id == cycle_id).scalar_subquery()


def subjects_count(review_id: Any) -> Any:
    return select(func.count()).where(ReviewSubject.review_id == review_id).scalar_subquery()


def seen_by(actor: Actor) -> ColumnElement[bool]:
    return Review.organization_id.in_(select(PartyOrganization.id).where(covered_by(actor, PartyOrganization.path)))


async def progress_of(db: AsyncSession, cycle_id: UUID, below: ColumnElement[bool]) -> Sequence[tuple[str, int, int]]:
    """Reviews by step (state, reviews, late ones) among the organisations of `below`."""
    query = (
        select(Review.state, func.count(), func.count().filter(Review.is_late))
        .join(PartyOrganization, PartyOrganization.id == Review.organization_id)
        .where(Review.cycle_id == cycle_id, below)
        .group_by(Review.state)
    )
    return [(state.value, count, late) for state, count, late in (await db.execute(query))]
