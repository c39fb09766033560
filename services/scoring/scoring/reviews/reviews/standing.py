"""Where a caller stands towards a review: who conducts it, who is its superior, for whom they speak."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from scoring.actors import Reach, reach_of
from scoring.reference.projections.models import PartyOrganization
from scoring.reviews.cycles.models import Cycle, CycleState
from scoring.reviews.cycles.rules import State
from scoring.reviews.reviews.models import Review, ReviewSubject


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


class WrongStep(problems.Conflict):
    code = "wrong-step"
    detail = "评议现处于“{state}”,这项操作只能在“{steps}”进行"


class CycleClosed(problems.Conflict):
    code = "cycle-closed"
    detail = "{year} 年度评议已办结,不能再更改"


@dataclass(frozen=True)
class Standing:
    review: Review
    cycle: Cycle
    path: str
    person: UUID | None
    reach: Reach

    @property
    def conducts(self) -> bool:
        return any(self.path.startswith(path) for path in self.reach.office_paths)

    @property
    def is_superior(self) -> bool:
        return any(self.path.startswith(path) and self.path != path for path in self.reach.office_paths)

    def speaks_for(self, subject_id: UUID) -> bool:
        return subject_id == self.person or subject_id in self.reach.office_ids


def visible_reviews(reach: Reach) -> Select[Review, Cycle, PartyOrganization]:
    return (
        select(Review, Cycle, PartyOrganization)
        .join(Cycle, Cycle.id == Review.cycle_id)
        .join(PartyOrganization, PartyOrganization.id == Review.organization_id)
        .where(reach.covers(PartyOrganization.path))
    )


async def enter(db: AsyncSession, actor: Actor, review_id: UUID, *, lock: bool = False) -> Standing:
    """The review as this actor sees it; locked, with its cycle held open, when it is going to be changed."""
    reach = await reach_of(db, actor)
    query = visible_reviews(reach).where(Review.id == review_id)
    if lock:
        query = query.with_for_update(of=Review).execution_options(populate_existing=True)
    found = (await db.execute(query)).first()
    if found is None:
        raise ReviewNotFound
    review, cycle, organization = found
    if lock:
        await db.refresh(cycle, with_for_update={"read": True})
    return Standing(review, cycle, organization.path, actor.person, reach)


async def conduct(db: AsyncSession, actor: Actor, review_id: UUID, *steps: State) -> Standing:
    """Enter, locked, as the one who conducts the review, in one of `steps`."""
    standing = await enter(db, actor, review_id, lock=True)
    if not standing.conducts:
        raise NotYourReview
    require_step(standing, *steps)
    return standing


@contextmanager
def hidden_as(missing: type[problems.NotFound]) -> Iterator[None]:
    """What belongs to a review out of reach answers as if it did not exist either."""
    try:
        yield
    except ReviewNotFound as error:
        raise missing from error


async def supervise(db: AsyncSession, actor: Actor, review_id: UUID) -> Standing:
    standing = await enter(db, actor, review_id, lock=True)
    if not standing.is_superior:
        raise OnlyTheSuperior
    require_open(standing)
    return standing


def require_open(standing: Standing) -> None:
    if standing.cycle.state is CycleState.CLOSED:
        raise CycleClosed(year=standing.cycle.year)


def require_step(standing: Standing, *steps: State) -> None:
    require_open(standing)
    if steps and standing.review.state not in steps:
        raise WrongStep(state=standing.review.state.label, steps="、".join(step.label for step in steps))


async def subject_of(db: AsyncSession, review_id: UUID, subject_id: UUID) -> ReviewSubject:
    subject = await db.get(ReviewSubject, (review_id, subject_id))
    if subject is None:
        raise SubjectNotFound
    return subject


def refuse_own_case(standing: Standing, subject_id: UUID) -> None:
    """Nobody decides on oneself, nor on an organisation one holds a post in, through whatever other office."""
    if standing.speaks_for(subject_id) or subject_id in standing.reach.served_ids:
        raise OwnCase
