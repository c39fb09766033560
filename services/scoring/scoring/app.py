"""Scoring: what people do becomes points, points and opinions become stars. This file is its table of contents."""

from fastapi import FastAPI
from kit.application import create_service
from kit.events import Consumer
from kit.tokens import Verifier

import scoring
from scoring import claims, diary, evaluations, evidence, indicators, overview, points, vocabulary
from scoring.constraints import CONSTRAINT_ERRORS
from scoring.lifespan import lifespan
from scoring.points.consumers import REGISTRY_AWARDS, SCORING_AWARDS, TRAINING_AWARDS
from scoring.projections.consumers import REGISTRY_HANDLERS
from scoring.projections.queries import resolve_paths
from scoring.settings import Settings

ROUTERS = (
    indicators.router,
    points.router,
    diary.router,
    claims.router,
    evaluations.router,
    evidence.router,
    overview.router,
    vocabulary.router,
)
CONSUMERS = (
    Consumer("registry", {**REGISTRY_HANDLERS, **REGISTRY_AWARDS}),
    Consumer("training", TRAINING_AWARDS),
    Consumer("scoring", SCORING_AWARDS),
)


def create_app(settings: Settings | None = None, verifier: Verifier | None = None) -> FastAPI:
    return create_service(
        settings or Settings(),
        name="scoring",
        title="积分与星级评定",
        package_file=str(scoring.__file__),
        routers=ROUTERS,
        resolve_paths=resolve_paths,
        consumers=CONSUMERS,
        constraint_errors=CONSTRAINT_ERRORS,
        lifespan=lifespan,
        verifier=verifier,
    )
