"""The table of contents of training: which domains it has, lowest first."""

from fastapi import FastAPI

from hosting.application import create_service
from hosting.tokens import Verifier
from training import tables
from training.meetings.attendances import router as attendance_routes
from training.meetings.cadences import router as cadence_routes
from training.meetings.make_ups import router as make_up_routes
from training.meetings.make_ups.service import MakeUpAlreadyRecorded
from training.meetings.meetings import router as meeting_routes
from training.meetings.meetings.errors import MeetingAlreadyPlanned
from training.meetings.minutes import router as minutes_routes
from training.oversight.overviews import router as overview_routes
from training.reference.policies import router as policy_routes
from training.reference.policies.service import PolicyAlreadySet
from training.reference.projections.consumers import REGISTRY
from training.reference.projections.queries import resolve_paths
from training.reference.vocabulary import router as vocabulary_routes
from training.settings import Settings
from training.studies.rotations import router as rotation_routes
from training.studies.rotations.service import BatchTaken
from training.studies.settlements import router as settlement_routes
from training.studies.settlements.service import StudyYearAlreadySettled
from training.studies.study_hours import router as study_hour_routes

CONSUMERS = (REGISTRY,)
ROUTES = (
    policy_routes,
    meeting_routes,
    minutes_routes,
    make_up_routes,
    attendance_routes,
    rotation_routes,
    study_hour_routes,
    settlement_routes,
    cadence_routes,
    overview_routes,
    vocabulary_routes,
)
CONSTRAINT_ERRORS = {
    "uq_meetings_organization_id_kind_starts_at": MeetingAlreadyPlanned,
    "uq_study_year_settlements_organization_id_year_revision": StudyYearAlreadySettled,
    "uq_study_hour_requirements_root_id_group_effective_from": PolicyAlreadySet,
    "uq_training_limits_root_id_effective_from": PolicyAlreadySet,
    "uq_meeting_kind_rules_root_id_kind_effective_from": PolicyAlreadySet,
    "uq_make_ups_participant_id": MakeUpAlreadyRecorded,
    "uq_rotation_batches_meeting_id": BatchTaken,
    "pk_rotation_batches": BatchTaken,
}


def create_app(settings: Settings | None = None, verifier: Verifier | None = None) -> FastAPI:
    return create_service(
        settings or Settings(),
        name="training",
        title="两新 · 组织生活与培训",
        package_file=tables.__file__,
        routers=[routes.router for routes in ROUTES],
        resolve_paths=resolve_paths,
        consumers=CONSUMERS,
        constraint_errors=CONSTRAINT_ERRORS,
        verifier=verifier,
    )
