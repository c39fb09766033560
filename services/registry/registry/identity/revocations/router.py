import math
from datetime import datetime
from typing import Annotated

from fastapi import Query, Request

from kit.calendar import real_now
from kit.database import Db
from kit.domains import Domain
from kit.problems import BadRequest
from kit.routing import plain_router
from registry.identity.revocations import models, queries
from registry.identity.revocations.following import follow
from registry.identity.revocations.models import Revocation
from registry.identity.revocations.schemas import RevocationPage, RevocationRead
from registry.identity.revocations.service import forget_revocations

router = plain_router("/internal/v1/revocations", ["内部接口"])


class InvalidSince(BadRequest):
    code = "invalid-since"
    detail = "起点应为上次返回的 next"


@router.get("", summary="读取已撤销的登录和账号", response_model=RevocationPage)
async def list_revocations(
    request: Request, db: Db, since: Annotated[str, Query(max_length=40)] = ""
) -> RevocationPage:
    moment = real_now()
    start = _instant(since) if since else moment - request.app.state.settings.access_token_lifetime
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


DOMAIN = Domain(routers=[router], tables=models, run=follow, forget=forget_revocations)
