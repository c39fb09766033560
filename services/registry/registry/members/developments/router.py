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
from records.steps import shown_missing
from records.voiding import VoidCreate
from registry.members.developments import models, papers, service
from registry.members.developments.papers import PAPERS
from registry.members.developments.rules import DEVELOPMENT, stage_of
from registry.members.developments.schemas import (
    DevelopmentCorrect,
    DevelopmentDetail,
    DevelopmentEnd,
    DevelopmentId,
    DevelopmentListing,
    DevelopmentOpen,
    DevelopmentRead,
    PaperCreate,
    PaperId,
    PaperListing,
    PaperRead,
    StepTake,
)
from registry.members.developments.service import CONSTRAINT_ERRORS, DEVELOPMENTS
from registry.members.members.schemas import MemberId

router = business_router("/api/v1/registry", ["发展党员"])
Wanted = Annotated[DevelopmentListing, Depends(query_of(DevelopmentListing))]
WantedPapers = Annotated[PaperListing, Depends(query_of(PaperListing))]


@router.post(
    "/members/{member_id}/developments", summary="开始发展党员(收到入党申请书)", status_code=status.HTTP_201_CREATED
)
async def open_development(
    *, member_id: MemberId, body: DevelopmentOpen, db: Db, actor: CurrentActor, today: Today, response: Response
) -> DevelopmentRead:
    opened = await service.open_development(db, member_id, body, actor=actor, today=today)
    return await DEVELOPMENTS.answer(db, opened, response)


@router.get("/developments", summary="发展党员列表")
async def list_developments(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[DevelopmentRead]:
    return await DEVELOPMENTS.page(db, actor, wanted)


@router.get("/developments/export", summary="导出发展党员", response_class=Response, responses=FILE_ANSWER)
async def export_developments(wanted: Wanted, to: ExportTo) -> Response:
    return await DEVELOPMENTS.export(wanted, to)


@router.get("/developments/{development_id}", summary="发展党员详情(含待办步骤尚缺的材料)")
async def read_development(
    *, development_id: DevelopmentId, db: Db, actor: CurrentActor, today: Today, response: Response
) -> DevelopmentDetail:
    shown = await DEVELOPMENTS.show(db, actor, development_id, response)
    development = await DEVELOPMENTS.require(db, actor, development_id)
    missing = DEVELOPMENT.step(development.step).missing(await service.facts_of(db, development, today))
    return DevelopmentDetail.model_construct(
        **shown.__dict__, stage=stage_of(development.step), missing=shown_missing(missing)
    )


@router.patch("/developments/{development_id}", summary="更正培养方式")
async def correct_development(
    *,
    development_id: DevelopmentId,
    body: DevelopmentCorrect,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> DevelopmentRead:
    development = await DEVELOPMENTS.require(db, actor, development_id, if_match=if_match)
    return await DEVELOPMENTS.answer(db, await service.correct(db, development, body, actor=actor), response)


@router.post(
    "/developments/{development_id}/steps",
    summary="办理发展党员的下一步",
    status_code=status.HTTP_201_CREATED,
)
async def take_development_step(
    *,
    development_id: DevelopmentId,
    body: StepTake,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> DevelopmentRead:
    development = await DEVELOPMENTS.require(db, actor, development_id, if_match=if_match)
    taken = await service.take_step(db, development, body, actor=actor, today=today)
    return await DEVELOPMENTS.answer(db, taken, response)


@router.post("/developments/{development_id}/end", summary="终止发展党员")
async def end_development(
    *,
    development_id: DevelopmentId,
    body: DevelopmentEnd,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> DevelopmentRead:
    development = await DEVELOPMENTS.require(db, actor, development_id, if_match=if_match)
    ended = await service.end(db, development, body, actor=actor, today=today)
    return await DEVELOPMENTS.answer(db, ended, response)


@router.post("/developments/{development_id}/void", summary="作废录入有误的发展党员(视为从未有过,记录保留)")
async def void_development(
    *,
    development_id: DevelopmentId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> DevelopmentRead:
    development = await DEVELOPMENTS.require(db, actor, development_id, if_match=if_match)
    voided = await papers.void_development(db, development, body.reason, actor=actor, today=today)
    return await DEVELOPMENTS.answer(db, voided, response)


@router.get("/developments/{development_id}/history", summary="发展党员的办理经过")
async def read_development_history(
    development_id: DevelopmentId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await DEVELOPMENTS.history(db, actor, development_id, page)


@router.post("/developments/{development_id}/papers", summary="登记发展党员材料", status_code=status.HTTP_201_CREATED)
async def create_development_paper(
    *,
    development_id: DevelopmentId,
    body: PaperCreate,
    db: Db,
    actor: CurrentActor,
    today: Today,
    response: Response,
) -> PaperRead:
    development = await DEVELOPMENTS.require(db, actor, development_id, lock=True)
    return await PAPERS.answer(db, await papers.create(db, development, body, actor=actor, today=today), response)


@router.get("/development-papers", summary="发展党员材料列表")
async def list_development_papers(wanted: WantedPapers, db: Db, actor: CurrentActor) -> Page[PaperRead]:
    return await PAPERS.page(db, actor, wanted)


@router.get("/development-papers/export", summary="导出发展党员材料", response_class=Response, responses=FILE_ANSWER)
async def export_development_papers(wanted: WantedPapers, to: ExportTo) -> Response:
    return await PAPERS.export(wanted, to)


@router.get("/development-papers/{paper_id}", summary="发展党员材料详情")
async def read_development_paper(paper_id: PaperId, db: Db, actor: CurrentActor, response: Response) -> PaperRead:
    return await PAPERS.show(db, actor, paper_id, response)


@router.post("/development-papers/{paper_id}/void", summary="作废录入有误的发展党员材料")
async def void_development_paper(
    *, paper_id: PaperId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> PaperRead:
    paper = await PAPERS.require(db, actor, paper_id, if_match=if_match)
    return await PAPERS.answer(db, await papers.void(db, paper, body.reason, actor=actor), response)


@router.get("/development-papers/{paper_id}/history", summary="发展党员材料的变更历史")
async def read_development_paper_history(
    paper_id: PaperId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await PAPERS.history(db, actor, paper_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
