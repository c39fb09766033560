from typing import Annotated

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
from records.voiding import VoidCreate
from registry.liaison.leader_contacts import models, service
from registry.liaison.leader_contacts.schemas import (
    LeaderContactCreate,
    LeaderContactEnd,
    LeaderContactId,
    LeaderContactListing,
    LeaderContactRead,
    LeaderVisitCreate,
    LeaderVisitId,
    LeaderVisitListing,
    LeaderVisitRead,
)
from registry.liaison.leader_contacts.service import CONSTRAINT_ERRORS, LEADER_CONTACTS, LEADER_VISITS

router = business_router("/api/v1/registry", ["领导干部联系点"])
Wanted = Annotated[LeaderContactListing, Depends(query_of(LeaderContactListing))]
WantedVisits = Annotated[LeaderVisitListing, Depends(query_of(LeaderVisitListing))]


@router.get("/leader-contacts", summary="领导干部联系点(可只列某日所在季度没有走访的)")
async def list_leader_contacts(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[LeaderContactRead]:
    return await LEADER_CONTACTS.page(db, actor, wanted)


@router.get("/leader-contacts/export", summary="导出领导干部联系点", response_class=Response, responses=FILE_ANSWER)
async def export_leader_contacts(wanted: Wanted, to: ExportTo) -> Response:
    return await LEADER_CONTACTS.export(wanted, to)


@router.get("/leader-contacts/{leader_contact_id}", summary="联系点详情")
async def read_leader_contact(
    leader_contact_id: LeaderContactId, db: Db, actor: CurrentActor, response: Response
) -> LeaderContactRead:
    return await LEADER_CONTACTS.show(db, actor, leader_contact_id, response)


@router.post("/leader-contacts", summary="确定领导干部联系点", status_code=status.HTTP_201_CREATED)
async def create_leader_contact(
    body: LeaderContactCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> LeaderContactRead:
    return await LEADER_CONTACTS.answer(db, await service.assign_leader(db, body, actor=actor, today=today), response)


@router.post("/leader-contacts/{leader_contact_id}/end", summary="结束联系")
async def end_leader_contact(
    *,
    leader_contact_id: LeaderContactId,
    body: LeaderContactEnd,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> LeaderContactRead:
    contact = await LEADER_CONTACTS.require(db, actor, leader_contact_id, if_match=if_match)
    ended = await service.end_contact(db, contact, body.ended_on, actor=actor, today=today)
    return await LEADER_CONTACTS.answer(db, ended, response)


@router.post("/leader-contacts/{leader_contact_id}/void", summary="作废录入有误的联系点(视为从未有过,记录保留)")
async def void_leader_contact(
    *,
    leader_contact_id: LeaderContactId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> LeaderContactRead:
    contact = await LEADER_CONTACTS.require(db, actor, leader_contact_id, if_match=if_match)
    return await LEADER_CONTACTS.answer(db, await service.void_contact(db, contact, body.reason, actor=actor), response)


@router.get("/leader-contacts/{leader_contact_id}/history", summary="联系点的变更历史")
async def read_leader_contact_history(
    leader_contact_id: LeaderContactId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await LEADER_CONTACTS.history(db, actor, leader_contact_id, page)


@router.get("/leader-visits", summary="领导干部走访记录")
async def list_leader_visits(wanted: WantedVisits, db: Db, actor: CurrentActor) -> Page[LeaderVisitRead]:
    return await LEADER_VISITS.page(db, actor, wanted)


@router.get("/leader-visits/export", summary="导出领导干部走访", response_class=Response, responses=FILE_ANSWER)
async def export_leader_visits(wanted: WantedVisits, to: ExportTo) -> Response:
    return await LEADER_VISITS.export(wanted, to)


@router.get("/leader-visits/{leader_visit_id}", summary="走访详情")
async def read_leader_visit(
    leader_visit_id: LeaderVisitId, db: Db, actor: CurrentActor, response: Response
) -> LeaderVisitRead:
    return await LEADER_VISITS.show(db, actor, leader_visit_id, response)


@router.post("/leader-visits", summary="登记领导干部走访", status_code=status.HTTP_201_CREATED)
async def create_leader_visit(
    body: LeaderVisitCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> LeaderVisitRead:
    return await LEADER_VISITS.answer(db, await service.record_visit(db, body, actor=actor, today=today), response)


@router.post("/leader-visits/{leader_visit_id}/void", summary="作废录入有误的走访(视为从未有过,记录保留)")
async def void_leader_visit(
    *,
    leader_visit_id: LeaderVisitId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> LeaderVisitRead:
    visit = await LEADER_VISITS.require(db, actor, leader_visit_id, if_match=if_match)
    return await LEADER_VISITS.answer(db, await service.void_visit(db, visit, body.reason, actor=actor), response)


@router.get("/leader-visits/{leader_visit_id}/history", summary="走访的变更历史")
async def read_leader_visit_history(
    leader_visit_id: LeaderVisitId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await LEADER_VISITS.history(db, actor, leader_visit_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
