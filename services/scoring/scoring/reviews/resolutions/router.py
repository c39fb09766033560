from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch, tag
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from scoring.reviews.resolutions import models, service
from scoring.reviews.resolutions.schemas import ResolutionListing, ResolutionRead, ResolutionRecord
from scoring.reviews.resolutions.service import CONSTRAINTS

router = business_router(prefix="/api/v1/scoring/resolutions", tags=["议:审议决议"])
Wanted = Annotated[ResolutionListing, Depends(query_of(ResolutionListing))]


@router.post("", summary="登记审议会议与表决(附签字表决表)", status_code=status.HTTP_201_CREATED)
async def record_resolution(
    body: ResolutionRecord, db: Db, actor: CurrentActor, today: Today, response: Response
) -> ResolutionRead:
    recorded = await service.record(db, body, today=today, actor=actor)
    tag(response, recorded)
    return recorded


@router.post(
    "/{resolution_id}/confirmation",
    summary="上级确认与登记人有关的决议",
    status_code=status.HTTP_201_CREATED,
)
async def confirm_resolution(
    resolution_id: UUID, db: Db, actor: CurrentActor, if_match: IfMatch, today: Today, response: Response
) -> ResolutionRead:
    confirmed = await service.confirm(db, resolution_id, today=today, actor=actor, if_match=if_match)
    tag(response, confirmed)
    return confirmed


@router.get("", summary="审议决议列表")
async def list_resolutions(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[ResolutionRead]:
    return await service.page(db, wanted, actor=actor)


@router.get("/export", summary="导出审议决议(每名对象一行)", response_class=Response, responses=FILE_ANSWER)
async def export_resolutions(wanted: Wanted, to: ExportTo) -> Response:
    return await service.export(wanted, to)


@router.get("/{resolution_id}/history", summary="审议决议的变更历史")
async def read_resolution_history(resolution_id: UUID, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await service.history(db, resolution_id, page, actor=actor)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINTS)
