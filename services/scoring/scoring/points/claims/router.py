from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response, status
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor, CurrentActor
from kit.clock import Now
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from scoring.points.claims import models, service
from scoring.points.claims.models import Claim
from scoring.points.claims.schemas import (
    ClaimDetail,
    ClaimLinks,
    ClaimListing,
    ClaimPermissions,
    ClaimRead,
    ClaimWrite,
)
from scoring.points.claims.service import CLAIMS

router = business_router("/api/v1/scoring/claims", ["积分申报"])
Wanted = Annotated[ClaimListing, Depends(query_of(ClaimListing))]


@router.get("", summary="查询积分申报")
async def list_claims(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[ClaimRead]:
    return await CLAIMS.page(db, actor, wanted)


@router.get("/export", summary="导出积分申报", response_class=Response, responses=FILE_ANSWER)
async def export_claims(wanted: Wanted, to: ExportTo) -> Response:
    return await CLAIMS.export(wanted, to)


@router.post("", summary="申报积分", status_code=status.HTTP_201_CREATED)
async def file_claim(body: ClaimWrite, db: Db, actor: CurrentActor, now: Now, response: Response) -> ClaimDetail:
    return await _detail(db, actor, await service.file(db, actor, body, now=now), response)


@router.get("/{claim_id}", summary="查看积分申报")
async def show_claim(claim_id: UUID, db: Db, actor: CurrentActor, response: Response) -> ClaimDetail:
    return await _detail(db, actor, await CLAIMS.require(db, actor, claim_id), response)


@router.post("/{claim_id}/withdrawal", summary="撤回积分申报")
async def withdraw_claim(
    claim_id: UUID, db: Db, actor: CurrentActor, if_match: IfMatch, now: Now, response: Response
) -> ClaimDetail:
    return await _detail(db, actor, await service.withdraw(db, actor, claim_id, if_match=if_match, now=now), response)


async def _detail(db: AsyncSession, actor: Actor, claim: Claim, response: Response) -> ClaimDetail:
    read = await CLAIMS.answer(db, claim, response)
    evaluation = f"/api/v1/scoring/monthly-evaluations/{claim.evaluation_id}" if claim.evaluation_id else None
    return ClaimDetail.model_construct(
        **read.__dict__,
        permissions=ClaimPermissions(may_withdraw=service.may_withdraw(actor, claim)),
        links=ClaimLinks(evaluation=evaluation),
    )


@router.get("/{claim_id}/history", summary="积分申报的变更历史")
async def read_claim_history(claim_id: UUID, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await CLAIMS.history(db, actor, claim_id, page)


DOMAIN = Domain(routers=[router], tables=models)
