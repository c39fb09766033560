from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from kit.access import CurrentActor
from kit.clock import Now
from kit.database import Db
from kit.domains import Domain
from kit.paging import Page
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.listing import query_of
from training.meetings.minutes_readings import models, service
from training.meetings.minutes_readings.schemas import MinutesReadingListing, MinutesReadingRead
from training.meetings.minutes_readings.service import MINUTES_READINGS

router = business_router("/api/v1/training", ["会议记录"])
Wanted = Annotated[MinutesReadingListing, Depends(query_of(MinutesReadingListing))]


@router.get("/minutes-readings", summary="缺席人员签阅会议记录的情况")
async def list_minutes_readings(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[MinutesReadingRead]:
    return await MINUTES_READINGS.page(db, actor, wanted)


@router.get("/minutes-readings/export", summary="导出会议记录签阅情况", response_class=Response, responses=FILE_ANSWER)
async def export_minutes_readings(wanted: Wanted, to: ExportTo) -> Response:
    return await MINUTES_READINGS.export(wanted, to)


@router.post("/meetings/{meeting_id}/minutes/readings", summary="缺席人员签阅会议记录(不算到会)", status_code=201)
async def sign_minutes(
    meeting_id: UUID, db: Db, actor: CurrentActor, now: Now, response: Response
) -> MinutesReadingRead:
    return await MINUTES_READINGS.answer(db, await service.sign(db, meeting_id, actor=actor, now=now), response)


DOMAIN = Domain(routers=[router], tables=models)
