from functools import cache
from typing import Annotated

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import business_router, plain_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from records.registers import Register
from registry.members.members import models, service
from registry.members.members.models import Member
from registry.members.members.schemas import (
    DisclosureCreate,
    DisclosureRead,
    MemberCorrect,
    MemberCreate,
    MemberId,
    MemberListing,
    MemberRead,
)
from registry.members.members.service import CONSTRAINT_ERRORS, MEMBERS
from registry.seals import CurrentSeals, Seals

router = business_router("/api/v1/registry/members", ["党员"])
disclosures = plain_router("/api/v1/registry/members", ["党员"])
Wanted = Annotated[MemberListing, Depends(query_of(MemberListing))]


@cache
def masked(seals: Seals) -> Register[Member, MemberRead]:
    return MEMBERS.shown_as(MemberRead, readable=seals.masked)


async def _masked(seals: CurrentSeals) -> Register[Member, MemberRead]:
    return masked(seals)


Members = Annotated[Register[Member, MemberRead], Depends(_masked)]


@router.get("", summary="党员列表")
async def list_members(wanted: Wanted, db: Db, actor: CurrentActor, members: Members) -> Page[MemberRead]:
    return await members.page(db, actor, wanted)


@router.get("/export", summary="导出党员(部分隐藏)", response_class=Response, responses=FILE_ANSWER)
async def export_members(wanted: Wanted, members: Members, to: ExportTo) -> Response:
    return await members.export(wanted, to)


@router.post("", summary="登记党员", status_code=status.HTTP_201_CREATED)
async def create_member(
    *,
    body: MemberCreate,
    db: Db,
    actor: CurrentActor,
    today: Today,
    seals: CurrentSeals,
    members: Members,
    response: Response,
) -> MemberRead:
    made = await service.create_member(db, body, actor=actor, today=today, seals=seals)
    return await members.answer(db, made, response)


@router.get("/{member_id}", summary="党员详情(部分隐藏)")
async def read_member(
    member_id: MemberId, db: Db, actor: CurrentActor, members: Members, response: Response
) -> MemberRead:
    return await members.show(db, actor, member_id, response)


@router.patch("/{member_id}", summary="更正党员")
async def correct_member(
    *,
    member_id: MemberId,
    body: MemberCorrect,
    db: Db,
    actor: CurrentActor,
    today: Today,
    seals: CurrentSeals,
    members: Members,
    if_match: IfMatch,
    response: Response,
) -> MemberRead:
    changed = await service.correct_member(
        db, member_id, body, if_match=if_match, actor=actor, today=today, seals=seals
    )
    return await members.answer(db, changed, response)


@router.get("/{member_id}/history", summary="党员信息的变更历史(部分隐藏)")
async def read_member_history(
    *, member_id: MemberId, page: PageOf, db: Db, actor: CurrentActor, seals: CurrentSeals
) -> Page[ChangeRead]:
    return await MEMBERS.history(db, actor, member_id, page, opened=seals.shown)


@disclosures.post("/{member_id}/disclosures", summary="查看完整个人信息(须说明目的,记入审计)")
async def disclose_member(
    *,
    member_id: MemberId,
    body: DisclosureCreate,
    db: Db,
    actor: CurrentActor,
    seals: CurrentSeals,
    response: Response,
) -> DisclosureRead:
    """No Idempotency-Key: a kept answer would be a clear copy of what is sealed."""
    response.headers["Cache-Control"] = "no-store"
    return await service.disclose(db, member_id, body, actor=actor, seals=seals)


DOMAIN = Domain(routers=[router, disclosures], tables=models, constraint_errors=CONSTRAINT_ERRORS)
