from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from registry.sites.site_checks.kinds import CheckList


class SiteCheckChanged(Payload, title="阵地检查变更"):
    type: ClassVar[str] = "registry.site_check.changed.v1"
    id: UUID
    organization_id: UUID
    check_list: CheckList
    checked_on: date
    met: int
    expected: int
    is_passed: bool
    is_void: bool


class SiteYearChanged(Payload, title="年度阵地达标情况"):
    """What a check of the year found by 六有 or 五有五上墙; void checks found nothing. A `revision` corrects it."""

    type: ClassVar[str] = "registry.site_year.changed.v1"
    organization_id: UUID
    year: int
    has_place: bool
    has_equipment: bool
    has_signs: bool
    has_flag: bool
    has_books: bool
    has_rules: bool
    revision: int
