"""Every table of the service, imported once so that Base.metadata is complete."""

from scoring.honours.stars import models as honours
from scoring.points.claims import models as claims
from scoring.points.diary import models as diary
from scoring.points.evaluations import models as evaluations
from scoring.points.evidence import models as evidence
from scoring.points.indicators import models as indicators
from scoring.points.ledger import models as points
from scoring.reference.policies import models as policies
from scoring.reference.projections import models as projections
from scoring.reference.working_days import models as working_days
from scoring.reviews.attendances import models as attendances
from scoring.reviews.ballots import models as ballots
from scoring.reviews.cycles import models as cycles
from scoring.reviews.notices import models as notices
from scoring.reviews.pledges import models as pledges
from scoring.reviews.ratings import models as ratings
from scoring.reviews.reports import models as reports
from scoring.reviews.resolutions import models as resolutions
from scoring.reviews.reviews import models as reviews
from scoring.reviews.surveys import models as surveys
from scoring.reviews.vetoes import models as vetoes

__all__ = [
    "attendances",
    "ballots",
    "claims",
    "cycles",
    "diary",
    "evaluations",
    "evidence",
    "honours",
    "indicators",
    "notices",
    "pledges",
    "points",
    "policies",
    "projections",
    "ratings",
    "reports",
    "resolutions",
    "reviews",
    "surveys",
    "vetoes",
    "working_days",
]
