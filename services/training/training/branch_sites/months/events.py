from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Month, Payload


class SiteCheckedIn(Payload, title="网上支部报到"):
    type: ClassVar[str] = "training.site_check_in.recorded.v1"
    branch_site_id: UUID
    member_id: UUID
    checked_in_on: date


class SiteMember(Payload):
    member_id: UUID
    check_ins: int
    posts: int
    is_met: bool


class SiteMonthPublished(Payload, title="公布网上支部月度情况"):
    """Published again, a `revision` corrects what an earlier one told."""

    type: ClassVar[str] = "training.site_month.published.v1"
    branch_site_id: UUID
    organization_id: UUID
    month: Month
    posts: int
    expected_posts: int
    is_kept: bool
    members: list[SiteMember]
    revision: int
