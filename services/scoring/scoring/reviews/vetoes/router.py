from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from scoring.reviews.vetoes import models, service
from scoring.reviews.vetoes.schemas import VetoLifting, VetoListing, VetoRead, VetoRecord
from scoring.reviews.vetoes.service import VETOES

router = business_router(prefix="/api/v1/scoring/vetoes", tags=["一票否决"])
Wanted = Annotated[VetoListing, Depends(query_of(VetoListing))]


@router.get("", summary="一票否决列表")
async def list_vetoes(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[VetoRead]:
    return await service.page(db, wanted, actor=actor)


@router.get("/export", summary="导出一票否决", response_class=Response, responses=FILE_ANSWER)
async def export_vetoes(wanted: Wanted, to: ExportTo) -> Response:
    return await service.export(wanted, to)


@router.post("", summary="登记一票否决(上级党组织)", status_code=status.HTTP_201_CREATED)
async def record_veto(body: VetoRecord, db: Db, actor: CurrentActor, today: Today, response: Response) -> VetoRead:
    return await VETOES.answer(db, await service.record(db, body, today=today, actor=actor), response)


@router.post("/{veto_id}/lifting", summary="解除一票否决")
async def lift_veto(
    *,
    veto_id: UUID,
    body: VetoLifting,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    today: Today,
    response: Response,
) -> VetoRead:
    veto = await service.lift(db, veto_id, body.reason, today=today, actor=actor, if_match=if_match)
    return await VETOES.answer(db, veto, response)


@router.get("/{veto_id}/history", summary="一票否决的变更历史")
async def read_veto_history(veto_id: UUID, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await VETOES.history(db, actor, veto_id, page)


DOMAIN = Domain(routers=[router], tables=models)
