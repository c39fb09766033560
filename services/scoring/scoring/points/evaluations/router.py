from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from kit.access import CurrentActor
from kit.clock import Now, Today
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.paging import Page
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.listing import query_of
from scoring.points.evaluations import comments, confirmations, models, openings, queries, reopenings, service
from scoring.points.evaluations.access import EVALUATIONS
from scoring.points.evaluations.openings import EvaluationExists
from scoring.points.evaluations.schemas import (
    CommentWrite,
    DecisionsWrite,
    EvaluationConfirm,
    EvaluationDetail,
    EvaluationListing,
    EvaluationOpen,
    EvaluationRead,
    EvaluationReopen,
    ExtensionWrite,
    GradesWrite,
    StepRead,
)

router = business_router("/api/v1/scoring/monthly-evaluations", ["一月一评价"])
Wanted = Annotated[EvaluationListing, Depends(query_of(EvaluationListing))]


@router.get("", summary="查询月度评价")
async def list_monthly_evaluations(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[EvaluationRead]:
    return await EVALUATIONS.page(db, actor, wanted)


@router.get("/export", summary="导出月度评价", response_class=Response, responses=FILE_ANSWER)
async def export_monthly_evaluations(wanted: Wanted, to: ExportTo) -> Response:
    return await EVALUATIONS.export(wanted, to)


@router.post("", summary="开始一月一评价", status_code=201)
async def open_monthly_evaluation(
    db: Db, actor: CurrentActor, body: EvaluationOpen, now: Now, response: Response
) -> EvaluationDetail:
    evaluation = await openings.open_evaluation(db, actor, body, now=now)
    return await service.detail(db, actor, evaluation, response)


@router.get("/{evaluation_id}", summary="查看月度评价")
async def show_monthly_evaluation(
    db: Db, actor: CurrentActor, evaluation_id: UUID, response: Response
) -> EvaluationDetail:
    return await service.detail(db, actor, await EVALUATIONS.require(db, actor, evaluation_id), response)


@router.put("/{evaluation_id}/decisions", summary="逐项决定积分申报")
async def decide_claims(
    *,
    db: Db,
    actor: CurrentActor,
    evaluation_id: UUID,
    body: DecisionsWrite,
    if_match: IfMatch,
    today: Today,
    response: Response,
) -> EvaluationDetail:
    evaluation = await service.decide(
        db, actor, evaluation_id, decisions=body.decisions, expected=if_match, today=today
    )
    return await service.detail(db, actor, evaluation, response)


@router.put("/{evaluation_id}/grades", summary="评价党员当月表现")
async def grade_members(
    *,
    db: Db,
    actor: CurrentActor,
    evaluation_id: UUID,
    body: GradesWrite,
    if_match: IfMatch,
    today: Today,
    response: Response,
) -> EvaluationDetail:
    evaluation = await service.grade(db, actor, evaluation_id, grades=body.grades, expected=if_match, today=today)
    return await service.detail(db, actor, evaluation, response)


@router.post("/{evaluation_id}/extension", summary="延长月度评价的期限(上级党组织)", status_code=201)
async def extend_monthly_evaluation(
    *,
    db: Db,
    actor: CurrentActor,
    evaluation_id: UUID,
    body: ExtensionWrite,
    if_match: IfMatch,
    today: Today,
    response: Response,
) -> EvaluationDetail:
    evaluation = await openings.extend(db, actor, evaluation_id, body, expected=if_match, today=today)
    return await service.detail(db, actor, evaluation, response)


@router.post("/{evaluation_id}/confirmation", summary="确认月度评价,积分入账(之后只有上级能重新打开)")
async def confirm_monthly_evaluation(
    *,
    db: Db,
    actor: CurrentActor,
    evaluation_id: UUID,
    body: EvaluationConfirm,
    if_match: IfMatch,
    now: Now,
    response: Response,
) -> EvaluationDetail:
    evaluation = await confirmations.confirm(db, actor, evaluation_id, body, expected=if_match, now=now)
    return await service.detail(db, actor, evaluation, response)


@router.post("/{evaluation_id}/reopening", summary="重新打开已确认的月度评价(上级党组织)", status_code=201)
async def reopen_monthly_evaluation(
    *,
    db: Db,
    actor: CurrentActor,
    evaluation_id: UUID,
    body: EvaluationReopen,
    if_match: IfMatch,
    today: Today,
    response: Response,
) -> EvaluationDetail:
    evaluation = await reopenings.reopen(db, actor, evaluation_id, body.reason, expected=if_match, today=today)
    return await service.detail(db, actor, evaluation, response)


@router.post("/{evaluation_id}/comment", summary="点评支部的月度工作(上级党组织)", status_code=201)
async def comment_monthly_evaluation(
    *,
    db: Db,
    actor: CurrentActor,
    evaluation_id: UUID,
    body: CommentWrite,
    if_match: IfMatch,
    today: Today,
    response: Response,
) -> EvaluationDetail:
    evaluation = await comments.comment(db, actor, evaluation_id, body.comment, expected=if_match, today=today)
    return await service.detail(db, actor, evaluation, response)


@router.get("/{evaluation_id}/history", summary="查看月度评价的经过")
async def show_monthly_evaluation_history(db: Db, actor: CurrentActor, evaluation_id: UUID) -> list[StepRead]:
    evaluation = await EVALUATIONS.require(db, actor, evaluation_id)
    return [StepRead.model_validate(one) for one in await queries.history_of(db, evaluation.id)]


DOMAIN = Domain(
    routers=[router],
    tables=models,
    constraint_errors={"uq_monthly_evaluations_organization_id_month": EvaluationExists},
)
