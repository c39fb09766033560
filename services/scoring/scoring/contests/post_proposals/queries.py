"""设岗定责: the members who hold no post, and which one each branch might give them."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, func, select, type_coerce
from sqlalchemy.orm import aliased

from kit.access import Actor
from kit.database import stored_enum
from roster.models import Member, PartyOrganization
from roster.rules import GROUP_KINDS, PARTY_MEMBER_STAGES
from scoring.contests.duty_posts.kinds import DutyPostKind
from scoring.contests.duty_posts.models import DutyPost

PROPOSED = (DutyPostKind.MODEL_POST, DutyPostKind.RESPONSIBILITY_AREA, DutyPostKind.PIONEER_POST)
"""双强三岗: what is proposed in turn, going on from the posts that a branch's members hold already."""

LONGEST_NAME = 190
"""Of a member, so that the name of the post still fits."""

KIND = stored_enum(DutyPostKind)
HELD = (DutyPost.void_reason.is_(None), DutyPost.ended_on.is_(None), DutyPost.holder_id.is_not(None))
BRANCH = aliased(PartyOrganization)


def _proposals() -> Any:
    """A member of a Party group is one of its branch, which gives the post."""
    home = PartyOrganization
    belongs = case((home.kind.in_(GROUP_KINDS), home.parent_id), else_=home.id)
    of_branch = DutyPost.organization_id == BRANCH.id
    holder, place = aliased(Member), aliased(PartyOrganization)
    belongs_to = case((place.kind.in_(GROUP_KINDS), place.parent_id), else_=place.id)
    held = (
        select(func.count())
        .select_from(DutyPost)
        .join(holder, holder.id == DutyPost.holder_id)
        .join(place, place.id == holder.organization_id)
        .where(of_branch, *HELD, holder.is_active, belongs_to == BRANCH.id)
        .scalar_subquery()
    )
    has_post = select(DutyPost.id).where(of_branch, DutyPost.holder_id == Member.id, *HELD).exists()
    turn = (held + func.row_number().over(partition_by=BRANCH.id, order_by=Member.id) - 1) % len(PROPOSED)
    kind = case(*((turn == at, one.value) for at, one in enumerate(PROPOSED)))
    label = case(*((turn == at, one.label) for at, one in enumerate(PROPOSED)))
    return (
        select(
            Member.id.label("member_id"),
            Member.name.label("member_name"),
            BRANCH.id.label("organization_id"),
            BRANCH.name.label("organization_name"),
            type_coerce(kind, KIND).label("kind"),
            func.left(Member.name, LONGEST_NAME).concat(label).label("name"),
            Member.path,
        )
        .join(home, home.id == Member.organization_id)
        .join(BRANCH, BRANCH.id == belongs)
        .where(Member.is_active, Member.stage.in_(PARTY_MEMBER_STAGES), BRANCH.is_active)
        .where(~has_post)
        .subquery("proposals")
    )


PROPOSALS = _proposals()
SHOWN = tuple(column for column in PROPOSALS.c if column.key != "path")


def proposals(actor: Actor) -> Select[*tuple[Any, ...]]:
    return select(*SHOWN).where(actor.reaches(PROPOSALS.c.path))


def proposals_of(organization_id: UUID) -> Select[*tuple[Any, ...]]:
    return select(*SHOWN).where(PROPOSALS.c.organization_id == organization_id).order_by(PROPOSALS.c.member_id)
