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
from registry.units.mass_organizations import models, service
from registry.units.mass_organizations.schemas import (
    MassOrganizationHeadCreate,
    MassOrganizationHeadEnd,
    MassOrganizationHeadId,
    MassOrganizationHeadListing,
    MassOrganizationHeadRead,
)
from registry.units.mass_organizations.service import CONSTRAINT_ERRORS, HEADS

router = business_router("/api/v1/registry/mass-organization-heads", ["群团组织"])
Wanted = Annotated[MassOrganizationHeadListing, Depends(query_of(MassOrganizationHeadListing))]


@router.get("", summary="群团组织负责人列表")
async def list_mass_organization_heads(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[MassOrganizationHeadRead]:
    return await HEADS.page(db, actor, wanted)


@router.get("/export", summary="导出群团组织负责人", response_class=Response, responses=FILE_ANSWER)
async def export_mass_organization_heads(wanted: Wanted, to: ExportTo) -> Response:
    return await HEADS.export(wanted, to)


@router.get("/{mass_organization_head_id}", summary="群团组织负责人详情")
async def read_mass_organization_head(
    mass_organization_head_id: MassOrganizationHeadId, db: Db, actor: CurrentActor, response: Response
) -> MassOrganizationHeadRead:
    return await HEADS.show(db, actor, mass_organization_head_id, response)


@router.post("", summary="登记群团组织负责人", status_code=status.HTTP_201_CREATED)
async def create_mass_organization_head(
    body: MassOrganizationHeadCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> MassOrganizationHeadRead:
    return await HEADS.answer(
        db, await service.record_mass_organization_head(db, body, actor=actor, today=today), response
    )


@router.post("/{mass_organization_head_id}/end", summary="登记群团组织负责人离任")
async def end_mass_organization_head(
    *,
    mass_organization_head_id: MassOrganizationHeadId,
    body: MassOrganizationHeadEnd,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> MassOrganizationHeadRead:
    mass_organization_head = await HEADS.require(db, actor, mass_organization_head_id, if_match=if_match)
    ended = await service.end_mass_organization_head(
        db, mass_organization_head, body.ended_on, actor=actor, today=today
    )
    return await HEADS.answer(db, ended, response)


@router.post("/{mass_organization_head_id}/void", summary="作废录入有误的群团组织负责人(视为从未任职,记录保留)")
async def void_mass_organization_head(
    *,
    mass_organization_head_id: MassOrganizationHeadId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> MassOrganizationHeadRead:
    mass_organization_head = await HEADS.require(db, actor, mass_organization_head_id, if_match=if_match)
    return await HEADS.answer(
        db, await service.void_mass_organization_head(db, mass_organization_head, body.reason, actor=actor), response
    )


@router.get("/{mass_organization_head_id}/history", summary="群团组织负责人的变更历史")
async def read_mass_organization_head_history(
    mass_organization_head_id: MassOrganizationHeadId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await HEADS.history(db, actor, mass_organization_head_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
