from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.paging import Page
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.listing import query_of
from scoring.points.balances import service
from scoring.points.balances.schemas import BalanceListing, BalanceRead, BalanceSummary, VerificationRead

router = business_router("/api/v1/scoring/balances", ["积分余额"])
Wanted = Annotated[BalanceListing, Depends(query_of(BalanceListing))]
YearQuery = Annotated[int | None, Query(ge=1900, le=2100, title="积分年度", description="缺省为本年度")]


@router.get("", summary="查询积分余额(一个支部的党员一次列出)")
async def list_balances(wanted: Wanted, db: Db, actor: CurrentActor, today: Today) -> Page[BalanceSummary]:
    return await service.page(db, actor, wanted, today=today)


@router.get("/export", summary="导出积分余额", response_class=Response, responses=FILE_ANSWER)
async def export_balances(wanted: Wanted, to: ExportTo, today: Today) -> Response:
    return await service.export(wanted, to, today=today)


@router.get("/{subject_id}", summary="查看积分余额")
async def show_balance(
    subject_id: UUID, db: Db, actor: CurrentActor, today: Today, year: YearQuery = None
) -> BalanceRead:
    return await service.balance(db, actor, subject_id, year=year or today.year)


@router.get("/{subject_id}/verification", summary="用台账复核积分余额")
async def verify_balance(
    subject_id: UUID, db: Db, actor: CurrentActor, today: Today, year: YearQuery = None
) -> VerificationRead:
    return await service.verify(db, actor, subject_id, year=year or today.year)


DOMAIN = Domain(routers=[router])
