from typing import Annotated, Any
from uuid import UUID

from fastapi import Query
from sqlalchemy.ext.asyncio import AsyncSession

from kit.clock import Now
from kit.database import Db
from kit.paging import Page, PageOf, paginate
from kit.routing import business_router
from training.actors import Caller
from training.studies.settlements import service
from training.studies.settlements.models import Settlement
from training.studies.settlements.schemas import SettlementDetail, SettlementLineRead, SettlementOpen, SettlementRead
from training.studies.study_hours.router import YearInPath

router = business_router("/api/v1/training", ["学时"])


async def _detail(db: AsyncSession, settlement: Settlement) -> SettlementDetail:
    lines = [SettlementLineRead.model_validate(line) for line in await service.lines_of(db, settlement)]
    return SettlementDetail(**SettlementRead.model_validate(settlement).model_dump(), lines=lines)


@router.post("/study-years/{year}/settlements", summary="结算年度学时", status_code=201)
async def settle_study_year(
    year: YearInPath, body: SettlementOpen, db: Db, actor: Caller, now: Now
) -> SettlementDetail:
    settled = await service.settle_year(db, year, body.organization_id, body.correction_reason, actor=actor, now=now)
    return await _detail(db, settled)


@router.get("/study-years/{year}/settlements", summary="查询年度学时结算", response_model=Page[SettlementRead])
async def list_settlements(
    year: YearInPath,
    db: Db,
    actor: Caller,
    page: PageOf,
    organization_id: Annotated[UUID | None, Query(description="党组织")] = None,
) -> Any:
    query = service.visible_to(actor).where(Settlement.year == year)
    if organization_id is not None:
        query = query.where(Settlement.organization_id == organization_id)
    return await paginate(db, query.order_by(Settlement.id), page)


@router.get("/settlements/{settlement_id}", summary="查看一次学时结算")
async def read_settlement(settlement_id: UUID, db: Db, actor: Caller) -> SettlementDetail:
    return await _detail(db, await service.see_settlement(db, settlement_id, actor=actor))
