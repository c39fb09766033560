from collections.abc import Mapping
from typing import Any

from anyio import to_thread
from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.ids import uuid7
from records.events import export_of, record_event
from sheets.exports import write_rows
from training.meetings.meetings.models import Meeting
from training.reference.projections.models import PartyOrganization

MOST_ROWS = 100_000
MEETING_HEADINGS = (
    "党组织", "类型", "主题", "地点", "召开日期", "学时", "状态", "应到", "实到", "是否有效",
)  # fmt: skip
STUDY_HEADINGS = ("党组织", "姓名", "书记或班子成员", "已得学时", "应得学时", "上级集中培训次数", "达标")


class TooManyRows(problems.Unprocessable):
    code = "too-many-rows"
    detail = "导出超过 {most} 行,请缩小范围"


async def meetings_workbook(db: AsyncSession, query: Select[Meeting], *, actor: Actor) -> bytes:
    names = await _names(db)
    rows = [
        (
            names.get(meeting.organization_id),
            meeting.kind.label,
            meeting.title,
            meeting.place,
            meeting.held_on,
            str(meeting.hours),
            meeting.state.label,
            meeting.expected,
            meeting.attended,
            _yes_no(meeting.is_valid),
        )
        for meeting in await db.scalars(query.limit(MOST_ROWS + 1))
    ]
    return await _write(db, "会议和培训班", MEETING_HEADINGS, rows, actor)


async def study_hours_workbook(db: AsyncSession, query: Select[*tuple[Any, ...]], *, year: int, actor: Actor) -> bytes:
    names = await _names(db)
    rows = [
        (
            names.get(line["organization_id"]),
            line["name"],
            _yes_no(line["is_leader"]),
            str(line["hours"]),
            str(line["required"]),
            line["superior_classes"],
            _yes_no(line["is_met"]),
        )
        for line in (await db.execute(query.limit(MOST_ROWS + 1))).mappings()
    ]
    return await _write(db, f"{year}年学时", STUDY_HEADINGS, rows, actor)


async def _write(
    db: AsyncSession, title: str, headings: tuple[str, ...], rows: list[tuple[Any, ...]], actor: Actor
) -> bytes:
    """Exports are on the record like writes: who took how many rows."""
    if len(rows) > MOST_ROWS:
        raise TooManyRows(most=MOST_ROWS)
    made = export_of("training")(title=title, rows=len(rows))
    await record_event(db, made, subject=uuid7(), actor=actor)
    return await to_thread.run_sync(write_rows, title, headings, rows)


async def _names(db: AsyncSession) -> Mapping[Any, str]:
    rows = await db.execute(select(PartyOrganization.id, PartyOrganization.name))
    return dict(rows.all())


def _yes_no(value: bool | None) -> str:
    return "" if value is None else "是" if value else "否"
