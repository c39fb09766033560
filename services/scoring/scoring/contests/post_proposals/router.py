from typing import Annotated

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.paging import Page
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.listing import query_of
from scoring.contests.post_proposals import service
from scoring.contests.post_proposals.schemas import (
    PostProposalListing,
    PostProposalRead,
    PostProposalsAccept,
    PostsSetUp,
)

router = business_router("/api/v1/scoring/duty-post-proposals", ["设岗定责"])
Wanted = Annotated[PostProposalListing, Depends(query_of(PostProposalListing))]


@router.get("", summary="没有岗位的党员,和为每人建议的岗位")
async def list_duty_post_proposals(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[PostProposalRead]:
    return await service.page(db, wanted, actor=actor)


@router.get("/export", summary="导出没有岗位的党员", response_class=Response, responses=FILE_ANSWER)
async def export_duty_post_proposals(wanted: Wanted, to: ExportTo) -> Response:
    return await service.export(wanted, to)


@router.post("", summary="采纳建议,为党员设岗(可以改类别和名称)", status_code=status.HTTP_201_CREATED)
async def accept_duty_post_proposals(
    body: PostProposalsAccept, db: Db, actor: CurrentActor, today: Today
) -> PostsSetUp:
    return await service.accept(db, body, today=today, actor=actor)


DOMAIN = Domain(routers=[router])
