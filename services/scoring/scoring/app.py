"""Scoring: what people do becomes points, points and opinions become stars. Its domains, lowest first."""

from fastapi import FastAPI

from hosting.application import create_service
from hosting.tokens import Verifier
from records.auditing import audit_domain
from records.history import name_authors
from roster.queries import member_name_of, resolve_paths
from scoring.contests.contests import router as contests
from scoring.contests.duty_posts import router as duty_posts
from scoring.contests.post_proposals import router as post_proposals
from scoring.contests.projects import router as projects
from scoring.database import CHANGES
from scoring.honours.complaints import router as complaints
from scoring.honours.rewards import router as rewards
from scoring.honours.stars import router as stars
from scoring.honours.upper_tables import router as upper_tables
from scoring.insight.fairness import router as fairness
from scoring.insight.overview import router as overview
from scoring.insight.what_if import router as what_if
from scoring.points.awards import consumers as awards
from scoring.points.balances import router as balances
from scoring.points.claims import router as claims
from scoring.points.closures import service as closures
from scoring.points.diary import router as diary
from scoring.points.entries import router as entries
from scoring.points.evaluations import router as evaluations
from scoring.points.evidence import router as evidence
from scoring.points.evidence.stores import open_store
from scoring.points.indicators import router as indicators
from scoring.points.ledger import service as ledger
from scoring.points.suggestions import router as suggestions
from scoring.points.withheld import router as withheld
from scoring.reference.policies import router as policies
from scoring.reference.projections import consumers as projections
from scoring.reference.vocabulary import router as vocabulary
from scoring.reference.working_days import router as working_days
from scoring.reviews.access import registers as access
from scoring.reviews.attendances import consumers as attendances
from scoring.reviews.ballots import router as ballots
from scoring.reviews.cycles import router as cycles
from scoring.reviews.explanations import router as explanations
from scoring.reviews.notices import router as notices
from scoring.reviews.pledges import router as pledges
from scoring.reviews.ratings import domain as ratings
from scoring.reviews.reports import router as reports
from scoring.reviews.resolutions import router as resolutions
from scoring.reviews.reviews import router as reviews
from scoring.reviews.rulebooks import router as rulebooks
from scoring.reviews.surveys import router as surveys
from scoring.reviews.vetoes import router as vetoes
from scoring.settings import Settings

DOMAINS = (
    working_days.DOMAIN,
    projections.DOMAIN,
    policies.DOMAIN,
    closures.DOMAIN,
    duty_posts.DOMAIN,
    projects.DOMAIN,
    contests.DOMAIN,
    post_proposals.DOMAIN,
    suggestions.DOMAIN,
    attendances.DOMAIN,
    ledger.DOMAIN,
    diary.DOMAIN,
    evidence.DOMAIN,
    indicators.DOMAIN,
    awards.DOMAIN,
    balances.DOMAIN,
    claims.DOMAIN,
    entries.DOMAIN,
    withheld.DOMAIN,
    evaluations.DOMAIN,
    cycles.DOMAIN,
    rulebooks.DOMAIN,
    access.DOMAIN,
    pledges.DOMAIN,
    reports.DOMAIN,
    ballots.DOMAIN,
    surveys.DOMAIN,
    vetoes.DOMAIN,
    ratings.DOMAIN,
    resolutions.DOMAIN,
    notices.DOMAIN,
    stars.DOMAIN,
    complaints.DOMAIN,
    rewards.DOMAIN,
    upper_tables.DOMAIN,
    what_if.DOMAIN,
    fairness.DOMAIN,
    explanations.DOMAIN,
    reviews.DOMAIN,
    overview.DOMAIN,
    vocabulary.DOMAIN,
    audit_domain("scoring"),
)

name_authors(CHANGES, lambda change: member_name_of(change.person_id))


def create_app(settings: Settings | None = None, verifier: Verifier | None = None) -> FastAPI:
    settings = settings or Settings()
    app = create_service(
        settings,
        name="scoring",
        title="两新 · 积分与星级",
        package_file=__file__,
        domains=DOMAINS,
        resolve_paths=resolve_paths,
        verifier=verifier,
    )
    app.state.evidence = open_store(settings)
    return app
