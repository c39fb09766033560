"""Organisation life of the points year: twelve months of meetings, attendance and study hours."""

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from demo.tour.cast import Branch
from demo.tour.stage import SHANGHAI, Stage

TRAINING = "/api/v1/training"
POINTS_YEAR = 2025
QUARTER_MONTHS = (3, 6, 9, 12)
PRESENCE = 0.97


@dataclass(frozen=True, slots=True)
class Planned:
    branch: Branch
    kind: str
    title: str
    day: date
    hours: int

    @property
    def name(self) -> str:
        return f"{self.branch.id}/{self.kind}/{self.day}"


def month_of(branch: Branch, month: int) -> Iterator[Planned]:
    """What rules §3 asks of a branch in this month."""
    yield Planned(branch, "theme_day", "主题党日", date(POINTS_YEAR, month, 5), 3)
    yield Planned(branch, "group_meeting", "党小组会", date(POINTS_YEAR, month, 12), 2)
    if len(branch.leader_ids) > 1:
        yield Planned(branch, "branch_committee", "支委会", date(POINTS_YEAR, month, 8), 2)
    if month in QUARTER_MONTHS:
        yield Planned(branch, "branch_assembly", "支部党员大会", date(POINTS_YEAR, month, 15), 3)
        yield Planned(branch, "party_lecture", "党课", date(POINTS_YEAR, month, 19), 4)
    if month == QUARTER_MONTHS[-1]:
        yield Planned(branch, "life_meeting", "组织生活会", date(POINTS_YEAR, month, 22), 4)
        yield Planned(branch, "democratic_appraisal", "民主评议党员", date(POINTS_YEAR, month, 23), 3)


async def hold_meetings(stage: Stage, branches: Sequence[Branch], month: int) -> None:
    last = date(POINTS_YEAR, month, calendar.monthrange(POINTS_YEAR, month)[1])
    await stage.move_clock(date(POINTS_YEAR, month, 1))
    planned = [meeting for branch in branches for meeting in month_of(branch, month)]
    meetings = await stage.for_each(f"{month} 月 安排活动", planned, lambda one: plan(stage, one))
    await stage.move_clock(last)
    held = list(zip(planned, meetings, strict=True))
    await stage.for_each(f"{month} 月 登记考勤并确认", held, lambda pair: hold(stage, *pair))


async def plan(stage: Stage, meeting: Planned) -> str:
    starts = datetime.combine(meeting.day, time(14), SHANGHAI)
    body = {
        "organization_id": meeting.branch.id,
        "kind": meeting.kind,
        "title": f"{meeting.day.month} 月{meeting.title}",
        "starts_at": starts.isoformat(),
        "ends_at": (starts + timedelta(hours=meeting.hours)).isoformat(),
    }
    secretary = stage.person(meeting.branch.secretary_id)
    planned = await stage.post(secretary, f"{TRAINING}/meetings", body, meeting.name)
    return str(planned["id"])


async def hold(stage: Stage, meeting: Planned, meeting_id: str) -> None:
    """The secretary's list, then confirmation."""
    secretary = stage.person(meeting.branch.secretary_id)
    path = f"{TRAINING}/meetings/{meeting_id}"
    if (await secretary.get(path))["state"] != "planned":
        return
    people = (await secretary.get(f"{path}/attendances", limit=200))["items"]
    version = (await secretary.get(path))["version"]
    chance = Random(meeting.name)
    lines: list[dict[str, Any]] = [
        {"member_id": one["member_id"], "attended": chance.random() < PRESENCE} for one in people
    ]
    for line in lines:
        if not line["attended"]:
            line["absence_reason"] = "因公外出"
    listed = await secretary.request("PUT", f"{path}/attendances", json={"items": lines}, version=version)
    why = {"without_minutes_reason": "会议记录以纸质存档"}
    await stage.post(secretary, f"{path}/confirmation", why, version=listed.json()["version"])


async def settle_year(stage: Stage, branches: Sequence[Branch]) -> None:
    await stage.move_clock(date(POINTS_YEAR + 1, 1, 8))

    async def settle(branch: Branch) -> None:
        town = stage.town_officer(branch.town_id)
        path = f"{TRAINING}/study-years/{POINTS_YEAR}/settlements"
        await stage.post(town, path, {"organization_id": branch.id}, branch.id)

    await stage.for_each("结算年度学时", branches, settle)
    await stage.settle()
