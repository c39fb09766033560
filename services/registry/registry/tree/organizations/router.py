from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.edge import BusinessDate
from kit.etags import IfMatch, tag
from kit.paging import Page, PageOf, paginate
from kit.routing import business_router
from registry.exports import LARGEST_EXPORT, FileFormat, as_file
from registry.tree.organizations import queries, service
from registry.tree.organizations.kinds import HostKind, OrganizationKind
from registry.tree.organizations.models import PartyOrganization
from registry.tree.organizations.schemas import (
    OrganizationCorrect,
    OrganizationCreate,
    OrganizationHistory,
    OrganizationMove,
    OrganizationNode,
    OrganizationRead,
    OrganizationTree,
    PlacementRead,
    RevisionRead,
    SearchText,
)

router = business_router("/api/v1/registry/organizations", ["党组织"])
LARGEST_TREE = 20_000
HEADINGS = ("组织代码", "组织名称", "组织类型", "层级", "依托", "直管", "组建模式", "成立日期", "届满日期", "是否在册")


async def _filter(
    *,
    kind: Annotated[list[OrganizationKind], Query(max_length=9)] = [],  # noqa: B006 - FastAPI copies it
    level: Annotated[list[int], Query(max_length=5)] = [],  # noqa: B006 - FastAPI copies it
    host_kind: Annotated[list[HostKind], Query(max_length=6)] = [],  # noqa: B006 - FastAPI copies it
    parent_id: UUID | None = None,
    is_directly_managed: bool | None = None,
    is_active: bool | None = True,
    q: SearchText | None = None,
) -> queries.OrganizationFilter:
    return queries.OrganizationFilter(
        kind=kind,
        level=[one for one in level if 1 <= one <= len(OrganizationKind)],
        host_kind=host_kind,
        parent_id=parent_id,
        is_directly_managed=is_directly_managed,
        is_active=is_active,
        q=q,
    )


Wanted = Annotated[queries.OrganizationFilter, Depends(_filter)]


@router.get("", summary="党组织列表")
async def list_organizations(db: Db, actor: CurrentActor, page: PageOf, wanted: Wanted) -> Page[OrganizationRead]:
    found = await paginate(db, queries.listed_for(actor, wanted), page)
    return Page(items=[OrganizationRead.model_validate(row) for row in found.items], next=found.next)


@router.get("/export", summary="导出党组织", response_class=Response)
async def export_organizations(
    db: Db, actor: CurrentActor, wanted: Wanted, file_format: FileFormat = "xlsx"
) -> Response:
    rows = await db.scalars(queries.listed_for(actor, wanted).limit(LARGEST_EXPORT))
    return as_file("党组织", HEADINGS, map(_export_row, rows), file_format)


def _export_row(one: PartyOrganization) -> Sequence[object]:
    return (
        one.code,
        one.name,
        one.kind.label,
        one.level,
        one.host_kind.label if one.host_kind else None,
        "是" if one.is_directly_managed else "否",
        one.set_up_mode.label if one.set_up_mode else None,
        one.founded_on,
        one.term_ends_on,
        "是" if one.is_active else "否",
    )


@router.get("/tree", summary="组织树(可指定日期)")
async def read_organization_tree(
    db: Db, actor: CurrentActor, today: Today, organization_id: UUID | None = None, as_of: BusinessDate | None = None
) -> OrganizationTree:
    day = as_of or today
    rows = await queries.tree_below(db, actor, day, organization_id, most=LARGEST_TREE)
    return OrganizationTree(as_of=day, nodes=[OrganizationNode.model_validate(row) for row in rows])


@router.post("", summary="建立党组织", status_code=status.HTTP_201_CREATED)
async def create_organization(
    entry: OrganizationCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> OrganizationRead:
    made = await service.create_organization(db, entry, actor=actor, today=today)
    tag(response, made)
    return OrganizationRead.model_validate(made)


@router.get("/{organization_id}", summary="党组织详情")
async def read_organization(organization_id: UUID, db: Db, actor: CurrentActor, response: Response) -> OrganizationRead:
    found = await service.require(db, actor, organization_id)
    tag(response, found)
    return OrganizationRead.model_validate(found)


@router.patch("/{organization_id}", summary="更正党组织")
async def correct_organization(
    *,
    organization_id: UUID,
    correction: OrganizationCorrect,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> OrganizationRead:
    changed = await service.correct_organization(
        db, organization_id, correction, if_match=if_match, actor=actor, today=today
    )
    tag(response, changed)
    return OrganizationRead.model_validate(changed)


@router.post("/{organization_id}/moves", summary="调整隶属关系", status_code=status.HTTP_201_CREATED)
async def move_organization(
    *,
    organization_id: UUID,
    move: OrganizationMove,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> OrganizationRead:
    moved = await service.move_organization(db, organization_id, move, if_match=if_match, actor=actor, today=today)
    tag(response, moved)
    return OrganizationRead.model_validate(moved)


@router.get("/{organization_id}/history", summary="党组织变更历史")
async def read_organization_history(organization_id: UUID, db: Db, actor: CurrentActor) -> OrganizationHistory:
    found = await service.require(db, actor, organization_id)
    return OrganizationHistory(
        revisions=[RevisionRead.model_validate(row) for row in await queries.revisions_of(db, found.id)],
        placements=[PlacementRead.model_validate(row) for row in await queries.placements_of(db, found.id)],
    )
