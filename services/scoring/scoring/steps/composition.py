"""What the review half of scoring adds to the service: its routes and the errors its constraints mean."""

from scoring.ballots import router as ballots
from scoring.ballots import service as ballot_cases
from scoring.cycles import router as cycles
from scoring.cycles import service as cycle_cases
from scoring.honours import router as honours
from scoring.notices import router as notices
from scoring.pledges import router as pledges
from scoring.pledges import service as pledge_cases
from scoring.ratings import router as ratings
from scoring.reports import router as reports
from scoring.reports import service as report_cases
from scoring.resolutions import router as resolutions
from scoring.resolutions import service as resolution_cases
from scoring.reviews import router as reviews
from scoring.reviews import service as review_cases
from scoring.steps import router as steps
from scoring.surveys import router as surveys
from scoring.surveys import service as survey_cases
from scoring.vetoes import router as vetoes
from scoring.working_days import router as working_days

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
