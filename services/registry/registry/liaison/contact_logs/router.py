from typing import Annotated

from fastapi import Depends, Query, Response, status

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
from registry.liaison.contact_logs import duties, models, service
from registry.liaison.contact_logs.schemas import (
    ContactComplianceListing,
    ContactComplianceRead,
    ContactCreate,
    ContactId,
    ContactListing,
    ContactRead,
    OwnContactDuties,
)
from registry.liaison.contact_logs.service import CONTACTS

router = business_router("/api/v1/registry", ["指导员联系记录"])
Wanted = Annotated[ContactListing, Depends(query_of(ContactListing))]
WantedCompliance = Annotated[ContactComplianceListing, Depends(query_of(ContactComplianceListing))]
Year = Annotated[int | None, Query(ge=2000, le=2100, title="年度", description="默认今年")]


@router.get("/contacts", summary="指导员联系记录(指导员看到自己的)")
async def list_contacts(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[ContactRead]:
    return await CONTACTS.page(db, actor, wanted)


@router.get("/contacts/export", summary="导出指导员联系记录", response_class=Response, responses=FILE_ANSWER)
async def export_contacts(wanted: Wanted, to: ExportTo) -> Response:
    return await CONTACTS.export(wanted, to)


@router.get("/contacts/{contact_id}", summary="联系记录详情")
async def read_contact(contact_id: ContactId, db: Db, actor: CurrentActor, response: Response) -> ContactRead:
    return await CONTACTS.show(db, actor, contact_id, response)


@router.post(
    "/contacts", summary="登记联系(电话、走访、面谈、发展党员、帮建党组织)", status_code=status.HTTP_201_CREATED
)
async def create_contact(
    body: ContactCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> ContactRead:
    return await CONTACTS.answer(db, await service.record_contact(db, body, actor=actor, today=today), response)


@router.post("/contacts/{contact_id}/void", summary="作废录入有误的联系记录(视为从未有过,记录保留)")
async def void_contact(
    *, contact_id: ContactId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> ContactRead:
    contact = await CONTACTS.require(db, actor, contact_id, if_match=if_match)
    return await CONTACTS.answer(db, await service.void_contact(db, contact, body.reason, actor=actor), response)


@router.get("/contacts/{contact_id}/history", summary="联系记录的变更历史")
async def read_contact_history(contact_id: ContactId, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await CONTACTS.history(db, actor, contact_id, page)


@router.get("/contact-compliance", summary="五个一完成情况(每名指导员对每个单位,缺的时段列出)")
async def list_contact_compliance(
    wanted: WantedCompliance, db: Db, actor: CurrentActor, today: Today, year: Year = None
) -> Page[ContactComplianceRead]:
    return await duties.page(db, actor, wanted, year=year or today.year, today=today)


@router.get("/contact-compliance/export", summary="导出五个一完成情况", response_class=Response, responses=FILE_ANSWER)
async def export_contact_compliance(
    wanted: WantedCompliance, to: ExportTo, today: Today, year: Year = None
) -> Response:
    return await duties.export(wanted, to, year=year or today.year, today=today)


@router.get("/own-contact-duties", summary="我联系的单位和本期还要做的联系(指导员本人)")
async def read_own_contact_duties(db: Db, actor: CurrentActor, today: Today) -> OwnContactDuties:
    return await duties.own_duties(db, actor, today)


DOMAIN = Domain(routers=[router], tables=models)
