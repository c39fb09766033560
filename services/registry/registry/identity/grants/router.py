from typing import Annotated

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
from records.voiding import VoidCreate
from registry.identity.grants import models, service
from registry.identity.grants.schemas import GrantEnd, GrantGive, GrantId, GrantListing, GrantRead
from registry.identity.grants.service import CONSTRAINT_ERRORS, GRANTS

router = business_router("/api/v1/registry/grants", ["授权"])
Wanted = Annotated[GrantListing, Depends(query_of(GrantListing))]


@router.get("", summary="授权列表")
async def list_grants(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[GrantRead]:
    return await GRANTS.page(db, actor, wanted)


@router.get("/export", summary="导出授权", response_class=Response, responses=FILE_ANSWER)
async def export_grants(wanted: Wanted, to: ExportTo) -> Response:
    return await GRANTS.export(wanted, to)


@router.get("/{grant_id}", summary="授权详情")
async def read_grant(grant_id: GrantId, db: Db, actor: CurrentActor, response: Response) -> GrantRead:
    return await GRANTS.show(db, actor, grant_id, response)


@router.post("", summary="授予角色", status_code=status.HTTP_201_CREATED)
async def give_grant(body: GrantGive, db: Db, actor: CurrentActor, today: Today, response: Response) -> GrantRead:
    return await GRANTS.answer(db, await service.give_grant(db, body, actor=actor, today=today), response)


@router.post("/{grant_id}/end", summary="终止授权")
async def end_grant(
    *,
    grant_id: GrantId,
    body: GrantEnd,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> GrantRead:
    grant = await GRANTS.require(db, actor, grant_id, if_match=if_match)
    return await GRANTS.answer(db, await service.end_grant(db, grant, body, actor=actor, today=today), response)


@router.post("/{grant_id}/void", summary="作废录入有误的授权(视为从未授予,记录保留)")
async def void_grant(
    *, grant_id: GrantId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> GrantRead:
    grant = await GRANTS.require(db, actor, grant_id, if_match=if_match)
    return await GRANTS.answer(db, await service.void_grant(db, grant, body.reason, actor=actor), response)


@router.get("/{grant_id}/history", summary="授权的变更历史")
async def read_grant_history(grant_id: GrantId, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await GRANTS.history(db, actor, grant_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
