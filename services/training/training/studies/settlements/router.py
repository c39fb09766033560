from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from kit.access import CurrentActor
from kit.clock import Now
from kit.database import Db
from kit.domains import Domain
from kit.paging import Page
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.listing import query_of
from training.studies.settlements import models, service
from training.studies.settlements.schemas import SettlementDetail, SettlementListing, SettlementOpen, SettlementRead
from training.studies.settlements.service import SETTLEMENTS, StudyYearAlreadySettled
from training.studies.study_hours.router import YearInPath

router = business_router("/api/v1/training", ["学时"])
Wanted = Annotated[SettlementListing, Depends(query_of(SettlementListing))]


@router.post("/study-years/{year}/settlements", summary="结算年度学时", status_code=201)
async def settle_study_year(
    *, year: YearInPath, body: SettlementOpen, db: Db, actor: CurrentActor, now: Now, response: Response
) -> SettlementDetail:
    settled = await service.settle_year(db, year, body.organization_id, body.correction_reason, actor=actor, now=now)
    return await service.detail(db, await SETTLEMENTS.answer(db, settled, response))


@router.get("/study-years/{year}/settlements", summary="查询年度学时结算")
async def list_settlements(year: YearInPath, wanted: Wanted, db: Db, actor: CurrentActor) -> Page[SettlementRead]:
    return await service.of_year(year).page(db, actor, wanted)


@router.get(
    "/study-years/{year}/settlements/export",
    summary="导出年度学时结算",
    response_class=Response,
    responses=FILE_ANSWER,
)
async def export_settlements(year: YearInPath, wanted: Wanted, to: ExportTo) -> Response:
    return await service.of_year(year).export(wanted, to)


@router.get("/settlements/{settlement_id}", summary="查看一次学时结算")
async def read_settlement(settlement_id: UUID, db: Db, actor: CurrentActor, response: Response) -> SettlementDetail:
    return await service.detail(db, await SETTLEMENTS.show(db, actor, settlement_id, response))


DOMAIN = Domain(
    routers=[router],
    tables=models,
    constraint_errors={"uq_study_year_settlements_organization_id_year_revision": StudyYearAlreadySettled},
)
