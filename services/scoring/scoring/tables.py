"""Every table of the service, imported once so that Base.metadata is complete."""

from scoring.attendances import models as attendances
from scoring.ballots import models as ballots
from scoring.claims import models as claims
from scoring.cycles import models as cycles
from scoring.diary import models as diary
from scoring.evaluations import models as evaluations
from scoring.evidence import models as evidence
from scoring.honours import models as honours
from scoring.indicators import models as indicators
from scoring.notices import models as notices
from scoring.pledges import models as pledges
from scoring.points import models as points
from scoring.policies import models as policies
from scoring.projections import models as projections
from scoring.ratings import models as ratings
from scoring.reports import models as reports
from scoring.resolutions import models as resolutions
from scoring.reviews import models as reviews
from scoring.surveys import models as surveys
from scoring.vetoes import models as vetoes
from scoring.working_days import models as working_days

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
