"""Every table of the service, imported once so that Base.metadata is complete."""

from scoring.claims import models as claims
from scoring.diary import models as diary
from scoring.evaluations import models as evaluations
from scoring.evidence import models as evidence
from scoring.indicators import models as indicators
from scoring.points import models as points
from scoring.policies import models as policies
from scoring.projections import models as projections

__all__ = ["claims", "diary", "evaluations", "evidence", "indicators", "points", "policies", "projections"]
