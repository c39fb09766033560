"""What is told of campaigns: days, counts and what passed, never what was written."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from registry.oversight.campaigns.kinds import SampledKind


class CampaignChanged(Payload, title="百日攻坚变更"):
    type: ClassVar[str] = "registry.campaign.changed.v1"
    id: UUID
    organization_id: UUID
    first_on: date
    days: int
    is_void: bool


class CampaignMet(Payload, title="百日攻坚调度"):
    type: ClassVar[str] = "registry.campaign.met.v1"
    campaign_id: UUID
    organization_id: UUID
    held_on: date


class CampaignSampleChanged(Payload, title="百日攻坚随机抽取或作废"):
    type: ClassVar[str] = "registry.campaign_sample.changed.v1"
    id: UUID
    campaign_id: UUID
    organization_id: UUID
    subject_kind: SampledKind
    population: int
    size: int
    drawn_on: date
    is_void: bool


class CampaignCheckRecorded(Payload, title="登记百日攻坚抽查结果"):
    type: ClassVar[str] = "registry.campaign_check.recorded.v1"
    id: UUID
    campaign_id: UUID
    sample_id: UUID
    organization_id: UUID
    unit_id: UUID | None
    checked_organization_id: UUID | None
    checked_on: date
    is_passed: bool
