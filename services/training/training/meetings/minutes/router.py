from typing import Any
from uuid import UUID

from fastapi import Response

from kit.clock import Now
from kit.database import Db
from kit.etags import etag_of
from kit.routing import business_router
from training.actors import Caller
from training.meetings.minutes import service
from training.meetings.minutes.schemas import AddendumWrite, MinutesRead, MinutesWrite
from training.meetings.versions import GivenVersion

router = business_router("/api/v1/training", ["会议记录"])


def tagged(response: Response, minutes: dict[str, Any]) -> dict[str, Any]:
    if minutes["version"]:
        response.headers["ETag"] = etag_of(minutes["version"])
    return minutes


@router.get("/meetings/{meeting_id}/minutes", summary="查看会议记录", response_model=MinutesRead)
async def read_minutes(meeting_id: UUID, db: Db, actor: Caller, response: Response) -> Any:
    return tagged(response, await service.read_minutes(db, meeting_id, actor=actor))


@router.put("/meetings/{meeting_id}/minutes", summary="填写会议记录(审定或确认前)", response_model=MinutesRead)
async def write_minutes(
    meeting_id: UUID, body: MinutesWrite, version: GivenVersion, db: Db, actor: Caller, response: Response
) -> Any:
    written = await service.write_minutes(db, meeting_id, body.text, expected_version=version, actor=actor)
    return tagged(response, written)


@router.post("/meetings/{meeting_id}/minutes/approval", summary="审定会议记录", response_model=MinutesRead)
async def approve_minutes(meeting_id: UUID, db: Db, actor: Caller, now: Now, response: Response) -> Any:
    return tagged(response, await service.approve_minutes(db, meeting_id, actor=actor, now=now))


@router.post(
    "/meetings/{meeting_id}/minutes/addenda", summary="补充更正会议记录", status_code=201, response_model=MinutesRead
)
async def add_minutes_addendum(
    meeting_id: UUID, body: AddendumWrite, db: Db, actor: Caller, now: Now, response: Response
) -> Any:
    return tagged(response, await service.add_addendum(db, meeting_id, body.text, actor=actor, now=now))
