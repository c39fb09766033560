from fastapi import Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.routing import business_router
from registry.tree.dissolutions import conversions, service
from registry.tree.dissolutions.schemas import ConversionCreate, DissolutionCreate
from registry.tree.organizations.schemas import OrganizationId, OrganizationRead
from registry.tree.organizations.service import ORGANIZATIONS

router = business_router("/api/v1/registry/organizations", ["党组织"])


@router.post("/{organization_id}/dissolution", summary="撤销党组织", status_code=status.HTTP_201_CREATED)
async def dissolve_organization(
    *,
    organization_id: OrganizationId,
    body: DissolutionCreate,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> OrganizationRead:
    dissolved = await service.dissolve(db, organization_id, body, if_match=if_match, actor=actor, today=today)
    return await ORGANIZATIONS.answer(db, dissolved, response)


@router.post(
    "/{organization_id}/conversion",
    summary="项目党小组改设项目党支部(党员随之转入,党小组撤销)",
    status_code=status.HTTP_201_CREATED,
)
async def convert_project_group(
    *,
    organization_id: OrganizationId,
    body: ConversionCreate,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> OrganizationRead:
    branch = await conversions.convert(db, organization_id, body, if_match=if_match, actor=actor, today=today)
    return await ORGANIZATIONS.answer(db, branch, response)


DOMAIN = Domain(routers=[router])
