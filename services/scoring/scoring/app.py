"""Scoring: what people do becomes points, points and opinions become stars. This file is its table of contents."""

from fastapi import FastAPI

from hosting.application import create_service
from hosting.tokens import Verifier
from kit.events import Consumer
from scoring.constraints import CONSTRAINT_ERRORS
from scoring.insight.overview import router as overview
from scoring.lifespan import lifespan
from scoring.points.awards.consumers import REGISTRY_AWARDS, SCORING_AWARDS, TRAINING_AWARDS
from scoring.points.balances import router as balances
from scoring.points.claims import router as claims
from scoring.points.diary import router as diary
from scoring.points.entries import router as entries
from scoring.points.evaluations import router as evaluations
from scoring.points.evidence import router as evidence
from scoring.points.evidence.stores import open_store
from scoring.points.indicators import router as indicators
from scoring.reference.policies import router as policies
from scoring.reference.projections.consumers import REGISTRY_HANDLERS
from scoring.reference.projections.queries import resolve_paths
from scoring.reference.vocabulary import router as vocabulary
from scoring.reviews.steps.composition import REVIEW_ROUTERS, and_attendance
from scoring.settings import Settings

ROUTERS = (
    policies.router,
    entries.router,
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
