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
from registry.units.hire_declarations import models, service
from registry.units.hire_declarations.schemas import (
    HireDeclarationCreate,
    HireDeclarationId,
    HireDeclarationListing,
    HireDeclarationRead,
    HiresDeclare,
)
from registry.units.hire_declarations.service import HIRE_DECLARATIONS

router = business_router("/api/v1/registry/hire-declarations", ["入职亮明身份"])
Wanted = Annotated[HireDeclarationListing, Depends(query_of(HireDeclarationListing))]


@router.get("", summary="入职亮明身份列表(可只列还有人没有亮明的)")
async def list_hire_declarations(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[HireDeclarationRead]:
    return await HIRE_DECLARATIONS.page(db, actor, wanted)


@router.get("/export", summary="导出入职亮明身份", response_class=Response, responses=FILE_ANSWER)
async def export_hire_declarations(wanted: Wanted, to: ExportTo) -> Response:
    return await HIRE_DECLARATIONS.export(wanted, to)


@router.get("/{hire_declaration_id}", summary="入职登记详情")
async def read_hire_declaration(
    hire_declaration_id: HireDeclarationId, db: Db, actor: CurrentActor, response: Response
) -> HireDeclarationRead:
    return await HIRE_DECLARATIONS.show(db, actor, hire_declaration_id, response)


@router.post("", summary="登记单位新入职人数(只记人数)", status_code=status.HTTP_201_CREATED)
async def create_hire_declaration(
    body: HireDeclarationCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> HireDeclarationRead:
    return await HIRE_DECLARATIONS.answer(db, await service.record_hires(db, body, actor=actor, today=today), response)


@router.post(
    "/{hire_declaration_id}/declaration",
    summary="登记已亮明身份的人数(累计)",
    status_code=status.HTTP_201_CREATED,
)
async def declare_hires(
    *,
    hire_declaration_id: HireDeclarationId,
    body: HiresDeclare,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> HireDeclarationRead:
    found = await HIRE_DECLARATIONS.require(db, actor, hire_declaration_id, if_match=if_match)
    return await HIRE_DECLARATIONS.answer(
        db, await service.declare(db, found, body, actor=actor, today=today), response
    )


@router.post("/{hire_declaration_id}/void", summary="作废录入有误的入职登记(视为从未登记,记录保留)")
async def void_hire_declaration(
    *,
    hire_declaration_id: HireDeclarationId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> HireDeclarationRead:
    found = await HIRE_DECLARATIONS.require(db, actor, hire_declaration_id, if_match=if_match)
    return await HIRE_DECLARATIONS.answer(db, await service.void(db, found, body.reason, actor=actor), response)


@router.get("/{hire_declaration_id}/history", summary="入职登记的变更历史")
async def read_hire_declaration_history(
    hire_declaration_id: HireDeclarationId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await HIRE_DECLARATIONS.history(db, actor, hire_declaration_id, page)


DOMAIN = Domain(routers=[router], tables=models)
