"""What the review half of scoring adds to the service: routes, named constraints, and training's attendance."""

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from kit.events import Event
from kit.events.consumer import Handler
from scoring.honours.stars import router as honours
from scoring.reference.working_days import router as working_days
from scoring.reviews.attendances.consumers import ATTENDANCE_HANDLERS
from scoring.reviews.ballots import router as ballots
from scoring.reviews.ballots import service as ballot_cases
from scoring.reviews.cycles import router as cycles
from scoring.reviews.cycles import service as cycle_cases
from scoring.reviews.notices import router as notices
from scoring.reviews.pledges import router as pledges
from scoring.reviews.pledges import service as pledge_cases
from scoring.reviews.ratings import router as ratings
from scoring.reviews.reports import router as reports
from scoring.reviews.reports import service as report_cases
from scoring.reviews.resolutions import router as resolutions
from scoring.reviews.resolutions import service as resolution_cases
from scoring.reviews.reviews import router as reviews
from scoring.reviews.reviews import service as review_cases
from scoring.reviews.steps import router as steps
from scoring.reviews.surveys import router as surveys
from scoring.reviews.surveys import service as survey_cases
from scoring.reviews.vetoes import router as vetoes

REVIEW_ROUTERS = (
    working_days.router,
    cycles.router,
    reviews.router,
    steps.router,
    pledges.router,
    reports.router,
    ballots.router,
    ballots.anonymous_router,
    surveys.router,
    vetoes.router,
    ratings.router,
    notices.router,
    resolutions.router,
    honours.router,
)
REVIEW_CONSTRAINT_ERRORS = {
    **cycle_cases.CONSTRAINTS,
    **review_cases.CONSTRAINTS,
    **pledge_cases.CONSTRAINTS,
    **report_cases.CONSTRAINTS,
    **ballot_cases.CONSTRAINTS,
    **survey_cases.CONSTRAINTS,
    **resolution_cases.CONSTRAINTS,
}


def and_attendance(awards: Mapping[str, Handler]) -> dict[str, Handler]:
    """Training's handlers: attendance is copied first, then the event earns what it earns."""
    return {**ATTENDANCE_HANDLERS, **{name: _first_copied(name, award) for name, award in awards.items()}}


def _first_copied(name: str, award: Handler) -> Handler:
    copy = ATTENDANCE_HANDLERS.get(name)
    if copy is None:
        return award

    async def both(db: AsyncSession, event: Event) -> None:
        await copy(db, event)
        await award(db, event)

    return both
