from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from kit.clock import Now, Today
from kit.database import Db
from kit.etags import tag
from kit.paging import Page, PageOf, paginate
from kit.routing import business_router
from scoring.points.claims import queries, service
from scoring.points.claims.models import Claim, ClaimState
from scoring.points.claims.schemas import ClaimDetail, ClaimRead, ClaimWrite
from scoring.reference.projections.viewers import Viewer

router = business_router("/api/v1/scoring/claims", ["积分申报"])


@router.get("", summary="查询积分申报", response_model=Page[ClaimRead])
async def list_claims(
    db: Db,
    actor: Viewer,
    page: PageOf,
    state: Annotated[list[ClaimState], Query(max_length=4, description="状态")] = [],  # noqa: B006 - FastAPI copies it
    subject_id: Annotated[UUID | None, Query(description="党员或党组织")] = None,
    organization_id: Annotated[UUID | None, Query(description="评价的党组织")] = None,
) -> object:
    query = queries.visible_to(actor).order_by(Claim.id.desc())
    if state:
        query = query.where(Claim.state.in_(state))
    if subject_id is not None:
        query = query.where(Claim.subject_id == subject_id)
    if organization_id is not None:
        query = query.where(Claim.organization_id == organization_id)
    return await paginate(db, query, page)


@router.post("", summary="申报积分", status_code=201)
async def file_claim(db: Db, actor: Viewer, new: ClaimWrite, today: Today, response: Response) -> ClaimDetail:
    return await _detail(db, actor, await service.file(db, actor, new, today=today), response)


@router.get("/{claim_id}", summary="查看积分申报")
async def show_claim(db: Db, actor: Viewer, claim_id: UUID, response: Response) -> ClaimDetail:
    return await _detail(db, actor, await service.find(db, actor, claim_id), response)


@router.post("/{claim_id}/withdrawal", summary="撤回积分申报")
async def withdraw_claim(db: Db, actor: Viewer, claim_id: UUID, now: Now, response: Response) -> ClaimDetail:
    return await _detail(db, actor, await service.withdraw(db, actor, claim_id, now=now), response)


async def _detail(db: AsyncSession, actor: Actor, claim: Claim, response: Response) -> ClaimDetail:
    tag(response, claim)
    evaluation = f"/api/v1/scoring/monthly-evaluations/{claim.evaluation_id}" if claim.evaluation_id else None
    return ClaimDetail(
        **ClaimRead.model_validate(claim).model_dump(),
        evidence_ids=await queries.evidence_of(db, claim.id),
        permissions={"may_withdraw": service.may_withdraw(actor, claim)},
        links={"evaluation": evaluation},
    )
