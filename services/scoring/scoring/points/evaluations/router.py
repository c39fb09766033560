from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from sqlalchemy.ext.asyncio import AsyncSession

from kit.clock import Now, Today
from kit.database import Db
from kit.etags import IfMatch, tag
from kit.paging import Page, PageOf, paginate
from kit.routing import business_router
from scoring.points.claims.queries import taken_up_by
from scoring.points.claims.schemas import ClaimRead
from scoring.points.evaluations import queries, service
from scoring.points.evaluations.models import EvaluationState, MonthlyEvaluation
from scoring.points.evaluations.schemas import (
    DecisionsWrite,
    EvaluationDetail,
    EvaluationOpen,
    EvaluationRead,
    GradesWrite,
    MemberGrade,
    Month,
    StepRead,
)
from scoring.reference.projections.viewers import Viewer

router = business_router("/api/v1/scoring/monthly-evaluations", ["一月一评价"])


@router.get("", summary="查询月度评价", response_model=Page[EvaluationRead])
async def list_monthly_evaluations(
    db: Db,
    actor: Viewer,
    page: PageOf,
    organization_id: Annotated[UUID | None, Query(description="党组织")] = None,
    month: Annotated[Month | None, Query()] = None,
    state: Annotated[EvaluationState | None, Query(description="状态")] = None,
) -> object:
    query = queries.visible_to(actor).order_by(MonthlyEvaluation.month.desc(), MonthlyEvaluation.id)
    if organization_id is not None:
        query = query.where(MonthlyEvaluation.organization_id == organization_id)
    if month is not None:
        query = query.where(MonthlyEvaluation.month == month)
    if state is not None:
        query = query.where(MonthlyEvaluation.state == state)
    return await paginate(db, query, page)


@router.post("", summary="开始一月一评价", status_code=201)
async def open_monthly_evaluation(
    db: Db, actor: Viewer, new: EvaluationOpen, today: Today, response: Response
) -> EvaluationDetail:
    evaluation = await service.open_evaluation(db, actor, new.organization_id, month=new.month, today=today)
    return await _detail(db, evaluation, response)


@router.get("/{evaluation_id}", summary="查看月度评价")
async def show_monthly_evaluation(db: Db, actor: Viewer, evaluation_id: UUID, response: Response) -> EvaluationDetail:
    return await _detail(db, await service.find(db, actor, evaluation_id), response)


@router.put("/{evaluation_id}/decisions", summary="逐项决定积分申报")
async def decide_claims(
    db: Db, actor: Viewer, evaluation_id: UUID, change: DecisionsWrite, if_match: IfMatch, response: Response
) -> EvaluationDetail:
    evaluation = await service.decide(db, actor, evaluation_id, decisions=change.decisions, expected=if_match)
    return await _detail(db, evaluation, response)


@router.put("/{evaluation_id}/grades", summary="评价党员当月表现")
async def grade_members(
    db: Db, actor: Viewer, evaluation_id: UUID, change: GradesWrite, if_match: IfMatch, response: Response
) -> EvaluationDetail:
    evaluation = await service.grade(db, actor, evaluation_id, grades=change.grades, expected=if_match)
    return await _detail(db, evaluation, response)


@router.post("/{evaluation_id}/confirmation", summary="确认月度评价,积分入账")
async def confirm_monthly_evaluation(
    db: Db, actor: Viewer, evaluation_id: UUID, if_match: IfMatch, now: Now, response: Response
) -> EvaluationDetail:
    evaluation = await service.confirm(db, actor, evaluation_id, expected=if_match, now=now)
    return await _detail(db, evaluation, response)


@router.get("/{evaluation_id}/history", summary="查看月度评价的经过", response_model=list[StepRead])
async def show_monthly_evaluation_history(db: Db, actor: Viewer, evaluation_id: UUID) -> object:
    evaluation = await service.find(db, actor, evaluation_id)
    return await queries.history_of(db, evaluation.id)


async def _detail(db: AsyncSession, evaluation: MonthlyEvaluation, response: Response) -> EvaluationDetail:
    tag(response, evaluation)
    taken_up = await taken_up_by(db, evaluation.id)
    is_open = evaluation.state is EvaluationState.OPEN
    return EvaluationDetail(
        **EvaluationRead.model_validate(evaluation).model_dump(),
        due_at=service.due_on(evaluation.month),
        claims=[ClaimRead.model_validate(claim) for claim in taken_up],
        grades=[MemberGrade.model_validate(one) for one in await queries.grades_of(db, evaluation.id)],
        permissions={
            "may_decide": is_open,
            "may_grade": is_open,
            "may_confirm": is_open and all(claim.decision is not None for claim in taken_up),
        },
        links={"history": f"/api/v1/scoring/monthly-evaluations/{evaluation.id}/history"},
    )
