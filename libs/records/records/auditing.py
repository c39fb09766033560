"""The event log as the audit administrator reads it: who did what, to whom, when; alike in every service.

Events are in the order of their ids, newest first, so that the lists of several services can be merged into one.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from pydantic import Field
from sqlalchemy import Select, Text, cast, null, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor, CurrentActor
from kit.database import Db
from kit.domains import Domain
from kit.edge import Instant, Schema
from kit.events.log import event_log
from kit.paging import Page
from kit.routing import plain_router
from records.events import described
from records.files import FILE_ANSWER, Export, ExportTo
from records.listing import Listing, Where, at_least, at_most, equals, query_of, slice_of

LOG = event_log.c
DATA = cast(LOG.data, Text)
TypeName = Annotated[str, Field(max_length=100)]


class EventRead(Schema):
    """Ids are text here, so that they are in the exported file too: what they name may be of any kind."""

    id: UUID = Field(title="事件编号")
    time: Instant = Field(title="时间")
    type: str = Field(title="事件类型")
    title: str = Field(title="事件")
    account: str | None = Field(title="办理账号编号", description="系统自动办理的为空")
    account_name: str | None = Field(title="办理账号", description="只有登记服务知道账号名称")
    subject: str = Field(title="对象编号")
    data: str = Field(title="内容(JSON)")


class EventListing(Listing, sortable=(LOG.time,), order=(LOG.id.desc(),)):
    account: Annotated[UUID | None, equals(LOG.actor)] = Field(default=None, title="办理账号编号")
    type: Annotated[list[TypeName], equals(LOG.type), Field(max_length=50)] = Field(default=[], title="事件类型")
    about: Annotated[
        UUID | None, Where(lambda one: or_(one == LOG.subject, DATA.contains(str(one), autoescape=True)))
    ] = Field(default=None, title="涉及的编号", description="对象本身,或内容里提到的人、组织等")
    since: Annotated[Instant | None, at_least(LOG.time)] = Field(default=None, title="起(含)")
    until: Annotated[Instant | None, at_most(LOG.time)] = Field(default=None, title="止(含)")
    before: Annotated[UUID | None, Where(lambda one: one > LOG.id)] = Field(
        default=None, title="早于此编号的事件", description="合并几个服务的列表时用来翻页"
    )


@cache
def _titles(service: str) -> dict[str, str]:
    return {kind: schema["title"] for kind, schema in described(service).items()}


def _events(actor: Actor, account_name: Any) -> Select[Any]:
    """Those of one's organisations; what happened nowhere in the tree is for who audits the whole installation."""
    return select(
        LOG.id,
        LOG.time,
        LOG.type,
        cast(LOG.actor, Text).label("account"),
        account_name.label("account_name"),
        cast(LOG.subject, Text).label("subject"),
        DATA.label("data"),
    ).where(actor.reaches(LOG.path))


def _shown(service: str, rows: Iterable[Any]) -> Iterator[dict[str, Any]]:
    titles = _titles(service)
    return ({**row._mapping, "title": titles.get(row.type, row.type)} for row in rows)


def audit_domain(service: str, *, account_name: Any = None) -> Domain:
    """`account_name` is the column of the name beside `event_log.actor`, where the service knows it."""
    named = cast(null(), Text) if account_name is None else account_name
    return Domain(routers=[_router(service, named)])


def _router(service: str, account_name: Any) -> APIRouter:
    router = plain_router(f"/api/v1/{service}/events", ["审计"])
    wanted_of = Depends(query_of(EventListing))

    @router.get("", summary="审计日志:谁、何时、对谁、做了什么")
    async def list_events(wanted: Annotated[EventListing, wanted_of], db: Db, actor: CurrentActor) -> Page[EventRead]:
        return await _page(db, _events(actor, account_name), wanted, service)

    @router.get("/export", summary="导出审计日志", response_class=Response, responses=FILE_ANSWER)
    async def export_events(wanted: Annotated[EventListing, wanted_of], to: ExportTo) -> Response:
        return await _file(_events(to.actor, account_name), wanted, to, service)

    return router


async def _page(db: AsyncSession, query: Select[Any], wanted: EventListing, service: str) -> Page[EventRead]:
    found = await slice_of(db, query, wanted)
    items = [EventRead.model_construct(**row) for row in _shown(service, found.rows)]
    return Page[EventRead].model_construct(items=items, next=found.next, total=found.total)


async def _file(query: Select[Any], wanted: EventListing, to: Export, service: str) -> Response:
    return await to.file("审计日志", EventRead, _shown(service, await to.select(wanted.ordered(query))))
