"""The table of contents of training: which domains it has, lowest first."""

from fastapi import FastAPI

from hosting.application import create_service
from hosting.tokens import Verifier
from records.auditing import audit_domain
from records.history import name_authors
from roster.queries import member_name_of, resolve_paths
from training.branch_sites.columns import router as columns
from training.branch_sites.moderators import router as moderators
from training.branch_sites.months import router as months
from training.branch_sites.online_meetings import router as online_meetings
from training.branch_sites.posts import router as posts
from training.branch_sites.sites import router as sites
from training.database import CHANGES
from training.exams.attempts import router as attempts
from training.exams.exams import router as exams
from training.exams.live import router as live
from training.exams.questions import router as questions
from training.exams.results import router as results
from training.meetings.activities import router as activities
from training.meetings.attendances import router as attendances
from training.meetings.cadences import router as cadences
from training.meetings.make_ups import router as make_ups
from training.meetings.meetings import router as meetings
from training.meetings.minutes import router as minutes
from training.meetings.minutes_readings import router as minutes_readings
from training.messages.messages import router as messages
from training.messages.publications import router as publications
from training.messages.registrations import router as registrations
from training.mutual_aid.essays import router as essays
from training.mutual_aid.menu import router as menu
from training.mutual_aid.provisions import router as provisions
from training.mutual_aid.votes import router as votes
from training.oversight.overviews import router as overviews
from training.reference.policies import router as policies
from training.reference.projections import consumers as projections
from training.reference.vocabulary import router as vocabulary
from training.settings import Settings
from training.studies.plans import router as plans
from training.studies.remote_classes import router as remote_classes
from training.studies.rotations import router as rotations
from training.studies.settlements import router as settlements
from training.studies.study_hours import router as study_hours

DOMAINS = (
    projections.DOMAIN,
    policies.DOMAIN,
    meetings.DOMAIN,
    activities.DOMAIN,
    minutes.DOMAIN,
    make_ups.DOMAIN,
    attendances.DOMAIN,
    plans.DOMAIN,
    rotations.DOMAIN,
    minutes_readings.DOMAIN,
    sites.DOMAIN,
    columns.DOMAIN,
    moderators.DOMAIN,
    online_meetings.DOMAIN,
    posts.DOMAIN,
    months.DOMAIN,
    menu.DOMAIN,
    essays.DOMAIN,
    questions.DOMAIN,
    results.DOMAIN,
    publications.DOMAIN,
    registrations.DOMAIN,
    votes.DOMAIN,
    provisions.DOMAIN,
    exams.DOMAIN,
    attempts.DOMAIN,
    live.DOMAIN,
    remote_classes.DOMAIN,
    messages.DOMAIN,
    study_hours.DOMAIN,
    settlements.DOMAIN,
    cadences.DOMAIN,
    overviews.DOMAIN,
    vocabulary.DOMAIN,
    audit_domain("training"),
)

name_authors(CHANGES, lambda change: member_name_of(change.person_id))


def create_app(settings: Settings | None = None, verifier: Verifier | None = None) -> FastAPI:
    return create_service(
        settings or Settings(),
        name="training",
        title="两新 · 组织生活与培训",
        package_file=__file__,
        domains=DOMAINS,
        resolve_paths=resolve_paths,
        verifier=verifier,
    )
