"""The papers of a development: each proves something of one stage; a wrong one is void."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.registers import Register
from records.voiding import refuse_void, void_row
from registry.links import refuse_wrong_dates
from registry.members.developments import queries, service
from registry.members.developments.events import GuideChanged, PaperCreated, PaperVoided
from registry.members.developments.kinds import PaperKind
from registry.members.developments.models import Development, DevelopmentPaper
from registry.members.developments.rules import GUIDES, MOST_GUIDES, PAPER_DATES
from registry.members.developments.schemas import PaperCreate, PaperRead
from registry.members.developments.service import FIRST, TAKEN_BACK, tell
from registry.members.members import queries as member_queries
from registry.own_cases import refuse_own_case

ONLY_OF = {"ends_on": {PaperKind.PUBLICITY}, "hours": {PaperKind.TRAINING}, "person_id": set(GUIDES)}


class PaperNotFound(problems.NotFound):
    code = "development-paper-not-found"
    detail = "没有这份材料,或不在您的管理范围内"


class GuideNotFormal(problems.Unprocessable):
    code = "guide-not-formal"
    detail = "培养联系人和入党介绍人须为本区在册的正式党员,且不是本人"


class TooManyGuides(problems.Conflict):
    code = "too-many-guides"
    detail = "培养联系人、入党介绍人各不超过 {most} 名,且不能重复"


PAPERS = Register(
    "发展党员材料",
    DevelopmentPaper,
    PaperRead,
    PaperNotFound,
    queries.papers_seen,
    derived={
        "development_name": queries.name_of(DevelopmentPaper.development_id),
        "person_name": member_queries.name_of(DevelopmentPaper.person_id),
    },
)


async def create(
    db: AsyncSession, development: Development, entry: PaperCreate, *, actor: Actor, today: date
) -> DevelopmentPaper:
    refuse_void(development)
    refuse_own_case(actor, development.member_id, entry.person_id)
    _refuse_wrong_fields(entry)
    days = {"happened_on": entry.happened_on, "ends_on": entry.ends_on}
    refuse_wrong_dates(PAPER_DATES, days, today)
    if entry.person_id is not None:
        await _refuse_wrong_guide(db, development, entry.kind, entry.person_id)
    paper = DevelopmentPaper(
        **entry.model_dump(),
        development_id=development.id,
        organization_id=development.organization_id,
        root_id=development.root_id,
        recorded_by=actor.subject,
    )
    db.add(paper)
    await db.flush()
    await tell(db, PaperCreated.model_validate(paper), development, actor=actor)
    await _tell_guide(db, paper, development, actor=actor, holds=True)
    return paper


def _refuse_wrong_fields(entry: PaperCreate) -> None:
    """Hours stand with training, an end with publicity, a person with mentors and introducers, and only there."""
    wrong = [
        problems.FieldError(f"/body/{field}", "这类材料须填写" if entry.kind in kinds else "这类材料不填")
        for field, kinds in ONLY_OF.items()
        if (entry.kind in kinds) != (getattr(entry, field) is not None)
    ]
    if wrong:
        raise problems.Unprocessable(fields=wrong)


async def _refuse_wrong_guide(db: AsyncSession, development: Development, kind: PaperKind, person_id: UUID) -> None:
    is_self = person_id == development.member_id
    if is_self or not await queries.is_formal(db, person_id, development.root_id):
        raise GuideNotFormal
    named = [one.person_id for one in await queries.guides_of(db, development.id) if one.kind is kind]
    if len(named) >= MOST_GUIDES or person_id in named:
        raise TooManyGuides(most=MOST_GUIDES)


async def void(db: AsyncSession, paper: DevelopmentPaper, reason: str, *, actor: Actor) -> DevelopmentPaper:
    development = await db.get_one(Development, paper.development_id)
    refuse_own_case(actor, development.member_id, paper.person_id)
    void_row(db, paper, reason)
    await db.flush()
    await tell(db, PaperVoided.model_validate(paper), development, actor=actor)
    await _tell_guide(db, paper, development, actor=actor, holds=False)
    return paper


async def void_development(
    db: AsyncSession, development: Development, reason: str, *, actor: Actor, today: date
) -> Development:
    """Nobody guided what never was."""
    voided = await service.void(db, development, reason, actor=actor, today=today)
    for paper in await queries.guides_of(db, development.id):
        await _tell_guide(db, paper, development, actor=actor, holds=False)
    return voided


async def _tell_guide(
    db: AsyncSession, paper: DevelopmentPaper, development: Development, *, actor: Actor, holds: bool
) -> None:
    if paper.person_id is None:
        return
    payload = GuideChanged(
        paper_id=paper.id,
        development_id=development.id,
        person_id=paper.person_id,
        kind=paper.kind,
        named_on=paper.happened_on,
        holds=holds,
        revision=FIRST if holds else TAKEN_BACK,
    )
    await tell(db, payload, development, actor=actor)
