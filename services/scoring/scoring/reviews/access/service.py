"""What a caller may do with a review: who conducts it, who is its superior, for whom they speak."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.edge import LabelledEnum
from records.steps import StepKind, keep_step, require_act
from roster.models import PartyOrganization
from scoring.points.evidence.queries import are_seen
from scoring.reference.projections.queries import covered_by, serving_among
from scoring.reviews.access.models import Review, ReviewSubject, StepRecord
from scoring.reviews.access.rules import PROCEDURES, ReviewAct, ReviewProcedure, Taker
from scoring.reviews.cycles.models import Cycle, CycleState
from scoring.reviews.cycles.rules import State


class ReviewNotFound(problems.NotFound):
    code = "review-not-found"
    detail = "没有找到这项评议,或不在您的管理范围内"


class SubjectNotFound(problems.NotFound):
    code = "review-subject-not-found"
    detail = "没有找到这名评议对象"


class NotYourReview(problems.Forbidden):
    code = "not-your-review"
    detail = "这项操作由组织评议的党组织办理"


class OnlyTheSuperior(problems.Forbidden):
    code = "only-the-superior"
    detail = "这项操作由上级党组织办理"


class OwnCase(problems.Forbidden):
    code = "own-case"
    detail = "不能办理与本人或本组织有关的事项,请由他人办理"


class PaperRequired(problems.Forbidden):
    code = "paper-required"
    detail = "承诺和述职由本人提交;本人不能使用系统的,凭本人签字的纸质材料(上传后填写 paper_file_id)代为录入"


class PaperNotFound(problems.Unprocessable):
    code = "paper-not-found"
    detail = "没有找到作为佐证的签字材料,请先上传"


class NotPublished(problems.Conflict):
    code = "results-not-public"
    detail = "结果尚未公示"


class CycleClosed(problems.Conflict):
    code = "cycle-closed"
    detail = "{year} 年度评议已办结,不能再更改"


REFUSALS: Mapping[LabelledEnum, type[problems.Forbidden]] = {
    Taker.CONDUCTOR: NotYourReview,
    Taker.SUPERIOR: OnlyTheSuperior,
}


@dataclass(frozen=True)
class ReviewAccess:
    review: Review
    cycle: Cycle
    path: str
    actor: Actor

    @property
    def procedure(self) -> ReviewProcedure:
        return PROCEDURES[self.cycle.template]

    @property
    def takers(self) -> set[Taker]:
        found = {Taker.CONDUCTOR: self.conducts, Taker.SUPERIOR: self.is_superior}
        return {one for one, is_taker in found.items() if is_taker}

    @property
    def conducts(self) -> bool:
        return any(self.path.startswith(path) for path in self.actor.paths)

    @property
    def is_superior(self) -> bool:
        return any(self.path.startswith(path) and self.path != path for path in self.actor.paths)

    @property
    def sees_results(self) -> bool:
        """Before the notice only those who conduct the review; from then on everybody in it."""
        return self.conducts or self.procedure.is_reached(self.review.state, State.PUBLICISE)

    def speaks_for(self, subject_id: UUID) -> bool:
        return subject_id == self.actor.person or subject_id in self.actor.office_ids


def visible_reviews(actor: Actor) -> Select[Review, Cycle, PartyOrganization]:
    return (
        select(Review, Cycle, PartyOrganization)
        .join(Cycle, Cycle.id == Review.cycle_id)
        .join(PartyOrganization, PartyOrganization.id == Review.organization_id)
        .where(covered_by(actor, PartyOrganization.path))
    )


async def enter(db: AsyncSession, actor: Actor, review_id: UUID, *, lock: bool = False) -> ReviewAccess:
    """The review as this actor sees it; locked, with its cycle held open, when it is going to be changed."""
    query = visible_reviews(actor).where(Review.id == review_id)
    if lock:
        query = query.with_for_update(of=Review).execution_options(populate_existing=True)
    found = (await db.execute(query)).first()
    if found is None:
        raise ReviewNotFound
    review, cycle, organization = found
    if lock:
        await db.refresh(cycle, with_for_update={"read": True})
    return ReviewAccess(review, cycle, organization.path, actor)


async def enter_for(db: AsyncSession, actor: Actor, review_id: UUID, act: ReviewAct) -> ReviewAccess:
    """Entered, locked, by one who may do this act, in a step that has it."""
    access = await enter(db, actor, review_id, lock=True)
    require_taker(access, act.by)
    require_act(access.procedure, access.review.state, act)
    return access


def require_taker(access: ReviewAccess, taker: LabelledEnum | None) -> None:
    """None is whoever sees the review; of a closed cycle nothing is changed any more."""
    if taker is not None and taker not in access.takers:
        raise REFUSALS[taker]
    if access.cycle.state is CycleState.CLOSED:
        raise CycleClosed(year=access.cycle.year)


@contextmanager
def hidden_as(missing: type[problems.NotFound]) -> Iterator[None]:
    """What belongs to a review out of reach answers as if it did not exist either."""
    try:
        yield
    except ReviewNotFound as error:
        raise missing from error


async def subject_of(db: AsyncSession, review_id: UUID, subject_id: UUID) -> ReviewSubject:
    subject = await db.get(ReviewSubject, (review_id, subject_id))
    if subject is None:
        raise SubjectNotFound
    return subject


async def concerned_among(db: AsyncSession, access: ReviewAccess, subject_ids: Collection[UUID]) -> set[UUID]:
    """Of these subjects, oneself, what one speaks for, and what one holds a post in through whatever other office."""
    served = await serving_among(db, access.actor.person, subject_ids)
    return served | {one for one in subject_ids if access.speaks_for(one)}


async def refuse_own_case(db: AsyncSession, access: ReviewAccess, *subject_ids: UUID) -> None:
    if await concerned_among(db, access, subject_ids):
        raise OwnCase


async def paper_behind(
    db: AsyncSession, access: ReviewAccess, subject_id: UUID, paper_file_id: UUID | None
) -> UUID | None:
    """None when the subject speaks; who conducts the review enters another's words only from a signed paper."""
    if access.speaks_for(subject_id):
        return None
    if not access.conducts:
        raise NotYourReview
    if paper_file_id is None:
        raise PaperRequired
    if not await are_seen(db, access.actor, [paper_file_id]):
        raise PaperNotFound
    return paper_file_id


async def record_step(
    db: AsyncSession,
    review: Review,
    *,
    kind: StepKind,
    left: State | None,
    output: dict[str, Any],
    today: date,
    now: datetime,
    actor: Actor,
    reason: str | None = None,
) -> None:
    step = StepRecord(
        root_id=review.root_id,
        review_id=review.id,
        kind=kind,
        from_state=left,
        to_state=review.state,
        output=output,
        reason=reason,
    )
    await keep_step(db, step, StepRecord.review_id, today=today, now=now, actor=actor)
