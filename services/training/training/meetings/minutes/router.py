from uuid import UUID

from fastapi import Response

from kit.access import CurrentActor
from kit.clock import Now
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch, IfMatchUnlessNew, tag
from kit.routing import business_router
from training.meetings.minutes import models, service
from training.meetings.minutes.schemas import AddendumWrite, MinutesRead, MinutesWrite
from training.meetings.versions import GivenVersion

router = business_router("/api/v1/training/meetings/{meeting_id}/minutes", ["会议记录"])


def tagged(response: Response, minutes: MinutesRead) -> MinutesRead:
    if minutes.version:
        tag(response, minutes)
    return minutes


@router.get("", summary="查看会议记录")
async def read_minutes(meeting_id: UUID, db: Db, actor: CurrentActor, response: Response) -> MinutesRead:
    return tagged(response, await service.read_minutes(db, meeting_id, actor=actor))


@router.put("", summary="填写会议记录(审定或确认前)")
async def write_minutes(
    meeting_id: UUID,
    body: MinutesWrite,
    version: GivenVersion,
    db: Db,
    actor: CurrentActor,
    now: Now,
    response: Response,
) -> MinutesRead:
    written = await service.write_minutes(db, meeting_id, body.text, expected_version=version, actor=actor, now=now)
    return tagged(response, written)


@router.post("/approval", summary="审定会议记录", status_code=201)
async def approve_minutes(
    meeting_id: UUID, version: IfMatch, db: Db, actor: CurrentActor, now: Now, response: Response
) -> MinutesRead:
    approved = await service.approve_minutes(db, meeting_id, expected_version=version, actor=actor, now=now)
    return tagged(response, approved)


@router.post("/addenda", summary="补充更正会议记录", status_code=201)
async def add_minutes_addendum(
    meeting_id: UUID,
    body: AddendumWrite,
    version: IfMatchUnlessNew,
    db: Db,
    actor: CurrentActor,
    now: Now,
    response: Response,
) -> MinutesRead:
    added = await service.add_addendum(db, meeting_id, body.text, expected_version=version, actor=actor, now=now)
    return tagged(response, added)


DOMAIN = Domain(routers=[router], tables=models)
