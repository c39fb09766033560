from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.edge import BusinessDate
from kit.etags import IfMatch
from kit.paging import Page
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.listing import query_of
from registry.tree.organizations import models, queries, service
from registry.tree.organizations.schemas import (
    OrganizationCorrect,
    OrganizationCreate,
    OrganizationHistory,
    OrganizationId,
    OrganizationListing,
    OrganizationMove,
    OrganizationNode,
    OrganizationRead,
    OrganizationTree,
    PlacementRead,
    RevisionRead,
)
from registry.tree.organizations.service import CARRIED, CONSTRAINT_ERRORS, ORGANIZATIONS

router = business_router("/api/v1/registry/organizations", ["党组织"])
LARGEST_TREE = 20_000
Wanted = Annotated[OrganizationListing, Depends(query_of(OrganizationListing))]


@router.get("", summary="党组织列表")
async def list_organizations(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[OrganizationRead]:
    return await ORGANIZATIONS.page(db, actor, wanted)


@router.get("/tree", summary="组织树(可指定日期)")
async def read_organization_tree(
    db: Db,
    actor: CurrentActor,
    today: Today,
    organization_id: Annotated[UUID | None, Query(title="该组织及其全部下级")] = None,
    as_of: Annotated[BusinessDate | None, Query(title="查看日期", description="默认当天")] = None,
) -> OrganizationTree:
    day = as_of or today
    rows = await queries.tree_below(db, actor, day, organization_id, most=LARGEST_TREE)
    return OrganizationTree(as_of=day, nodes=[OrganizationNode.model_validate(row) for row in rows])


@router.get("/carried", summary="依托本组织的小微组织(商会、协会、专业市场查看所带的组织)")
async def list_carried_organizations(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[OrganizationRead]:
    return await CARRIED.page(db, actor, wanted)


@router.get("/carried/export", summary="导出依托本组织的小微组织", response_class=Response, responses=FILE_ANSWER)
async def export_carried_organizations(wanted: Wanted, to: ExportTo) -> Response:
    return await CARRIED.export(wanted, to)


@router.post("", summary="建立党组织", status_code=status.HTTP_201_CREATED)
async def create_organization(
    body: OrganizationCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> OrganizationRead:
    made = await service.create_organization(db, body, actor=actor, today=today)
    return await ORGANIZATIONS.answer(db, made, response)


@router.get("/{organization_id}", summary="党组织详情")
async def read_organization(
    organization_id: OrganizationId, db: Db, actor: CurrentActor, response: Response
) -> OrganizationRead:
    return await ORGANIZATIONS.show(db, actor, organization_id, response)


@router.patch("/{organization_id}", summary="更正党组织")
async def correct_organization(
    *,
    organization_id: OrganizationId,
    body: OrganizationCorrect,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> OrganizationRead:
    changed = await service.correct_organization(db, organization_id, body, if_match=if_match, actor=actor, today=today)
    return await ORGANIZATIONS.answer(db, changed, response)


@router.post("/{organization_id}/moves", summary="调整隶属关系", status_code=status.HTTP_201_CREATED)
async def move_organization(
    *,
    organization_id: OrganizationId,
    body: OrganizationMove,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> OrganizationRead:
    moved = await service.move_organization(db, organization_id, body, if_match=if_match, actor=actor, today=today)
    return await ORGANIZATIONS.answer(db, moved, response)


@router.get("/{organization_id}/history", summary="党组织变更历史")
async def read_organization_history(
    organization_id: OrganizationId, db: Db, actor: CurrentActor
) -> OrganizationHistory:
    found = await ORGANIZATIONS.require(db, actor, organization_id)
    return OrganizationHistory(
        revisions=[RevisionRead.model_validate(row) for row in await queries.revisions_of(db, found.id)],
        placements=[PlacementRead.model_validate(row) for row in await queries.placements_of(db, found.id)],
    )


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
