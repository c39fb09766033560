from typing import Annotated

from fastapi import Depends, Response

from kit.access import CurrentActor
from kit.clock import Now
from kit.database import Db
from kit.domains import Domain
from kit.paging import Page
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.listing import query_of
from training.reference.policies import models, service
from training.reference.policies.schemas import (
    KindRuleListing,
    KindRuleRead,
    KindRuleSet,
    LimitListing,
    LimitRead,
    LimitSet,
    RequirementListing,
    RequirementRead,
    RequirementSet,
)
from training.reference.policies.service import KIND_RULES, LIMITS, REQUIREMENTS, PolicyAlreadySet

router = business_router("/api/v1/training", ["规定"])
WantedRequirements = Annotated[RequirementListing, Depends(query_of(RequirementListing))]
WantedLimits = Annotated[LimitListing, Depends(query_of(LimitListing))]
WantedKindRules = Annotated[KindRuleListing, Depends(query_of(KindRuleListing))]


@router.get("/study-hour-requirements", summary="查看学时规定(按生效日期)")
async def list_study_hour_requirements(
    wanted: WantedRequirements, db: Db, actor: CurrentActor
) -> Page[RequirementRead]:
    return await REQUIREMENTS.page(db, actor, wanted)


@router.get(
    "/study-hour-requirements/export",
    summary="导出学时规定(按生效日期)",
    response_class=Response,
    responses=FILE_ANSWER,
)
async def export_study_hour_requirements(wanted: WantedRequirements, to: ExportTo) -> Response:
    return await REQUIREMENTS.export(wanted, to)


@router.post("/study-hour-requirements", summary="设定学时规定", status_code=201)
async def set_study_hour_requirement(
    body: RequirementSet, db: Db, actor: CurrentActor, now: Now, response: Response
) -> RequirementRead:
    return await REQUIREMENTS.answer(db, await service.set_requirement(db, body, actor=actor, now=now), response)


@router.get("/training-limits", summary="查看折算与期限规定")
async def list_training_limits(wanted: WantedLimits, db: Db, actor: CurrentActor) -> Page[LimitRead]:
    return await LIMITS.page(db, actor, wanted)


@router.get("/training-limits/export", summary="导出折算与期限规定", response_class=Response, responses=FILE_ANSWER)
async def export_training_limits(wanted: WantedLimits, to: ExportTo) -> Response:
    return await LIMITS.export(wanted, to)


@router.post("/training-limits", summary="设定折算与期限规定", status_code=201)
async def set_training_limits(body: LimitSet, db: Db, actor: CurrentActor, now: Now, response: Response) -> LimitRead:
    return await LIMITS.answer(db, await service.set_limits(db, body, actor=actor, now=now), response)


@router.get("/meeting-kind-rules", summary="查看各类会议的频次、学时和补课规定")
async def list_meeting_kind_rules(wanted: WantedKindRules, db: Db, actor: CurrentActor) -> Page[KindRuleRead]:
    return await KIND_RULES.page(db, actor, wanted)


@router.get(
    "/meeting-kind-rules/export",
    summary="导出各类会议的频次、学时和补课规定",
    response_class=Response,
    responses=FILE_ANSWER,
)
async def export_meeting_kind_rules(wanted: WantedKindRules, to: ExportTo) -> Response:
    return await KIND_RULES.export(wanted, to)


@router.post("/meeting-kind-rules", summary="设定某类会议的规定", status_code=201)
async def set_meeting_kind_rule(
    body: KindRuleSet, db: Db, actor: CurrentActor, now: Now, response: Response
) -> KindRuleRead:
    return await KIND_RULES.answer(db, await service.set_kind_rule(db, body, actor=actor, now=now), response)


DOMAIN = Domain(
    routers=[router],
    tables=models,
    constraint_errors={
        "uq_study_hour_requirements_root_id_group_effective_from": PolicyAlreadySet,
        "uq_training_limits_root_id_effective_from": PolicyAlreadySet,
        "uq_meeting_kind_rules_root_id_kind_effective_from": PolicyAlreadySet,
    },
)
