from typing import Annotated

from fastapi import Depends, Response

from kit.clock import Today
from kit.domains import Domain
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.listing import query_of
from registry.tree.directories import service
from registry.tree.organizations.schemas import OrganizationListing

router = business_router("/api/v1/registry/organizations", ["党组织"])
Wanted = Annotated[OrganizationListing, Depends(query_of(OrganizationListing))]


@router.get("/export", summary="导出党组织(含上级和书记)", response_class=Response, responses=FILE_ANSWER)
async def export_organizations(wanted: Wanted, today: Today, to: ExportTo) -> Response:
    return await service.export_directory(wanted, today, to)


DOMAIN = Domain(routers=[router])
