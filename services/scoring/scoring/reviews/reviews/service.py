from datetime import date, datetime
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import Select, Uuid, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.paging import Page
from records.columns import rows_of
from records.events import record_event
from records.listing import slice_of
from records.registers import Register
from records.steps import StepKind, flags, shown_missing
from roster.models import PartyOrganization
from roster.queries import member_name_of, name_of
from roster.rules import GROUP_KINDS
from scoring.reference.projections.queries import visible_organization
from scoring.reviews.access.models import Review, ReviewSubject, StepRecord
from scoring.reviews.access.registers import everybody, review_name
from scoring.reviews.access.rules import PROCEDURES
from scoring.reviews.access.service import (
    CycleClosed,
    ReviewAccess,
    ReviewNotFound,
    SubjectNotFound,
    record_step,
)
from scoring.reviews.cycles.models import Cycle, CycleState
from scoring.reviews.cycles.queries import visible_cycles
from scoring.reviews.cycles.rules import State
from scoring.reviews.cycles.service import CycleNotFound, OrganizationNotFound
from scoring.reviews.reviews import queries
from scoring.reviews.reviews.events import ReviewAdvanced, ReviewFacts
from scoring.reviews.reviews.facts import facts_of
from scoring.reviews.reviews.schemas import (
    Links,
    Permissions,
    ReviewDetail,
    ReviewOpen,
    ReviewRead,
    StepRecordListing,
    StepRecordRead,
    SubjectRead,
)


class OutsideCycle(problems.Unprocessable):
    code = "organization-outside-cycle"
    detail = "这个党组织不在该评议年度的主管党组织之下"


class GroupHasNoReview(problems.Unprocessable):
    code = "group-has-no-review"
    detail = "党小组不单独开展评议,由所在支部评议"


class NobodyToReview(problems.Conflict):
    code = "nobody-to-review"
    detail = "这个党组织没有可评议的对象"


class ReviewExists(problems.Conflict):
    code = "review-exists"
    detail = "这个党组织本年度的评议已经启动"


CONSTRAINTS: dict[str, type[problems.Problem]] = {"uq_reviews_cycle_id_organization_id": ReviewExists}

REVIEWS = Register(
    "评议",
    Review,
    ReviewRead,
    ReviewNotFound,
    everybody,
    derived={
        "cycle_name": queries.cycle_name(Review.cycle_id),
        "organization_name": name_of(Review.organization_id),
        "superior_name": name_of(Review.superior_id),
        "subjects_count": queries.subjects_count(Review.id),
    },
)
SUBJECTS = Register(
    "评议对象",
    ReviewSubject,
    SubjectRead,
    SubjectNotFound,
    everybody,
    derived={"subject_name": ReviewSubject.name, "review_name": review_name(ReviewSubject.review_id)},
)
HISTORY = rows_of(StepRecord, StepRecordRead, {"person_name": member_name_of(StepRecord.person_id)})


async def history(db: AsyncSession, review_id: UUID, wanted: StepRecordListing) -> Page[StepRecordRead]:
    found = await slice_of(db, HISTORY.where(StepRecord.review_id == review_id), wanted)
    items = [StepRecordRead.model_validate(row) for row in found.rows]
    return Page[StepRecordRead].model_construct(items=items, next=found.next, total=found.total)


def seen_rows(actor: Actor) -> Select[*tuple[Any, ...]]:
    return REVIEWS.rows().where(queries.seen_by(actor))


async def open_review(db: AsyncSession, plan: ReviewOpen, *, today: date, now: datetime, actor: Actor) -> Review:
    cycle, organization = await _cycle_and_organization(db, plan, actor)
    review = Review(
        root_id=cycle.root_id,
        cycle_id=cycle.id,
        organization_id=organization.id,
        superior_id=organization.parent_id or organization.id,
        state=PROCEDURES[cycle.template].stages[0],
        opened_on=today,
    )
    db.add(review)
    await db.flush()
    count = await _freeze_subjects(db, cycle, review)
    if count == 0:
        raise NobodyToReview
    await record_step(
        db, review, kind=StepKind.OPENED, left=None, output={"subjects": count}, today=today, now=now, actor=actor
    )
    await record_advance(db, review, organization.path, actor)
    return review


async def _cycle_and_organization(db: AsyncSession, plan: ReviewOpen, actor: Actor) -> tuple[Cycle, PartyOrganization]:
    organization = await visible_organization(db, actor, plan.organization_id)
    if organization is None or not organization.is_active:
        raise OrganizationNotFound
    if organization.kind in GROUP_KINDS:
        raise GroupHasNoReview
    found = (await db.execute(visible_cycles(actor).where(Cycle.id == plan.cycle_id))).first()
    if found is None:
        raise CycleNotFound
    cycle, owner_path = found
    await db.refresh(cycle, with_for_update={"read": True})
    if cycle.state is CycleState.CLOSED:
        raise CycleClosed(year=cycle.year)
    if not organization.path.startswith(owner_path):
        raise OutsideCycle
    return cycle, organization


async def _freeze_subjects(db: AsyncSession, cycle: Cycle, review: Review) -> int:
    chosen = queries.candidates(cycle, review.organization_id).subquery()
    subject_id, name, peer_kind, is_graded = chosen.c
    rows = select(
        *(literal(value, Uuid()) for value in (review.id, cycle.id, review.root_id)),
        subject_id,
        name,
        peer_kind,
        is_graded,
    )
    columns = ["review_id", "cycle_id", "root_id", "subject_id", "name", "peer_kind", "is_graded"]
    frozen = await db.execute(insert(ReviewSubject).from_select(columns, rows).returning(ReviewSubject.subject_id))
    return len(frozen.all())


async def record_advance(
    db: AsyncSession,
    review: Review,
    path: str,
    actor: Actor,
    *,
    left: State | None = None,
    reason: str | None = None,
) -> None:
    told = {name: value for name, value in {"from_state": left, "reason": reason}.items() if value is not None}
    payload = ReviewAdvanced(**ReviewFacts.model_validate(review).model_dump(), **told)
    await record_event(
        db, payload, subject=review.id, version=review.version, root_id=review.root_id, path=path, actor=actor
    )


async def detail(db: AsyncSession, access: ReviewAccess, response: Response, *, today: date) -> ReviewDetail:
    review, cycle, procedure = access.review, access.cycle, access.procedure
    facts = await facts_of(db, review, cycle, today)
    allowed = procedure.allowed(review.state, facts, access.takers)
    named = {step: date.fromisoformat(day) for step, day in cycle.deadlines.items()}
    base = f"/api/v1/scoring/reviews/{review.id}"
    read = await REVIEWS.answer(db, review, response)
    return ReviewDetail.model_construct(
        **read.__dict__,
        next_state=procedure.after(review.state),
        missing=shown_missing(procedure.step(review.state).missing(facts)),
        permissions=flags(Permissions, allowed if cycle.state is CycleState.OPEN else frozenset()),
        due_at=procedure.due_on(review.state, None, named) or cycle.final_before,
        links=Links(history=f"{base}/history", subjects=f"{base}/subjects", results=f"{base}/results"),
    )
