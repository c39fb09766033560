"""Names of database constraints, each with the error it means."""

from kit.problems import Problem
from scoring.points.evaluations.service import EvaluationExists
from scoring.points.indicators.service import CatalogueYearTaken, DuplicateIndicatorCode
from scoring.points.ledger.service import AlreadyReversed, CauseAlreadyRecorded
from scoring.reviews.steps.composition import REVIEW_CONSTRAINT_ERRORS

CONSTRAINT_ERRORS: dict[str, type[Problem]] = {
    "uq_monthly_evaluations_organization_id_month": EvaluationExists,
    "uq_catalogues_published": CatalogueYearTaken,
    "uq_indicators_catalogue_id_code": DuplicateIndicatorCode,
    "uq_ledger_entries_reversal_of": AlreadyReversed,
    "uq_ledger_entries_source_source_ref": CauseAlreadyRecorded,
    **REVIEW_CONSTRAINT_ERRORS,
}
