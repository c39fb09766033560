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
from scoring.contests.contests import models, service
from scoring.contests.contests.schemas import ContestCreate, ContestFigures, ContestId, ContestListing, ContestRead
from scoring.contests.contests.service import CONTESTS

router = business_router("/api/v1/scoring", ["三亮三比三评"])
Wanted = Annotated[ContestListing, Depends(query_of(ContestListing))]


@router.get("/contests", summary="三亮三比三评列表")
async def list_contests(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[ContestRead]:
    return await CONTESTS.page(db, actor, wanted)


@router.get("/contests/export", summary="导出三亮三比三评", response_class=Response, responses=FILE_ANSWER)
async def export_contests(wanted: Wanted, to: ExportTo) -> Response:
    return await CONTESTS.export(wanted, to)


@router.get("/contests/{contest_id}", summary="三亮三比三评详情")
async def read_contest(contest_id: ContestId, db: Db, actor: CurrentActor, response: Response) -> ContestRead:
    return await CONTESTS.show(db, actor, contest_id, response)


@router.post("/contests", summary="登记一次三亮三比三评", status_code=status.HTTP_201_CREATED)
async def create_contest(
    body: ContestCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> ContestRead:
    return await CONTESTS.answer(db, await service.record(db, body, today=today, actor=actor), response)


@router.post("/contests/{contest_id}/void", summary="作废录入有误的三亮三比三评(视为从未有过,记录保留)")
async def void_contest(
    *, contest_id: ContestId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> ContestRead:
    contest = await CONTESTS.require(db, actor, contest_id, if_match=if_match)
    return await CONTESTS.answer(db, await service.void(db, contest, body.reason, actor=actor), response)


@router.get("/contests/{contest_id}/history", summary="三亮三比三评的变更历史")
async def read_contest_history(contest_id: ContestId, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await CONTESTS.history(db, actor, contest_id, page)


@router.get("/contest-figures", summary="三亮三比三评、岗位与项目统计")
async def read_contest_figures(
    db: Db,
    actor: CurrentActor,
    today: Today,
    year: Annotated[int | None, Query(ge=2000, le=2099, title="年度", description="默认本年度")] = None,
) -> ContestFigures:
    return await service.figures(db, actor, year=year or today.year, day=today)


DOMAIN = Domain(routers=[router], tables=models)
