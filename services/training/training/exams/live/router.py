from typing import Annotated

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from records.voiding import VoidCreate
from training.exams.live import models, service
from training.exams.live.schemas import (
    LiveBuzzListing,
    LiveBuzzRead,
    LiveContestCreate,
    LiveContestListing,
    LiveContestRead,
    LiveId,
    LiveJudgement,
    LiveRoundListing,
    LiveRoundRead,
    LiveTeamListing,
    LiveTeamRead,
    RoundId,
)
from training.exams.live.service import BUZZES, CONSTRAINT_ERRORS, LIVE_CONTESTS, ROUNDS, TEAMS

router = business_router("/api/v1/training", ["现场竞赛"])
Wanted = Annotated[LiveContestListing, Depends(query_of(LiveContestListing))]
WantedTeams = Annotated[LiveTeamListing, Depends(query_of(LiveTeamListing))]
WantedRounds = Annotated[LiveRoundListing, Depends(query_of(LiveRoundListing))]
WantedBuzzes = Annotated[LiveBuzzListing, Depends(query_of(LiveBuzzListing))]


@router.get("/live-contests", summary="现场竞赛")
async def list_live_contests(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[LiveContestRead]:
    return await LIVE_CONTESTS.page(db, actor, wanted)


@router.get("/live-contests/export", summary="导出现场竞赛", response_class=Response, responses=FILE_ANSWER)
async def export_live_contests(wanted: Wanted, to: ExportTo) -> Response:
    return await LIVE_CONTESTS.export(wanted, to)


@router.get("/live-contests/{live_contest_id}", summary="现场竞赛详情")
async def read_live_contest(
    live_contest_id: LiveId, db: Db, actor: CurrentActor, response: Response
) -> LiveContestRead:
    return await LIVE_CONTESTS.show(db, actor, live_contest_id, response)


@router.post("/live-contests", summary="安排现场竞赛(抽题、分组)", status_code=status.HTTP_201_CREATED)
async def create_live_contest(
    body: LiveContestCreate, db: Db, actor: CurrentActor, response: Response
) -> LiveContestRead:
    return await LIVE_CONTESTS.answer(db, await service.plan(db, body, actor=actor), response)


@router.post("/live-contests/{live_contest_id}/rounds", summary="出下一题,开始抢答", status_code=201)
async def open_live_round(*, live_contest_id: LiveId, db: Db, actor: CurrentActor, response: Response) -> LiveRoundRead:
    contest = await LIVE_CONTESTS.require(db, actor, live_contest_id, lock=True)
    return await ROUNDS.answer(db, await service.open_round(db, contest, actor=actor), response)


@router.post("/live-contests/{live_contest_id}/finish", summary="结束现场竞赛", status_code=201)
async def finish_live_contest(
    *, live_contest_id: LiveId, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> LiveContestRead:
    contest = await LIVE_CONTESTS.require(db, actor, live_contest_id, if_match=if_match)
    return await LIVE_CONTESTS.answer(db, await service.finish(db, contest, actor=actor), response)


@router.post("/live-contests/{live_contest_id}/void", summary="作废误安排的现场竞赛(视为从未有过,记录保留)")
async def void_live_contest(
    *, live_contest_id: LiveId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> LiveContestRead:
    contest = await LIVE_CONTESTS.require(db, actor, live_contest_id, if_match=if_match)
    return await LIVE_CONTESTS.answer(db, await service.void(db, contest, body.reason, actor=actor), response)


@router.get("/live-contests/{live_contest_id}/history", summary="现场竞赛的变更历史")
async def read_live_contest_history(
    live_contest_id: LiveId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await LIVE_CONTESTS.history(db, actor, live_contest_id, page)


@router.get("/live-teams", summary="现场竞赛小组与得分")
async def list_live_teams(wanted: WantedTeams, db: Db, actor: CurrentActor) -> Page[LiveTeamRead]:
    return await TEAMS.page(db, actor, wanted)


@router.get("/live-teams/export", summary="导出现场竞赛小组与得分", response_class=Response, responses=FILE_ANSWER)
async def export_live_teams(wanted: WantedTeams, to: ExportTo) -> Response:
    return await TEAMS.export(wanted, to)


@router.get("/live-rounds", summary="抢答题")
async def list_live_rounds(wanted: WantedRounds, db: Db, actor: CurrentActor) -> Page[LiveRoundRead]:
    return await ROUNDS.page(db, actor, wanted)


@router.get("/live-rounds/export", summary="导出抢答题", response_class=Response, responses=FILE_ANSWER)
async def export_live_rounds(wanted: WantedRounds, to: ExportTo) -> Response:
    return await ROUNDS.export(wanted, to)


@router.get("/live-rounds/{live_round_id}", summary="抢答题详情(谁抢到)")
async def read_live_round(live_round_id: RoundId, db: Db, actor: CurrentActor, response: Response) -> LiveRoundRead:
    return await ROUNDS.show(db, actor, live_round_id, response)


@router.post("/live-rounds/{live_round_id}/buzzes", summary="抢答(以服务器收到的先后为准)", status_code=201)
async def buzz(live_round_id: RoundId, db: Db, actor: CurrentActor) -> LiveBuzzRead:
    asked = await ROUNDS.require(db, actor, live_round_id, lock=True)
    return await service.pressed(db, (await service.buzz(db, asked, actor=actor)).id)


@router.post("/live-rounds/{live_round_id}/judgement", summary="判定抢到的小组答对或答错", status_code=201)
async def judge_live_round(
    *, live_round_id: RoundId, body: LiveJudgement, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> LiveRoundRead:
    asked = await ROUNDS.require(db, actor, live_round_id, if_match=if_match)
    judged = await service.judge(db, asked, is_right=body.is_right, actor=actor)
    return await ROUNDS.answer(db, judged, response)


@router.post("/live-rounds/{live_round_id}/closure", summary="无人作答,结束本题", status_code=201)
async def close_live_round(
    *, live_round_id: RoundId, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> LiveRoundRead:
    asked = await ROUNDS.require(db, actor, live_round_id, if_match=if_match)
    return await ROUNDS.answer(db, await service.close_round(db, asked, actor=actor), response)


@router.get("/live-rounds/{live_round_id}/history", summary="抢答题的变更历史")
async def read_live_round_history(
    live_round_id: RoundId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await ROUNDS.history(db, actor, live_round_id, page)


@router.get("/live-buzzes", summary="抢答记录")
async def list_live_buzzes(wanted: WantedBuzzes, db: Db, actor: CurrentActor) -> Page[LiveBuzzRead]:
    return await BUZZES.page(db, actor, wanted)


@router.get("/live-buzzes/export", summary="导出抢答记录", response_class=Response, responses=FILE_ANSWER)
async def export_live_buzzes(wanted: WantedBuzzes, to: ExportTo) -> Response:
    return await BUZZES.export(wanted, to)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
