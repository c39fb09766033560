import math
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Query, Request

from kit.calendar import real_now
from kit.database import Db
from kit.problems import BadRequest
from kit.routing import plain_router
from registry.identity.revocations import queries
from registry.identity.revocations.models import Revocation
from registry.identity.revocations.schemas import RevocationPage, RevocationRead

OVERLAP = timedelta(seconds=15)

router = plain_router("/internal/v1/revocations", ["内部接口"])


class InvalidSince(BadRequest):
    code = "invalid-since"
    detail = "起点应为上次返回的 next"


@router.get("", summary="读取已撤销的登录和账号", response_model=RevocationPage)
async def list_revocations(
    request: Request, db: Db, since: Annotated[str, Query(max_length=40)] = ""
) -> RevocationPage:
    """Answers overlap by some seconds, so that a revocation of a slower transaction is not missed."""
    moment = real_now()
    start = _instant(since) - OVERLAP if since else moment - request.app.state.settings.access_token_lifetime - OVERLAP
    rows = await queries.recorded_since(db, start)
    return RevocationPage(items=[_read(row) for row in rows], next=moment.isoformat())


def _instant(since: str) -> datetime:
    try:
        moment = datetime.fromisoformat(since)
    except ValueError as error:
        raise InvalidSince from error
    if moment.tzinfo is None or not 2000 <= moment.year <= 2100:  # noqa: PLR2004 - years, and their names are themselves
        raise InvalidSince
    return moment


def _read(row: Revocation) -> RevocationRead:
    return RevocationRead(
        login_id=row.login_id,
        subject=row.subject,
        revoked_at=row.revoked_at,
        revoked_at_epoch=math.floor(row.revoked_at.timestamp()),
    )
