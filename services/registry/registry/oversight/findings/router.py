from typing import Annotated

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.clock import Now, Today
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.paging import Page
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.listing import query_of
from registry.oversight.findings import models, service
from registry.oversight.findings.jobs import blueprint
from registry.oversight.findings.schemas import FindingAcknowledge, FindingId, FindingListing, FindingRead

router = business_router("/api/v1/registry/findings", ["发现问题"])
Wanted = Annotated[FindingListing, Depends(query_of(FindingListing))]


@router.get("", summary="发现的问题(按今天的名册)")
async def list_findings(wanted: Wanted, db: Db, actor: CurrentActor, today: Today) -> Page[FindingRead]:
    return await service.page(db, actor, wanted, today=today)


@router.get("/export", summary="导出发现的问题", response_class=Response, responses=FILE_ANSWER)
async def export_findings(wanted: Wanted, to: ExportTo, today: Today) -> Response:
    return await service.export(wanted, to, today=today)


@router.get("/{finding_id}", summary="一项发现的详情")
async def read_finding(
    finding_id: FindingId, db: Db, actor: CurrentActor, today: Today, response: Response
) -> FindingRead:
    return await service.show(db, actor, finding_id, response, today=today)


@router.post(
    "/{finding_id}/acknowledgements", summary="对一项发现作出说明,不再列为待办", status_code=status.HTTP_201_CREATED
)
async def acknowledge_finding(
    *,
    finding_id: FindingId,
    body: FindingAcknowledge,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    today: Today,
    now: Now,
    response: Response,
) -> FindingRead:
    await service.acknowledge(db, finding_id, body, if_match=if_match, actor=actor, today=today, now=now)
    return await service.show(db, actor, finding_id, response, today=today)


DOMAIN = Domain(routers=[router], tables=models, jobs=blueprint)
