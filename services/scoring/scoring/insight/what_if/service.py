"""Who would change star under a draft: read from what a cycle froze, and written nowhere."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from fastapi import Response
from sqlalchemy import Row, Select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.paging import Page
from records.files import Export
from records.listing import slice_of
from scoring.insight.what_if import queries, rules
from scoring.insight.what_if.queries import NUMBERS, PART_NAMES, SCHEME
from scoring.insight.what_if.schemas import WhatIfListing, WhatIfRead
from scoring.points.indicators.models import Catalogue, Earning
from scoring.points.indicators.queries import indicators_of
from scoring.points.indicators.queries import visible_to as visible_catalogues
from scoring.points.ledger.rules import PERIODS_PER_YEAR
from scoring.reviews.cycles.models import Cycle, StarModel
from scoring.reviews.cycles.queries import visible_cycles
from scoring.reviews.cycles.service import CycleNotFound, UnknownIndicators


class WeightsDoNotAddUp(problems.Unprocessable):
    code = "weights-do-not-add-up"
    detail = "草案的四项权重(不填的照原方案)之和须为 100"


class BandsDoNotDescend(problems.Unprocessable):
    code = "bands-do-not-descend"
    detail = "草案的星级分数线(不填的照原方案)须由高到低"


class CapGivenTwice(problems.Unprocessable):
    code = "cap-given-twice"
    detail = "同一指标只能写一个年度上限:{codes}"


class CapOfUnused(problems.Unprocessable):
    code = "cap-of-unused-indicator"
    detail = "草案不使用这些指标,写它们的年度上限没有作用:{codes}"


class NothingToEarn(problems.Unprocessable):
    code = "nothing-to-earn"
    detail = "草案没有一项指标可以得分:在用的指标不能全部删去或者上限全部为 0"


class DraftNotUsable(problems.Unprocessable):
    code = "draft-not-usable"
    detail = "作为草案的积分指标版本不存在、不在您的管理范围内,或不适用于这类对象"


class Schemes(NamedTuple):
    """What the draft says of the scheme, and the share of a dimension that gives a star, before and after."""

    said: list[str]
    required: tuple[Decimal | None, Decimal | None]


async def page(db: AsyncSession, cycle_id: UUID, wanted: WhatIfListing, *, actor: Actor) -> Page[WhatIfRead]:
    query, schemes = await _drafted(db, cycle_id, wanted, actor)
    found = await slice_of(db, query, wanted)
    items = [WhatIfRead.model_construct(**_told(row, schemes)) for row in found.rows]
    return Page[WhatIfRead].model_construct(items=items, next=found.next, total=found.total)


async def export(cycle_id: UUID, wanted: WhatIfListing, to: Export) -> Response:
    query, schemes = await _drafted(to.db, cycle_id, wanted, to.actor)
    rows = await to.select(wanted.ordered(query))
    return await to.file("假设分析", WhatIfRead, [_told(row, schemes) for row in rows])


async def _drafted(
    db: AsyncSession, cycle_id: UUID, wanted: WhatIfListing, actor: Actor
) -> tuple[Select[*tuple[Any, ...]], "Schemes"]:
    found = (await db.execute(visible_cycles(actor).where(Cycle.id == cycle_id))).first()
    if found is None:
        raise CycleNotFound
    cycle: Cycle = found[0]
    before = {name: getattr(cycle, name) for name in SCHEME}
    after = before | {name: value for name in SCHEME if (value := getattr(wanted, name)) is not None}
    if not rules.adds_up(after):
        raise WeightsDoNotAddUp
    if not rules.descends(after):
        raise BandsDoNotDescend
    items = await _items(db, cycle, wanted, actor)
    scheme = {name: str(value) for name, value in after.items()}
    query = queries.outcomes(actor, cycle.id, scheme=scheme, items=[_plain(one._asdict()) for one in items])
    return query, Schemes(rules.scheme_said(before, after), (_required(before), _required(after)))


def _required(scheme: Mapping[str, Any]) -> Decimal | None:
    return scheme["dimension_share"] if scheme["star_model"] is StarModel.DIMENSIONS else None


async def _items(db: AsyncSession, cycle: Cycle, wanted: WhatIfListing, actor: Actor) -> list[rules.Drafted]:
    catalogue = cycle.catalogue_id
    if wanted.catalogue_id is not None:
        usable = visible_catalogues(actor).where(Catalogue.subject_kind == cycle.subject_kind)
        draft = await db.scalar(usable.where(Catalogue.id == wanted.catalogue_id))
        if draft is None:
            raise DraftNotUsable
        catalogue = draft.id
    standing = await _indicators(db, cycle.catalogue_id)
    drafted = standing if catalogue == cycle.catalogue_id else await _indicators(db, catalogue)
    caps = _caps(wanted.cap)
    if unknown := caps.keys() - {one.code for one in drafted}:
        raise UnknownIndicators(codes="、".join(sorted(unknown)))
    used = {one.code for one in rules.drafted(standing, drafted, cycle.indicators_in_use, {})}
    if unused := caps.keys() - used:
        raise CapOfUnused(codes="、".join(sorted(unused)))
    items = rules.drafted(standing, drafted, cycle.indicators_in_use, caps)
    if not items:
        raise NothingToEarn
    return items


def _caps(given: list[str]) -> dict[str, Decimal]:
    pairs = [(code, Decimal(cap)) for code, _, cap in (one.partition("=") for one in given)]
    if twice := rules.twice([code for code, _ in pairs]):
        raise CapGivenTwice(codes="、".join(twice))
    return dict(pairs)


async def _indicators(db: AsyncSession, catalogue_id: UUID) -> list[rules.Indicator]:
    return [
        rules.Indicator(
            code=one.code,
            name=one.name,
            dimension=one.dimension,
            points=one.points,
            annual_cap=one.annual_cap,
            periods=PERIODS_PER_YEAR[one.cadence],
            has_source=one.earning is not Earning.NONE,
        )
        for one in await indicators_of(db, catalogue_id)
    ]


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in values.items()}


def _told(row: Row[Any], schemes: Schemes) -> dict[str, Any]:
    values = dict(row._mapping)
    both = {name: rules.Difference(values[f"{name}_before"], values[f"{name}_after"]) for name in NUMBERS}
    facts = rules.Facts(
        parts={name: both[name] for name in PART_NAMES},
        points=both["points"],
        maximum=both["maximum"],
        moved=values["moved"],
        dimensions=rules.dimension_stars(values["dimensions_before"], values["dimensions_after"], schemes.required),
        composite=both["composite"],
        stars=(values["stars_before"], values["stars_after"]),
        is_by_dimension=schemes.required[1] is not None,
    )
    shown = {name: values[name] for name in WhatIfRead.model_fields if name in values}
    return {**shown, "why": rules.why(facts, schemes.said)}
