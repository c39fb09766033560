"""What is told of developments: ids, steps and days; never what a paper says."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from registry.members.developments.kinds import DevelopmentStep, Milestone, PaperKind


class DevelopmentTold(Payload):
    id: UUID
    member_id: UUID
    organization_id: UUID
    step: DevelopmentStep


class DevelopmentOpened(DevelopmentTold, title="开始发展党员"):
    type: ClassVar[str] = "registry.development.opened.v1"


class DevelopmentAdvanced(DevelopmentTold, title="办理发展党员步骤"):
    """`step` is the one to be taken next."""

    type: ClassVar[str] = "registry.development.advanced.v1"
    entered_on: date


class DevelopmentCorrected(DevelopmentTold, title="更正发展党员"):
    type: ClassVar[str] = "registry.development.corrected.v1"


class DevelopmentEnded(DevelopmentTold, title="终止发展党员"):
    type: ClassVar[str] = "registry.development.ended.v1"
    ended_on: date


class DevelopmentVoided(DevelopmentTold, title="作废发展党员"):
    type: ClassVar[str] = "registry.development.voided.v1"


class MilestoneChanged(Payload, title="发展党员的进展"):
    """Told when it is reached, and with the next revision when it turns out to have been a mistake."""

    type: ClassVar[str] = "registry.development_milestone.changed.v1"
    development_id: UUID
    member_id: UUID
    organization_id: UUID
    milestone: Milestone
    occurred_on: date
    is_backbone: bool
    holds: bool
    revision: int


class GuideChanged(Payload, title="培养联系人或入党介绍人"):
    type: ClassVar[str] = "registry.development_guide.changed.v1"
    paper_id: UUID
    development_id: UUID
    person_id: UUID
    kind: PaperKind
    named_on: date
    holds: bool
    revision: int


class PaperTold(Payload):
    id: UUID
    development_id: UUID
    kind: PaperKind
    happened_on: date


class PaperCreated(PaperTold, title="登记发展党员材料"):
    type: ClassVar[str] = "registry.development_paper.created.v1"


class PaperVoided(PaperTold, title="作废发展党员材料"):
    type: ClassVar[str] = "registry.development_paper.voided.v1"
