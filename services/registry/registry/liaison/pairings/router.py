from typing import Annotated

from fastapi import Depends, Query, Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.edge import BusinessDate
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from records.voiding import VoidCreate
from registry.liaison.pairings import models, service
from registry.liaison.pairings.schemas import (
    PairingCreate,
    PairingEnd,
    PairingId,
    PairingListing,
    PairingRead,
    UnpairedPartnerListing,
    UnpairedPartnerRead,
)
from registry.liaison.pairings.service import CONSTRAINT_ERRORS, PAIRINGS

router = business_router("/api/v1/registry", ["结对帮扶"])
Wanted = Annotated[PairingListing, Depends(query_of(PairingListing))]
WantedUnpaired = Annotated[UnpairedPartnerListing, Depends(query_of(UnpairedPartnerListing))]
AsOf = Annotated[BusinessDate | None, Query(title="截至日期", description="默认今天")]


@router.get("/pairings", summary="结对列表(含历史)")
async def list_pairings(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[PairingRead]:
    return await PAIRINGS.page(db, actor, wanted)


@router.get("/pairings/export", summary="导出结对", response_class=Response, responses=FILE_ANSWER)
async def export_pairings(wanted: Wanted, to: ExportTo) -> Response:
    return await PAIRINGS.export(wanted, to)


@router.get("/pairings/{pairing_id}", summary="结对详情")
async def read_pairing(pairing_id: PairingId, db: Db, actor: CurrentActor, response: Response) -> PairingRead:
    return await PAIRINGS.show(db, actor, pairing_id, response)


@router.post("/pairings", summary="结对(示范点帮扶、村企联建、企业互助)", status_code=status.HTTP_201_CREATED)
async def create_pairing(
    body: PairingCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> PairingRead:
    return await PAIRINGS.answer(db, await service.pair(db, body, actor=actor, today=today), response)


@router.post("/pairings/{pairing_id}/end", summary="结束结对")
async def end_pairing(
    *,
    pairing_id: PairingId,
    body: PairingEnd,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> PairingRead:
    pairing = await PAIRINGS.require(db, actor, pairing_id, if_match=if_match)
    ended = await service.end_pairing(db, pairing, body.ended_on, actor=actor, today=today)
    return await PAIRINGS.answer(db, ended, response)


@router.post("/pairings/{pairing_id}/void", summary="作废录入有误的结对(视为从未有过,记录保留)")
async def void_pairing(
    *, pairing_id: PairingId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> PairingRead:
    pairing = await PAIRINGS.require(db, actor, pairing_id, if_match=if_match)
    return await PAIRINGS.answer(db, await service.void_pairing(db, pairing, body.reason, actor=actor), response)


@router.get("/pairings/{pairing_id}/history", summary="结对的变更历史")
async def read_pairing_history(pairing_id: PairingId, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await PAIRINGS.history(db, actor, pairing_id, page)


@router.get("/unpaired-partners", summary="没有结对帮扶的非示范点党组织和未建党组织的单位")
async def list_unpaired_partners(
    wanted: WantedUnpaired, db: Db, actor: CurrentActor, today: Today, as_of: AsOf = None
) -> Page[UnpairedPartnerRead]:
    return await service.unpaired_page(db, actor, wanted, as_of or today)


@router.get(
    "/unpaired-partners/export", summary="导出没有结对帮扶的对象", response_class=Response, responses=FILE_ANSWER
)
async def export_unpaired_partners(wanted: WantedUnpaired, to: ExportTo, today: Today, as_of: AsOf = None) -> Response:
    return await service.export_unpaired(wanted, to, as_of or today)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
