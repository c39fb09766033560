"""Who read one's own data: the event log, as far as it is about the one who asks."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Response
from pydantic import Field
from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from kit.edge import Instant, LabelledEnum, Schema
from kit.events.log import event_log
from kit.paging import Page
from records.events import export_of
from records.files import Export
from records.listing import Listing, at_least, at_most, slice_of
from registry.identity.accounts.queries import name_of, person_name_of
from registry.members.members.events import MemberDisclosed
from registry.members.members.models import Member
from registry.tree.organizations.models import PartyOrganization

LOG = event_log.c
LISTS_OF_PEOPLE = ("export_members", "export_id_number_corrections")
EXPORTED = export_of("registry").type


class ReadingKind(LabelledEnum):
    DISCLOSED = "disclosed", "查看个人信息明文"
    EXPORTED = "exported", "导出党员名单(范围含本人所在组织)"


class ReadingRead(Schema):
    id: UUID = Field(title="事件编号")
    time: datetime = Field(title="时间")
    kind: ReadingKind = Field(title="方式")
    account_name: str | None = Field(title="查看的账号")
    person_name: str | None = Field(title="查看人")
    purpose: str | None = Field(title="目的", description="导出时没有")
    fields: list[str] | None = Field(title="查看的内容", description="导出时没有")


class ReadingListing(Listing, sortable=(LOG.time,), order=(LOG.id.desc(),)):
    since: Annotated[Instant | None, at_least(LOG.time)] = Field(default=None, title="起(含)")
    until: Annotated[Instant | None, at_most(LOG.time)] = Field(default=None, title="止(含)")


def _about(actor: Actor) -> ColumnElement[bool]:
    """Disclosures of one's own data, and exports of people over a place that holds one's organisation."""
    place = select(PartyOrganization.path).join(Member, Member.organization_id == PartyOrganization.id)
    path = place.where(Member.id == actor.person).scalar_subquery()
    root = select(Member.root_id).where(Member.id == actor.person).scalar_subquery()
    covering = and_(
        or_(LOG.root_id.is_(None), LOG.root_id == root), or_(LOG.path.is_(None), func.starts_with(path, LOG.path))
    )
    exported = and_(LOG.type == EXPORTED, LOG.data["operation"].astext.in_(LISTS_OF_PEOPLE), covering)
    return or_(and_(LOG.type == MemberDisclosed.type, LOG.subject == actor.person), exported)


def _readings(actor: Actor) -> Select[Any]:
    return select(
        LOG.id,
        LOG.time,
        LOG.type.label("kind"),
        name_of(LOG.actor).label("account_name"),
        person_name_of(LOG.actor).label("person_name"),
        LOG.data["purpose"].astext.label("purpose"),
        LOG.data["fields"].label("fields"),
    ).where(_about(actor))


def _shown(row: Row[Any]) -> dict[str, Any]:
    return {**row._mapping, "kind": ReadingKind.EXPORTED if row.kind == EXPORTED else ReadingKind.DISCLOSED}


async def page(db: AsyncSession, wanted: ReadingListing, *, actor: Actor) -> Page[ReadingRead]:
    found = await slice_of(db, _readings(actor), wanted)
    items = [ReadingRead.model_construct(**_shown(row)) for row in found.rows]
    return Page[ReadingRead].model_construct(items=items, next=found.next, total=found.total)


async def export(wanted: ReadingListing, to: Export) -> Response:
    rows = await to.select(wanted.ordered(_readings(to.actor)))
    return await to.file("谁查看过我的信息", ReadingRead, map(_shown, rows))
