"""Every table of the service, imported so that Base.metadata is complete for migrations."""

from training.attendances.models import CheckInCode
from training.make_ups.models import MakeUp
from training.meetings.models import Meeting, Participant
from training.minutes.models import Addendum, Minutes
from training.policies.models import MeetingKindRule, StudyHourRequirement, TrainingLimit
from training.projections.models import Member, PartyOrganization, Post
from training.rotations.models import Rotation, RotationBatch
from training.settlements.models import Settlement, SettlementLine

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
