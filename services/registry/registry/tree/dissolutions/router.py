from uuid import UUID

from fastapi import Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.etags import IfMatch, tag
from kit.routing import business_router
from registry.tree.dissolutions import service
from registry.tree.dissolutions.schemas import DissolutionCreate
from registry.tree.organizations.schemas import OrganizationRead

router = business_router("/api/v1/registry/organizations", ["党组织"])


@router.post("/{organization_id}/dissolution", summary="撤销党组织", status_code=status.HTTP_201_CREATED)
async def dissolve_organization(
    *,
    organization_id: UUID,
    entry: DissolutionCreate,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> OrganizationRead:
    dissolved = await service.dissolve(db, organization_id, entry, if_match=if_match, actor=actor, today=today)
    tag(response, dissolved)
    return OrganizationRead.model_validate(dissolved)
