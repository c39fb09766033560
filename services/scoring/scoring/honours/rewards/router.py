from typing import Annotated
from uuid import UUID

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
from scoring.honours.rewards import models, service
from scoring.honours.rewards.schemas import RewardGrant, RewardId, RewardListing, RewardRead, RewardStatement
from scoring.honours.rewards.service import REWARDS, RewardAlreadyGranted

router = business_router("/api/v1/scoring", ["分类定级与奖励"])
Wanted = Annotated[RewardListing, Depends(query_of(RewardListing))]


@router.get("/rewards", summary="星级奖励名单")
async def list_rewards(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[RewardRead]:
    return await REWARDS.page(db, actor, wanted)


@router.get("/rewards/export", summary="导出星级奖励名单", response_class=Response, responses=FILE_ANSWER)
async def export_rewards(wanted: Wanted, to: ExportTo) -> Response:
    return await REWARDS.export(wanted, to)


@router.get("/rewards/{reward_id}", summary="一项星级奖励")
async def read_reward(reward_id: RewardId, db: Db, actor: CurrentActor, response: Response) -> RewardRead:
    return await REWARDS.show(db, actor, reward_id, response)


@router.post("/rewards", summary="按星级名单奖励(空为全部尚未奖励的)", status_code=status.HTTP_201_CREATED)
async def grant_rewards(body: RewardGrant, db: Db, actor: CurrentActor, today: Today) -> RewardStatement:
    return await service.grant(db, body, today=today, actor=actor)


@router.post("/rewards/{reward_id}/void", summary="作废一项奖励(星级已变或登记有误,记录保留)")
async def void_reward(
    *, reward_id: RewardId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> RewardRead:
    reward = await REWARDS.require(db, actor, reward_id, if_match=if_match)
    return await REWARDS.answer(db, await service.void(db, reward, body.reason, actor=actor), response)


@router.get("/rewards/{reward_id}/history", summary="一项奖励的变更历史")
async def read_reward_history(reward_id: RewardId, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await REWARDS.history(db, actor, reward_id, page)


@router.get("/reward-statement", summary="分类定级合计,奖励名单与星级名单核对")
async def read_reward_statement(
    db: Db, actor: CurrentActor, today: Today, cycle_id: Annotated[UUID, Query(title="评议年度编号")]
) -> RewardStatement:
    return await service.statement(db, actor, cycle_id, today=today)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors={"uq_rewards_subject_id": RewardAlreadyGranted})
