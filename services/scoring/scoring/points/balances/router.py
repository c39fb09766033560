from typing import Annotated
from uuid import UUID

from fastapi import Query

from kit.clock import Today
from kit.database import Db
from kit.routing import business_router
from scoring.points.balances import service
from scoring.points.balances.schemas import BalanceRead, VerificationRead
from scoring.reference.projections.viewers import Viewer

router = business_router("/api/v1/scoring/balances", ["积分余额"])
YearQuery = Annotated[int | None, Query(ge=1900, le=2100, description="积分年度,缺省为本年度")]


@router.get("/{subject_id}", summary="查看积分余额", response_model=BalanceRead)
async def show_balance(db: Db, actor: Viewer, subject_id: UUID, today: Today, year: YearQuery = None) -> object:
    return await service.balance(db, actor, subject_id, year=year or today.year)


@router.get("/{subject_id}/verification", summary="用台账复核积分余额", response_model=VerificationRead)
async def verify_balance(db: Db, actor: Viewer, subject_id: UUID, today: Today, year: YearQuery = None) -> object:
    return await service.verify(db, actor, subject_id, year=year or today.year)
