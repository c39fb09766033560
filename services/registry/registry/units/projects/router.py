from typing import Annotated

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from records.voiding import VoidCreate
from registry.units.projects import models, service
from registry.units.projects.schemas import (
    InvestmentProjectCorrect,
    InvestmentProjectCreate,
    InvestmentProjectId,
    InvestmentProjectListing,
    InvestmentProjectRead,
)
from registry.units.projects.service import PROJECTS

router = business_router("/api/v1/registry/investment-projects", ["投资项目"])
Wanted = Annotated[InvestmentProjectListing, Depends(query_of(InvestmentProjectListing))]


@router.get("", summary="投资项目列表")
async def list_investment_projects(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[InvestmentProjectRead]:
    return await PROJECTS.page(db, actor, wanted)


@router.get("/export", summary="导出投资项目", response_class=Response, responses=FILE_ANSWER)
async def export_investment_projects(wanted: Wanted, to: ExportTo) -> Response:
    return await PROJECTS.export(wanted, to)


@router.get("/{investment_project_id}", summary="投资项目详情")
async def read_investment_project(
    investment_project_id: InvestmentProjectId, db: Db, actor: CurrentActor, response: Response
) -> InvestmentProjectRead:
    return await PROJECTS.show(db, actor, investment_project_id, response)


@router.post("", summary="登记投资项目(四同四进)", status_code=status.HTTP_201_CREATED)
async def create_investment_project(
    body: InvestmentProjectCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> InvestmentProjectRead:
    return await PROJECTS.answer(
        db, await service.record_investment_project(db, body, actor=actor, today=today), response
    )


@router.patch("/{investment_project_id}", summary="更正投资项目(补签党建条款等)")
async def correct_investment_project(
    *,
    investment_project_id: InvestmentProjectId,
    body: InvestmentProjectCorrect,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> InvestmentProjectRead:
    project = await PROJECTS.require(db, actor, investment_project_id, if_match=if_match)
    return await PROJECTS.answer(db, await service.correct_investment_project(db, project, body, actor=actor), response)


@router.post("/{investment_project_id}/void", summary="作废录入有误的投资项目(视为从未登记,记录保留)")
async def void_investment_project(
    *,
    investment_project_id: InvestmentProjectId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> InvestmentProjectRead:
    project = await PROJECTS.require(db, actor, investment_project_id, if_match=if_match)
    return await PROJECTS.answer(
        db, await service.void_investment_project(db, project, body.reason, actor=actor), response
    )


@router.get("/{investment_project_id}/history", summary="投资项目的变更历史")
async def read_investment_project_history(
    investment_project_id: InvestmentProjectId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await PROJECTS.history(db, actor, investment_project_id, page)


DOMAIN = Domain(routers=[router], tables=models)
