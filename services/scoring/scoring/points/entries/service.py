"""What is shown of the ledger: every entry with its names, a cause in words, and where that cause can be read."""

from datetime import datetime
from uuid import UUID

from fastapi import Response
from sqlalchemy import Text, case, func, literal
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.registers import Register
from scoring.points.closures.service import result_of
from scoring.points.entries.schemas import EntryRead, ReversalRead
from scoring.points.indicators.queries import catalogue_name, indicator_name
from scoring.points.ledger import service as ledger
from scoring.points.ledger.models import LedgerEntry
from scoring.points.ledger.service import REVERSAL
from scoring.reference.projections.queries import about_visible_subjects, subject_name

SOURCE_NAMES = {
    "training.meeting": "组织生活",
    "training.activity": "活动",
    "training.site_month": "网上支部",
    "training.service_provision": "互助服务",
    "training.exam_result": "知识测试",
    "training.contest_result": "竞赛成绩",
    "training.study_year": "年度学时",
    "registry.demonstration_point": "示范点",
    "scoring.claim": "积分申报",
    "scoring.monthly_evaluation": "一月一评价",
    "scoring.diary_month": "一日一记实",
    "scoring.pledge": "承诺兑现",
    "scoring.pledge_register": "承诺审定",
    "scoring.ballot": "民主测评",
    "scoring.survey": "民意调查",
    REVERSAL: "冲销",
}
LINKS = {
    "training.meeting": "/api/v1/training/meetings/",
    "training.activity": "/api/v1/training/meetings/",
    "scoring.claim": "/api/v1/scoring/claims/",
    REVERSAL: "/api/v1/scoring/entries/",
}
UUID_LENGTH = 36
INDICATOR = indicator_name(LedgerEntry.catalogue_id, LedgerEntry.indicator_code)
WHAT = func.coalesce(INDICATOR, LedgerEntry.indicator_code)

ENTRIES = Register(
    "积分台账",
    LedgerEntry,
    EntryRead,
    problems.NotFound,
    about_visible_subjects(LedgerEntry.subject_id),
    derived={
        "subject_name": subject_name(LedgerEntry.subject_id),
        "catalogue_name": catalogue_name(LedgerEntry.catalogue_id),
        "indicator_name": INDICATOR,
        "cause": func.concat(
            LedgerEntry.occurred_on.cast(Text), " ", case((LedgerEntry.source == REVERSAL, "冲销:"), else_=""), WHAT
        ),
        "source_name": case(SOURCE_NAMES, value=LedgerEntry.source, else_=LedgerEntry.source),
        "source_link": case(LINKS, value=LedgerEntry.source) + func.left(LedgerEntry.source_ref, UUID_LENGTH),
        "version": literal(1),
    },
)


async def reverse(
    db: AsyncSession, actor: Actor, entry_id: UUID, *, reason: str, now: datetime, response: Response
) -> ReversalRead:
    """The counter-entry, and the final results it would change."""
    counter, affected = await ledger.reverse(db, actor, entry_id, reason=reason, now=now)
    read = await ENTRIES.answer(db, counter, response)
    return ReversalRead.model_construct(**read.__dict__, affected_results=[result_of(one) for one in affected])
