"""What is told of screenings: days and counts, never a person."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from registry.members.screenings.kinds import ScreeningStage


class ScreeningChanged(Payload, title="党员排查变更"):
    type: ClassVar[str] = "registry.screening.changed.v1"
    id: UUID
    organization_id: UUID
    stage: ScreeningStage
    entered_on: date
    is_void: bool


class ScreeningCompiled(Payload, title="党员排查台账编成或作废"):
    """`holds` until the round is void."""

    type: ClassVar[str] = "registry.screening.compiled.v1"
    id: UUID
    organization_id: UUID
    compiled_on: date
    holds: bool
    revision: int


class UnitScreened(Payload, title="核实单位排查情况"):
    type: ClassVar[str] = "registry.unit.screened.v1"
    id: UUID
    screening_id: UUID
    unit_id: UUID
    verified_on: date
    is_target: bool
    is_void: bool
