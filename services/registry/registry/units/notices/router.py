from typing import Annotated

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from registry.units.notices import models, service
from registry.units.notices.schemas import UnitNoticeCreate, UnitNoticeId, UnitNoticeListing, UnitNoticeRead
from registry.units.notices.service import CONSTRAINT_ERRORS, NOTICES

router = business_router("/api/v1/registry/unit-notices", ["三同步"])
Wanted = Annotated[UnitNoticeListing, Depends(query_of(UnitNoticeListing))]


@router.get("", summary="外部信息列表")
async def list_unit_notices(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[UnitNoticeRead]:
    return await NOTICES.page(db, actor, wanted)


@router.get("/export", summary="导出外部信息", response_class=Response, responses=FILE_ANSWER)
async def export_unit_notices(wanted: Wanted, to: ExportTo) -> Response:
    return await NOTICES.export(wanted, to)


@router.get("/{unit_notice_id}", summary="外部信息详情")
async def read_unit_notice(
    unit_notice_id: UnitNoticeId, db: Db, actor: CurrentActor, response: Response
) -> UnitNoticeRead:
    return await NOTICES.show(db, actor, unit_notice_id, response)


@router.post("", summary="接收单位登记、年检年报或评估信息(重发不重复登记)", status_code=status.HTTP_201_CREATED)
async def create_unit_notice(
    body: UnitNoticeCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> UnitNoticeRead:
    return await NOTICES.answer(db, await service.record_unit_notice(db, body, actor=actor, today=today), response)


@router.get("/{unit_notice_id}/history", summary="外部信息的变更历史")
async def read_unit_notice_history(
    unit_notice_id: UnitNoticeId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await NOTICES.history(db, actor, unit_notice_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
