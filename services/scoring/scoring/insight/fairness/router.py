from uuid import UUID

from fastapi import Response

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from scoring.insight.fairness import service
from scoring.insight.fairness.schemas import FairnessRead

router = business_router("/api/v1/scoring/cycles/{cycle_id}/fairness", ["公平性报告"])


@router.get("", summary="公平性报告:按镇街、同类组别、规模比较得分;人数过少的不显示,差距大的提出问题")
async def read_fairness(cycle_id: UUID, db: Db, actor: CurrentActor, today: Today) -> FairnessRead:
    return await service.report(db, cycle_id, today=today, actor=actor)


@router.get("/export", summary="导出公平性报告", response_class=Response, responses=FILE_ANSWER)
async def export_fairness(cycle_id: UUID, to: ExportTo) -> Response:
    return await service.export(cycle_id, to)


DOMAIN = Domain(routers=[router])
