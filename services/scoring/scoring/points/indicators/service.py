"""Drafting and publishing catalogue versions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import flag_modified

from kit import problems
from kit.access import Actor
from kit.etags import check_version
from records.events import record_event
from records.registers import Register
from scoring.points.indicators import events, queries
from scoring.points.indicators.models import Catalogue, CatalogueState, Indicator
from scoring.points.indicators.rules import Trigger
from scoring.points.indicators.schemas import CatalogueDraft, CatalogueRead, IndicatorWrite
from scoring.points.indicators.sources import fault_of
from scoring.points.ledger.models import PointTotal
from scoring.subjects import SubjectKind

REQUIRED_COUNT = {SubjectKind.ORGANIZATION: 58, SubjectKind.MEMBER: 48}
COPIED = [one.key for one in Indicator.__mapper__.column_attrs if one.key not in {"id", "catalogue_id"}]


class CataloguePublished(problems.Conflict):
    code = "catalogue-published"
    detail = "已发布的指标版本不能再改,请起草新版本"


class CatalogueIncomplete(problems.Unprocessable):
    code = "catalogue-incomplete"
    detail = "应有 {required} 项指标,现有 {found} 项,不能发布"


class TriggerReadsNothing(problems.Unprocessable):
    code = "trigger-reads-nothing"
    detail = "指标 {indicator} 的触发事件 {event} 有误:{fault}"


class CatalogueYearInUse(problems.Conflict):
    code = "catalogue-year-in-use"
    detail = "{year} 年度起已有积分入账,新版本只能自以后年度起施行"


class CatalogueYearTaken(problems.Conflict):
    code = "catalogue-year-taken"
    detail = "该年度已有发布的指标版本"


class NoDistrict(problems.Forbidden):
    code = "no-district"
    detail = "您的职权不属于任何一个区,不能起草指标版本"


class DuplicateIndicatorCode(problems.Unprocessable):
    code = "duplicate-indicator-code"
    detail = "指标编码重复"


CATALOGUES = Register(
    "积分指标版本",
    Catalogue,
    CatalogueRead,
    problems.NotFound,
    queries.seen_by,
    derived={"indicators_count": queries.indicators_count(Catalogue.id)},
)


async def find(db: AsyncSession, actor: Actor, catalogue_id: UUID, *, lock: bool = False) -> Catalogue:
    query = queries.visible_to(actor).where(Catalogue.id == catalogue_id)
    found = await db.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise problems.NotFound
    return found


async def draft(db: AsyncSession, actor: Actor, new: CatalogueDraft) -> Catalogue:
    if len(actor.root_ids) != 1:
        raise NoDistrict
    source = await find(db, actor, new.copy_of) if new.copy_of else None
    catalogue = Catalogue(
        root_id=next(iter(actor.root_ids)),
        subject_kind=new.subject_kind,
        name=new.name,
        from_year=new.from_year,
        required_count=new.required_count or REQUIRED_COUNT[new.subject_kind],
    )
    db.add(catalogue)
    await db.flush()
    if source is not None:
        copied = await queries.indicators_of(db, source.id)
        db.add_all(
            Indicator(catalogue_id=catalogue.id, **{name: getattr(one, name) for name in COPIED}) for one in copied
        )
    await _record_state(db, catalogue, events.CatalogueDrafted, actor)
    return catalogue


async def replace_indicators(
    db: AsyncSession, actor: Actor, catalogue_id: UUID, *, indicators: Sequence[IndicatorWrite], expected: int
) -> Catalogue:
    catalogue = await _own_draft(db, actor, catalogue_id, expected)
    await db.execute(delete(Indicator).where(Indicator.catalogue_id == catalogue.id))
    for position, one in enumerate(indicators, start=1):
        row: dict[str, Any] = one.model_dump(exclude={"triggers"}) | {"annual_cap": one.annual_cap}
        triggers = [trigger.model_dump(mode="json") for trigger in one.triggers]
        db.add(Indicator(catalogue_id=catalogue.id, position=position, triggers=triggers, **row))
    flag_modified(catalogue, "name")
    await _record_state(db, catalogue, events.CatalogueChanged, actor)
    return catalogue


async def publish(db: AsyncSession, actor: Actor, catalogue_id: UUID, *, expected: int, now: datetime) -> Catalogue:
    catalogue = await _own_draft(db, actor, catalogue_id, expected)
    found = await db.scalar(select(func.count()).where(Indicator.catalogue_id == catalogue.id)) or 0
    if found != catalogue.required_count:
        raise CatalogueIncomplete(required=catalogue.required_count, found=found)
    await _refuse_faulty_triggers(db, catalogue)
    used = exists().where(
        PointTotal.root_id == catalogue.root_id,
        PointTotal.subject_kind == catalogue.subject_kind,
        PointTotal.points_year >= catalogue.from_year,
    )
    if await db.scalar(select(used)):
        raise CatalogueYearInUse(year=catalogue.from_year)
    catalogue.state, catalogue.published_at = CatalogueState.PUBLISHED, now
    await _record_state(db, catalogue, events.CataloguePublished, actor)
    return catalogue


async def _refuse_faulty_triggers(db: AsyncSession, catalogue: Catalogue) -> None:
    """A trigger that reads what nobody tells would park every event of the district."""
    for indicator in await queries.indicators_of(db, catalogue.id):
        for trigger in map(Trigger.from_record, indicator.triggers):
            if fault := fault_of(trigger):
                raise TriggerReadsNothing(indicator=indicator.code, event=trigger.event, fault=fault)


async def _own_draft(db: AsyncSession, actor: Actor, catalogue_id: UUID, expected: int) -> Catalogue:
    """Defaults are seen by all and changed by nobody."""
    catalogue = await find(db, actor, catalogue_id, lock=True)
    if catalogue.root_id is None or catalogue.state is CatalogueState.PUBLISHED:
        raise CataloguePublished
    check_version(catalogue, expected)
    return catalogue


async def _record_state(
    db: AsyncSession, catalogue: Catalogue, kind: type[events.CatalogueEvent], actor: Actor
) -> None:
    await db.flush()
    payload = kind.model_validate(catalogue)
    root_id, version = catalogue.root_id, catalogue.version
    await record_event(db, payload, subject=catalogue.id, version=version, root_id=root_id, actor=actor)
