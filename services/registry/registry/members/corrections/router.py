from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from records.registers import Register
from records.voiding import VoidCreate
from registry.members.corrections import models, service
from registry.members.corrections.models import IdNumberCorrection
from registry.members.corrections.schemas import (
    CorrectionId,
    IdNumberCorrectionAsk,
    IdNumberCorrectionDecide,
    IdNumberCorrectionListing,
    IdNumberCorrectionRead,
)
from registry.members.corrections.service import CONSTRAINT_ERRORS, CORRECTIONS
from registry.members.members.models import Member
from registry.members.members.schemas import MemberId, MemberRead
from registry.members.members.service import MEMBERS
from registry.seals import CurrentSeals

router = business_router("/api/v1/registry", ["党员更正"])
Wanted = Annotated[IdNumberCorrectionListing, Depends(query_of(IdNumberCorrectionListing))]


async def _masked(seals: CurrentSeals) -> Register[IdNumberCorrection, IdNumberCorrectionRead]:
    numbers = ("old_id_number_masked", "new_id_number_masked")

    def masked(row: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**row, **{name: seals.masked_id_number(row[name]) for name in numbers}}

    return CORRECTIONS.shown_as(IdNumberCorrectionRead, readable=masked)


async def _masked_members(seals: CurrentSeals) -> Register[Member, MemberRead]:
    return MEMBERS.shown_as(MemberRead, readable=seals.masked)


Corrections = Annotated[Register[IdNumberCorrection, IdNumberCorrectionRead], Depends(_masked)]
Members = Annotated[Register[Member, MemberRead], Depends(_masked_members)]


@router.post(
    "/members/{member_id}/id-number-corrections",
    summary="申请更正公民身份号码(由上级党组织审批,If-Match 为党员的版本)",
    status_code=status.HTTP_201_CREATED,
)
async def ask_id_number_correction(
    *,
    member_id: MemberId,
    body: IdNumberCorrectionAsk,
    db: Db,
    actor: CurrentActor,
    today: Today,
    seals: CurrentSeals,
    corrections: Corrections,
    if_match: IfMatch,
    response: Response,
) -> IdNumberCorrectionRead:
    asked = await service.ask(db, member_id, body, if_match=if_match, actor=actor, today=today, seals=seals)
    return await corrections.answer(db, asked, response)


@router.get("/id-number-corrections", summary="公民身份号码更正申请列表")
async def list_id_number_corrections(
    wanted: Wanted, db: Db, actor: CurrentActor, corrections: Corrections
) -> Page[IdNumberCorrectionRead]:
    return await corrections.page(db, actor, wanted)


@router.get(
    "/id-number-corrections/export",
    summary="导出公民身份号码更正申请(部分隐藏)",
    response_class=Response,
    responses=FILE_ANSWER,
)
async def export_id_number_corrections(wanted: Wanted, corrections: Corrections, to: ExportTo) -> Response:
    return await corrections.export(wanted, to)


@router.get("/id-number-corrections/{correction_id}", summary="公民身份号码更正申请详情(部分隐藏)")
async def read_id_number_correction(
    correction_id: CorrectionId, db: Db, actor: CurrentActor, corrections: Corrections, response: Response
) -> IdNumberCorrectionRead:
    return await corrections.show(db, actor, correction_id, response)


@router.post(
    "/id-number-corrections/{correction_id}/decision",
    summary="审批公民身份号码更正(上级党组织)",
    status_code=status.HTTP_201_CREATED,
)
async def decide_id_number_correction(
    *,
    correction_id: CorrectionId,
    body: IdNumberCorrectionDecide,
    db: Db,
    actor: CurrentActor,
    today: Today,
    seals: CurrentSeals,
    corrections: Corrections,
    if_match: IfMatch,
    response: Response,
) -> IdNumberCorrectionRead:
    correction = await CORRECTIONS.require(db, actor, correction_id, if_match=if_match)
    decided = await service.decide(db, correction, body, actor=actor, today=today, seals=seals)
    return await corrections.answer(db, decided, response)


@router.get("/id-number-corrections/{correction_id}/history", summary="更正申请的办理经过")
async def read_id_number_correction_history(
    correction_id: CorrectionId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await CORRECTIONS.history(db, actor, correction_id, page)


@router.post("/members/{member_id}/void", summary="作废录入有误的党员(视为从未登记,记录保留)")
async def void_member(
    *,
    member_id: MemberId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    members: Members,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> MemberRead:
    member = await MEMBERS.require(db, actor, member_id, if_match=if_match)
    voided = await service.void_member(db, member, body.reason, actor=actor, today=today)
    return await members.answer(db, voided, response)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
