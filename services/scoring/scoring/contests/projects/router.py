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
from scoring.contests.projects import models, service
from scoring.contests.projects.schemas import (
    ProjectClaim,
    ProjectClosure,
    ProjectCreate,
    ProjectId,
    ProjectListing,
    ProjectRead,
)
from scoring.contests.projects.service import PROJECTS

router = business_router("/api/v1/scoring/projects", ["攻关、技改与书记项目"])
Wanted = Annotated[ProjectListing, Depends(query_of(ProjectListing))]


@router.get("", summary="攻关、技改与书记项目列表")
async def list_projects(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[ProjectRead]:
    return await PROJECTS.page(db, actor, wanted)


@router.get("/export", summary="导出项目", response_class=Response, responses=FILE_ANSWER)
async def export_projects(wanted: Wanted, to: ExportTo) -> Response:
    return await PROJECTS.export(wanted, to)


@router.get("/{project_id}", summary="项目详情")
async def read_project(project_id: ProjectId, db: Db, actor: CurrentActor, response: Response) -> ProjectRead:
    return await PROJECTS.show(db, actor, project_id, response)


@router.post("", summary="提出项目(待党员认领)", status_code=status.HTTP_201_CREATED)
async def create_project(
    body: ProjectCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> ProjectRead:
    return await PROJECTS.answer(db, await service.offer(db, body, today=today, actor=actor), response)


@router.post("/{project_id}/claim", summary="登记认领项目的党员", status_code=status.HTTP_201_CREATED)
async def claim_project(
    *, project_id: ProjectId, body: ProjectClaim, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> ProjectRead:
    project = await PROJECTS.require(db, actor, project_id, if_match=if_match)
    return await PROJECTS.answer(db, await service.claim(db, project, body.claimant_id, actor=actor), response)


@router.post("/{project_id}/closure", summary="办结项目(写明实测成效)", status_code=status.HTTP_201_CREATED)
async def close_project(
    *,
    project_id: ProjectId,
    body: ProjectClosure,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    today: Today,
    response: Response,
) -> ProjectRead:
    project = await PROJECTS.require(db, actor, project_id, if_match=if_match)
    return await PROJECTS.answer(db, await service.close(db, project, body, today=today, actor=actor), response)


@router.post("/{project_id}/void", summary="作废录入有误的项目(视为从未有过,记录保留)")
async def void_project(
    *, project_id: ProjectId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> ProjectRead:
    project = await PROJECTS.require(db, actor, project_id, if_match=if_match)
    return await PROJECTS.answer(db, await service.void(db, project, body.reason, actor=actor), response)


@router.get("/{project_id}/history", summary="项目的变更历史")
async def read_project_history(project_id: ProjectId, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await PROJECTS.history(db, actor, project_id, page)


DOMAIN = Domain(routers=[router], tables=models)
