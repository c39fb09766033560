from typing import Any

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.paging import Page, PageOf, paginate
from kit.routing import business_router
from training.actors import Caller
from training.reference.policies import queries, service
from training.reference.policies.models import MeetingKindRule, StudyHourRequirement, TrainingLimit
from training.reference.policies.schemas import (
    KindRuleRead,
    KindRuleSet,
    LimitRead,
    LimitSet,
    RequirementRead,
    RequirementSet,
)

router = business_router("/api/v1/training", ["规定"])


@router.get("/study-hour-requirements", summary="查看学时规定(按生效日期)", response_model=Page[RequirementRead])
async def list_study_hour_requirements(db: Db, actor: CurrentActor, page: PageOf) -> Any:
    query = queries.visible_to(actor, StudyHourRequirement)
    order = (StudyHourRequirement.effective_from.desc(), StudyHourRequirement.id)
    return await paginate(db, query.order_by(*order), page)


@router.post("/study-hour-requirements", summary="设定学时规定", status_code=201, response_model=RequirementRead)
async def set_study_hour_requirement(body: RequirementSet, db: Db, actor: Caller, today: Today) -> Any:
    return await service.set_requirement(db, body, actor=actor, today=today)


@router.get("/training-limits", summary="查看折算与期限规定", response_model=Page[LimitRead])
async def list_training_limits(db: Db, actor: CurrentActor, page: PageOf) -> Any:
    query = queries.visible_to(actor, TrainingLimit)
    return await paginate(db, query.order_by(TrainingLimit.effective_from.desc(), TrainingLimit.id), page)


@router.post("/training-limits", summary="设定折算与期限规定", status_code=201, response_model=LimitRead)
async def set_training_limits(body: LimitSet, db: Db, actor: Caller, today: Today) -> Any:
    return await service.set_limits(db, body, actor=actor, today=today)


@router.get("/meeting-kind-rules", summary="查看各类会议的频次、学时和补课规定", response_model=Page[KindRuleRead])
async def list_meeting_kind_rules(db: Db, actor: CurrentActor, page: PageOf) -> Any:
    query = queries.visible_to(actor, MeetingKindRule)
    return await paginate(db, query.order_by(MeetingKindRule.effective_from.desc(), MeetingKindRule.id), page)


@router.post("/meeting-kind-rules", summary="设定某类会议的规定", status_code=201, response_model=KindRuleRead)
async def set_meeting_kind_rule(body: KindRuleSet, db: Db, actor: Caller, today: Today) -> Any:
    return await service.set_kind_rule(db, body, actor=actor, today=today)
