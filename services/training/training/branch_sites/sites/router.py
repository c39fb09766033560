from typing import Annotated

from fastapi import Depends, Query, Response, status

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
from training.branch_sites.sites import models, service
from training.branch_sites.sites.schemas import (
    BranchSiteCorrect,
    BranchSiteCreate,
    BranchSiteListing,
    BranchSiteRead,
    SiteCheck,
    SiteExemplary,
    SiteFigures,
    SiteId,
    SiteWithdraw,
)
from training.branch_sites.sites.service import CONSTRAINT_ERRORS, SITES

router = business_router("/api/v1/training", ["网上支部"])
Wanted = Annotated[BranchSiteListing, Depends(query_of(BranchSiteListing))]


@router.get("/branch-sites", summary="网上支部(可只列长期不更新的)")
async def list_branch_sites(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[BranchSiteRead]:
    return await SITES.page(db, actor, wanted)


@router.get("/branch-sites/export", summary="导出网上支部", response_class=Response, responses=FILE_ANSWER)
async def export_branch_sites(wanted: Wanted, to: ExportTo) -> Response:
    return await SITES.export(wanted, to)


@router.get("/branch-site-figures", summary="网上支部统计:申请、培育、上线、撤到后台与示范")
async def read_branch_site_figures(
    db: Db, actor: CurrentActor, planned: Annotated[int | None, Query(title="计划上线数", ge=0, le=100_000)] = None
) -> SiteFigures:
    return await service.read_figures(db, planned=planned, actor=actor)


@router.get("/branch-sites/{branch_site_id}", summary="网上支部详情")
async def read_branch_site(branch_site_id: SiteId, db: Db, actor: CurrentActor, response: Response) -> BranchSiteRead:
    return await SITES.show(db, actor, branch_site_id, response)


@router.post("/branch-sites", summary="申请建立网上支部", status_code=status.HTTP_201_CREATED)
async def create_branch_site(
    body: BranchSiteCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> BranchSiteRead:
    return await SITES.answer(db, await service.apply(db, body, actor=actor, today=today), response)


@router.patch("/branch-sites/{branch_site_id}", summary="更正网上支部的名称、定额和期限")
async def correct_branch_site(
    *,
    branch_site_id: SiteId,
    body: BranchSiteCorrect,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> BranchSiteRead:
    site = await SITES.require(db, actor, branch_site_id, if_match=if_match)
    return await SITES.answer(db, await service.correct(db, site, body, actor=actor), response)


@router.post("/branch-sites/{branch_site_id}/checks", summary="检查必备项(后台培育)", status_code=201)
async def check_branch_site(
    *,
    branch_site_id: SiteId,
    body: SiteCheck,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> BranchSiteRead:
    site = await SITES.require(db, actor, branch_site_id, if_match=if_match)
    return await SITES.answer(db, await service.check(db, site, body.met, actor=actor, today=today), response)


@router.post("/branch-sites/{branch_site_id}/online", summary="核准上线(必备项一票否决)", status_code=201)
async def put_branch_site_online(
    *, branch_site_id: SiteId, db: Db, actor: CurrentActor, today: Today, if_match: IfMatch, response: Response
) -> BranchSiteRead:
    site = await SITES.require(db, actor, branch_site_id, if_match=if_match)
    return await SITES.answer(db, await service.go_online(db, site, actor=actor, today=today), response)


@router.post("/branch-sites/{branch_site_id}/withdrawal", summary="撤到后台", status_code=201)
async def withdraw_branch_site(
    *,
    branch_site_id: SiteId,
    body: SiteWithdraw,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> BranchSiteRead:
    site = await SITES.require(db, actor, branch_site_id, if_match=if_match)
    withdrawn = await service.withdraw(db, site, body.withdrawal, actor=actor, today=today)
    return await SITES.answer(db, withdrawn, response)


@router.post("/branch-sites/{branch_site_id}/exemplary", summary="认定或取消示范网上支部", status_code=201)
async def name_exemplary_site(
    *,
    branch_site_id: SiteId,
    body: SiteExemplary,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> BranchSiteRead:
    site = await SITES.require(db, actor, branch_site_id, if_match=if_match)
    named = await service.name_exemplary(db, site, is_exemplary=body.is_exemplary, actor=actor)
    return await SITES.answer(db, named, response)


@router.post("/branch-sites/{branch_site_id}/void", summary="作废录入有误的网上支部(视为从未有过,记录保留)")
async def void_branch_site(
    *, branch_site_id: SiteId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> BranchSiteRead:
    site = await SITES.require(db, actor, branch_site_id, if_match=if_match)
    return await SITES.answer(db, await service.void(db, site, body.reason, actor=actor), response)


@router.get("/branch-sites/{branch_site_id}/history", summary="网上支部的变更历史")
async def read_branch_site_history(
    branch_site_id: SiteId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await SITES.history(db, actor, branch_site_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
