"""Every table of the service, imported so that Base.metadata is complete for migrations."""

from training.meetings.attendances.models import CheckInCode
from training.meetings.make_ups.models import MakeUp
from training.meetings.meetings.models import Meeting, Participant
from training.meetings.minutes.models import Addendum, Minutes
from training.reference.policies.models import MeetingKindRule, StudyHourRequirement, TrainingLimit
from training.reference.projections.models import Member, PartyOrganization, Post
from training.studies.rotations.models import Rotation, RotationBatch
from training.studies.settlements.models import Settlement, SettlementLine

__all__ = [
    "Addendum",
    "CheckInCode",
    "MakeUp",
    "Meeting",
    "MeetingKindRule",
    "Member",
    "Minutes",
    "Participant",
    "PartyOrganization",
    "Post",
    "Rotation",
    "RotationBatch",
    "Settlement",
    "SettlementLine",
    "StudyHourRequirement",
    "TrainingLimit",
]
