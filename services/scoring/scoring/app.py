"""Scoring: what people do becomes points, points and opinions become stars. This file is its table of contents."""

from fastapi import FastAPI

from hosting.application import create_service
from hosting.tokens import Verifier
from kit.events import Consumer
from scoring.awards.consumers import REGISTRY_AWARDS, SCORING_AWARDS, TRAINING_AWARDS
from scoring.balances import router as balances
from scoring.claims import router as claims
from scoring.constraints import CONSTRAINT_ERRORS
from scoring.diary import router as diary
from scoring.evaluations import router as evaluations
from scoring.evidence import router as evidence
from scoring.evidence.stores import open_store
from scoring.indicators import router as indicators
from scoring.lifespan import lifespan
from scoring.overview import router as overview
from scoring.points import router as points
from scoring.policies import router as policies
from scoring.projections.consumers import REGISTRY_HANDLERS
from scoring.projections.queries import resolve_paths
from scoring.settings import Settings
from scoring.steps.composition import REVIEW_ROUTERS, and_attendance
from scoring.vocabulary import router as vocabulary

ROUTERS = (
    policies.router,
    points.router,
    indicators.router,
    balances.router,
    evidence.router,
    diary.router,
    claims.router,
    evaluations.router,
    overview.router,
    vocabulary.router,
    *REVIEW_ROUTERS,
)
CONSUMERS = (
    Consumer("registry", {**REGISTRY_HANDLERS, **REGISTRY_AWARDS}),
    Consumer("training", and_attendance(TRAINING_AWARDS)),
    Consumer("scoring", SCORING_AWARDS),
)


def create_app(settings: Settings | None = None, verifier: Verifier | None = None) -> FastAPI:
    settings = settings or Settings()
    app = create_service(
        settings,
        name="scoring",
        title="两新 · 积分与星级",
        package_file=__file__,
        routers=ROUTERS,
        resolve_paths=resolve_paths,
        consumers=CONSUMERS,
        constraint_errors=CONSTRAINT_ERRORS,
        lifespan=lifespan,
        verifier=verifier,
    )
    app.state.evidence = open_store(settings)
    return app
