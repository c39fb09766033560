from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.edge import Count
from kit.etags import IfMatch, tag
from kit.paging import Page, PageOf, paginate
from kit.routing import business_router
from registry.exports import LARGEST_EXPORT, FileFormat, as_file
from registry.tree.organizations.schemas import SearchText
from registry.units.units import queries, service
from registry.units.units.kinds import SECTOR_OF, UnitKind, UnitSector
from registry.units.units.models import Unit
from registry.units.units.schemas import (
    CoverageLinkCreate,
    CoverageLinkEnd,
    UnitClose,
    UnitCorrect,
    UnitCreate,
    UnitRead,
)

router = business_router("/api/v1/registry/units", ["两新组织"])
HEADINGS = ("统一社会信用代码", "单位名称", "单位类别", "组织类型", "职工人数", "是否在册")


async def _filter(
    *,
    kind: Annotated[list[UnitKind], Query(max_length=6)] = [],  # noqa: B006 - FastAPI copies it
    sector: UnitSector | None = None,
    jurisdiction_id: UUID | None = None,
    organization_id: UUID | None = None,
    min_staff: Annotated[Count | None, Query(strict=False)] = None,
    is_active: bool | None = True,
    q: SearchText | None = None,
) -> queries.UnitFilter:
    return queries.UnitFilter(
        kind=kind,
        sector=sector,
        jurisdiction_id=jurisdiction_id,
        organization_id=organization_id,
        min_staff=min_staff,
        is_active=is_active,
        q=q,
    )


Wanted = Annotated[queries.UnitFilter, Depends(_filter)]


@router.get("", summary="两新组织列表")
async def list_units(db: Db, actor: CurrentActor, today: Today, page: PageOf, wanted: Wanted) -> Page[UnitRead]:
    found = await paginate(db, queries.listed_for(actor, wanted), page)
    return Page(items=await service.describe(db, found.items, today), next=found.next)


@router.get("/export", summary="导出两新组织", response_class=Response)
async def export_units(db: Db, actor: CurrentActor, wanted: Wanted, file_format: FileFormat = "xlsx") -> Response:
    rows = await db.scalars(queries.listed_for(actor, wanted).limit(LARGEST_EXPORT))
    return as_file("两新组织", HEADINGS, map(_export_row, rows), file_format)


def _export_row(one: Unit) -> Sequence[object]:
    sector, is_active = SECTOR_OF[one.kind].label, "是" if one.is_active else "否"
    return one.code, one.name, one.kind.label, sector, one.staff_count, is_active


@router.post("", summary="登记两新组织", status_code=status.HTTP_201_CREATED)
async def create_unit(entry: UnitCreate, db: Db, actor: CurrentActor, today: Today, response: Response) -> UnitRead:
    made = await service.create_unit(db, entry, actor=actor, today=today)
    return await _answer(db, made, today, response)


@router.get("/{unit_id}", summary="两新组织详情")
async def read_unit(unit_id: UUID, db: Db, actor: CurrentActor, today: Today, response: Response) -> UnitRead:
    return await _answer(db, await service.require(db, actor, unit_id), today, response)


@router.patch("/{unit_id}", summary="更正两新组织")
async def correct_unit(
    *,
    unit_id: UUID,
    correction: UnitCorrect,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> UnitRead:
    changed = await service.correct_unit(db, unit_id, correction, if_match=if_match, actor=actor, today=today)
    return await _answer(db, changed, today, response)


@router.post("/{unit_id}/closing", summary="注销两新组织", status_code=status.HTTP_201_CREATED)
async def close_unit(
    *,
    unit_id: UUID,
    closing: UnitClose,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> UnitRead:
    closed = await service.close_unit(db, unit_id, closing, if_match=if_match, actor=actor, today=today)
    return await _answer(db, closed, today, response)


@router.post("/{unit_id}/coverage-links", summary="建立覆盖关系", status_code=status.HTTP_201_CREATED)
async def cover_unit(
    *, unit_id: UUID, entry: CoverageLinkCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> UnitRead:
    unit, findings = await service.cover_unit(db, unit_id, entry, actor=actor, today=today)
    answer = await _answer(db, unit, today, response)
    return answer.model_copy(update={"findings": findings})


@router.post("/{unit_id}/coverage-links/{link_id}/end", summary="结束覆盖关系", status_code=status.HTTP_201_CREATED)
async def end_coverage_link(
    *,
    unit_id: UUID,
    link_id: UUID,
    ending: CoverageLinkEnd,
    db: Db,
    actor: CurrentActor,
    today: Today,
    response: Response,
) -> UnitRead:
    unit = await service.end_coverage(db, unit_id, link_id, ending.ended_on, actor=actor, today=today)
    return await _answer(db, unit, today, response)


async def _answer(db: Db, unit: Unit, today: Today, response: Response) -> UnitRead:
    tag(response, unit)
    return (await service.describe(db, [unit], today))[0]
