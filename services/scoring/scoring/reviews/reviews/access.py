"""What a caller may do with a review: who conducts it, who is its superior, for whom they speak."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from roster.models import PartyOrganization
from scoring.points.evidence.queries import are_seen
from scoring.reference.projections.queries import covered_by, serving_among
from scoring.reviews.cycles.models import Cycle, CycleState
from scoring.reviews.cycles.rules import State
from scoring.reviews.reviews.models import Review, ReviewSubject
from scoring.reviews.reviews.rules import is_reached


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


class WrongStep(problems.Conflict):
    code = "wrong-step"
    detail = "评议现处于“{state}”,这项操作只能在“{steps}”进行"


class CycleClosed(problems.Conflict):
    code = "cycle-closed"
    detail = "{year} 年度评议已办结,不能再更改"


@dataclass(frozen=True)
class ReviewAccess:
    review: Review
    cycle: Cycle
    path: str
    actor: Actor

    @property
    def conducts(self) -> bool:
        return any(self.path.startswith(path) for path in self.actor.paths)

    @property
    def is_superior(self) -> bool:
        return any(self.path.startswith(path) and self.path != path for path in self.actor.paths)

    @property
    def sees_results(self) -> bool:
        """Before the notice only those who conduct the review; from then on everybody in it."""
        return self.conducts or is_reached(self.cycle.template, self.review.state, State.PUBLICISE)

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


async def conduct(db: AsyncSession, actor: Actor, review_id: UUID, *steps: State) -> ReviewAccess:
    """Enter, locked, as the one who conducts the review, in one of `steps`."""
    access = await enter(db, actor, review_id, lock=True)
    if not access.conducts:
        raise NotYourReview
    require_step(access, *steps)
    return access


@contextmanager
def hidden_as(missing: type[problems.NotFound]) -> Iterator[None]:
    """What belongs to a review out of reach answers as if it did not exist either."""
    try:
        yield
    except ReviewNotFound as error:
        raise missing from error


async def supervise(db: AsyncSession, actor: Actor, review_id: UUID) -> ReviewAccess:
    access = await enter(db, actor, review_id, lock=True)
    if not access.is_superior:
        raise OnlyTheSuperior
    require_open(access)
    return access


def require_open(access: ReviewAccess) -> None:
    if access.cycle.state is CycleState.CLOSED:
        raise CycleClosed(year=access.cycle.year)


def require_step(access: ReviewAccess, *steps: State) -> None:
    require_open(access)
    if steps and access.review.state not in steps:
        raise WrongStep(state=access.review.state.label, steps="、".join(step.label for step in steps))


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
