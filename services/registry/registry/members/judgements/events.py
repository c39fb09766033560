"""What is told of periods that are over: per organisation, with its members; ids and yes or no, nothing else."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel

from records.events import Month, Payload


class MemberOnTime(BaseModel):
    member_id: UUID
    is_on_time: bool


class MemberClean(BaseModel):
    member_id: UUID
    is_clean: bool


class MemberComplete(BaseModel):
    member_id: UUID
    is_complete: bool


class PeriodJudged(Payload):
    organization_id: UUID
    revision: int


class MemberPaid(BaseModel):
    member_id: UUID
    is_paid: bool


class TransferYearJudged(PeriodJudged, title="年度组织关系转接认定"):
    """`transfers` it sent or received in the year, `late` those it sent whose first letter ran out without a receipt.

    A member is on time of whom no transfer was late; so is who had none.
    """

    type: ClassVar[str] = "registry.transfer_year.judged.v1"
    year: int
    transfers: int
    late: int
    is_on_time: bool
    members: list[MemberOnTime]


class IntegrityQuarterJudged(PeriodJudged, title="季度诚信卡认定"):
    """A member is clean without a line of dishonesty that happened in the quarter."""

    type: ClassVar[str] = "registry.integrity_quarter.judged.v1"
    quarter_ends_on: date
    members: list[MemberClean]


class ProfileYearJudged(PeriodJudged, title="年度党员信息完整认定"):
    """A member is complete whose file has no gap and a phone."""

    type: ClassVar[str] = "registry.profile_year.judged.v1"
    year: int
    members: list[MemberComplete]


class DevelopmentYearJudged(PeriodJudged, title="年度发展党员认定"):
    """`cases` were in hand in the year, `late` of them beyond a limit; `developed` were received, below it included."""

    type: ClassVar[str] = "registry.development_year.judged.v1"
    year: int
    cases: int
    late: int
    is_complete: bool
    planned: int
    developed: int
    is_fulfilled: bool


class FormYearJudged(PeriodJudged, title="年度设置形式与班子认定"):
    """`formal` and `enrolled` count the members of the organisation and of all below it; `team`, who holds a post."""

    type: ClassVar[str] = "registry.form_year.judged.v1"
    year: int
    formal: int
    enrolled: int
    is_form_fitting: bool
    team: int
    is_team_complete: bool


class LeadershipYearJudged(PeriodJudged, title="年度换届、书记与交叉任职认定"):
    """`term_ends_on` as of the last day of the year; `late_elections` were held in it after the term had ended."""

    type: ClassVar[str] = "registry.leadership_year.judged.v1"
    year: int
    term_ends_on: date | None
    late_elections: int
    is_term_kept: bool
    is_secretary_kept: bool
    team: int
    both_posts: int
    is_cross_appointed: bool


class DuesMonthJudged(PeriodJudged, title="月度党费认定"):
    """A member has paid whose month was paid in full when it ended; of reductions the ledger knows."""

    type: ClassVar[str] = "registry.dues_month.judged.v1"
    month: Month
    members: list[MemberPaid]


class DuesQuarterJudged(PeriodJudged, title="季度党费认定"):
    """`owing` months were due of its members together, `paid` of them paid in full by the quarter's end.

    A member has paid who owed nothing more.
    """

    type: ClassVar[str] = "registry.dues_quarter.judged.v1"
    quarter_ends_on: date
    owing: int
    paid: int
    is_full: bool
    members: list[MemberPaid]


class ArchiveQuarterJudged(PeriodJudged, title="季度档案认定"):
    """`empty` categories had nothing of the quarter in the archive when it ended."""

    type: ClassVar[str] = "registry.archive_quarter.judged.v1"
    quarter_ends_on: date
    empty: int
    is_complete: bool


class CircleQuarterJudged(PeriodJudged, title="季度活动圈参与认定"):
    """It took part: it had its turn in a circle, or used a room of a centre, in the quarter."""

    type: ClassVar[str] = "registry.circle_quarter.judged.v1"
    quarter_ends_on: date
    took_part: bool
