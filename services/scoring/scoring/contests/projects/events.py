from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from scoring.contests.projects.kinds import ProjectKind, ProjectState


class Participant(Payload):
    member_id: UUID


class ProjectChanged(Payload, title="攻关、技改等项目变更"):
    """`is_earning` of a technical project that was closed with its effect, and not void."""

    type: ClassVar[str] = "scoring.project.changed.v1"
    id: UUID
    organization_id: UUID
    kind: ProjectKind
    state: ProjectState
    opened_on: date
    claimant_id: UUID | None
    closed_on: date | None
    happened_on: date
    participants: list[Participant]
    is_earning: bool
    revision: int
