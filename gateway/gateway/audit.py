"""What happened in all services, as the audit administrator asks for it: one list, newest first."""

from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field

from gateway.composed import MISSING, Asker
from gateway.parts import MissingPart, Part, gather
from kit.edge import Instant, Schema
from kit.parameters import StrictRoute
from kit.problems import Forbidden

SERVICES = ("registry", "scoring", "training")
router = APIRouter(prefix="/api/v1/audit", tags=["审计"], route_class=StrictRoute)
TypeName = Annotated[str, Field(max_length=100)]


class AuditEvent(Schema):
    service: str = Field(title="所属服务")
    id: UUID = Field(title="事件编号")
    time: Instant = Field(title="时间")
    type: str = Field(title="事件类型")
    title: str = Field(title="事件")
    account: str | None = Field(title="办理账号编号", description="系统自动办理的为空")
    account_name: str | None = Field(title="办理账号", description="只有登记服务知道账号名称")
    subject: str = Field(title="对象编号")
    data: str = Field(title="内容(JSON)")


class AuditPage(Schema):
    items: list[AuditEvent] = Field(title="事件", description="按时间从新到旧")
    next: UUID | None = Field(title="下一页", description="作为 before 再查,为空表示没有更早的")
    missing: list[MissingPart] = MISSING


class AuditQuery(Schema):
    limit: Annotated[int, Field(ge=1, le=200)] = Field(default=50, title="每页条数")
    before: UUID | None = Field(default=None, title="上一页返回的 next")
    account: UUID | None = Field(default=None, title="办理账号编号(谁)")
    type: Annotated[list[TypeName], Field(max_length=50)] = Field(default=[], title="事件类型(什么)")
    about: UUID | None = Field(default=None, title="涉及的编号(对谁)")
    since: Instant | None = Field(default=None, title="起(含)")
    until: Instant | None = Field(default=None, title="止(含)")


@router.get("/events", summary="全部服务的审计日志")
async def list_audit_events(asker: Asker, wanted: Annotated[AuditQuery, Query()]) -> AuditPage:
    """Every service gives a page; what is newest among them is the page of all."""
    query = urlencode(wanted.model_dump(mode="json", exclude_none=True), doseq=True)
    parts = [Part(name, name, f"/api/v1/{name}/events?{query}") for name in SERVICES]
    gathered = await gather(parts, asker.upstreams, asker.headers, seconds=asker.seconds)
    if all(one.reason == Forbidden.code for one in gathered.missing) and not gathered.found:
        raise Forbidden
    return merged(gathered.found, gathered.missing, limit=wanted.limit)


def merged(pages: dict[str, Any], missing: list[MissingPart], *, limit: int) -> AuditPage:
    """Ids are ordered by time, so the newest of every page together are the newest of all."""
    found = [AuditEvent(service=name, **item) for name, page in pages.items() for item in page["items"]]
    found.sort(key=lambda one: one.id, reverse=True)
    has_more = len(found) > limit or any(page["next"] for page in pages.values())
    items = found[:limit]
    return AuditPage(items=items, next=items[-1].id if has_more and items else None, missing=missing)
