from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from records.registers import Register
from records.voiding import refuse_void, void_row
from roster.queries import name_of
from scoring.contests.acting import OrganizationNotFound, acting_for
from scoring.honours.upper_tables.events import UpperItemChanged
from scoring.honours.upper_tables.models import UpperItem
from scoring.honours.upper_tables.schemas import UpperItemCreate, UpperItemRead, UpperItemScores, UpperSum
from scoring.points.evidence.queries import are_seen
from scoring.points.evidence.queries import name_of as name_of_file
from scoring.reference.projections.queries import of_seen_organizations, visible_organization


class UpperItemNotFound(problems.NotFound):
    code = "upper-item-not-found"
    detail = "没有找到这个考核项目,或不在您的管理范围内"


class PositionTaken(problems.Conflict):
    code = "position-taken"
    detail = "这一年度的考核表已有这个序号"


class ScoreAboveMaximum(problems.Unprocessable):
    code = "score-above-maximum"
    detail = "得分不能超过该项满分"


class EvidenceNotFound(problems.Unprocessable):
    code = "unknown-evidence"
    detail = "没有找到佐证文件,请先上传"


UPPER_ITEMS = Register(
    "上级考核表自评",
    UpperItem,
    UpperItemRead,
    UpperItemNotFound,
    of_seen_organizations(UpperItem.organization_id),
    derived={
        "organization_name": name_of(UpperItem.organization_id),
        "evidence_file_name": name_of_file(UpperItem.evidence_file_id),
        "difference": UpperItem.upper_score - UpperItem.own_score,
    },
)


async def create(db: AsyncSession, new: UpperItemCreate, *, actor: Actor) -> UpperItem:
    organization = await acting_for(db, actor, new.organization_id)
    item = UpperItem(**new.model_dump(), root_id=organization.root_id, recorded_by=actor.subject)
    await _require_sound(db, item, actor)
    db.add(item)
    await _tell(db, item, actor)
    return item


async def correct(db: AsyncSession, item: UpperItem, scores: UpperItemScores, *, actor: Actor) -> UpperItem:
    """What is left out stays as it was; what is given as null is taken back."""
    refuse_void(item)
    for name in scores.model_fields_set:
        setattr(item, name, getattr(scores, name))
    with db.no_autoflush:
        await _require_sound(db, item, actor)
    await _tell(db, item, actor)
    return item


async def void(db: AsyncSession, item: UpperItem, reason: str, *, actor: Actor) -> UpperItem:
    void_row(db, item, reason)
    await _tell(db, item, actor)
    return item


async def sums(db: AsyncSession, actor: Actor, organization_id: UUID, year: int) -> UpperSum:
    organization = await visible_organization(db, actor, organization_id)
    if organization is None:
        raise OrganizationNotFound
    own, upper = UpperItem.own_score, UpperItem.upper_score
    bare = and_(UpperItem.evidence_link.is_(None), UpperItem.evidence_file_id.is_(None))
    query = select(
        func.count().label("items"),
        func.coalesce(func.sum(UpperItem.maximum), 0).label("maximum"),
        func.coalesce(func.sum(own), 0).label("own_score"),
        func.coalesce(func.sum(upper), 0).label("upper_score"),
        func.coalesce(func.sum(upper - own), 0).label("difference"),
        func.count().filter(own.is_(None)).label("without_own_score"),
        func.count().filter(upper.is_(None)).label("without_upper_score"),
        func.count().filter(bare).label("without_evidence"),
    ).where(UpperItem.organization_id == organization_id, UpperItem.year == year, UpperItem.void_reason.is_(None))
    found = (await db.execute(query)).one()._mapping
    return UpperSum(organization_id=organization_id, organization_name=organization.name, year=year, **found)


async def _require_sound(db: AsyncSession, item: UpperItem, actor: Actor) -> None:
    if any(one is not None and one > item.maximum for one in (item.own_score, item.upper_score)):
        raise ScoreAboveMaximum
    if item.evidence_file_id is not None and not await are_seen(db, actor, [item.evidence_file_id]):
        raise EvidenceNotFound


async def _tell(db: AsyncSession, item: UpperItem, actor: Actor) -> None:
    await db.flush()
    told = UpperItemChanged(
        id=item.id,
        organization_id=item.organization_id,
        year=item.year,
        position=item.position,
        maximum=item.maximum,
        own_score=item.own_score,
        upper_score=item.upper_score,
        is_void=item.void_reason is not None,
        revision=item.version,
    )
    await record_event(db, told, subject=item.id, version=item.version, root_id=item.root_id, actor=actor)
