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
from registry.liaison.talks import models, service
from registry.liaison.talks.schemas import TalkCreate, TalkId, TalkListing, TalkRead
from registry.liaison.talks.service import TALKS

router = business_router("/api/v1/registry/talks", ["双向沟通"])
Wanted = Annotated[TalkListing, Depends(query_of(TalkListing))]


@router.get("", summary="双向沟通记录")
async def list_talks(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[TalkRead]:
    return await TALKS.page(db, actor, wanted)


@router.get("/export", summary="导出双向沟通记录", response_class=Response, responses=FILE_ANSWER)
async def export_talks(wanted: Wanted, to: ExportTo) -> Response:
    return await TALKS.export(wanted, to)


@router.get("/{talk_id}", summary="沟通记录详情")
async def read_talk(talk_id: TalkId, db: Db, actor: CurrentActor, response: Response) -> TalkRead:
    return await TALKS.show(db, actor, talk_id, response)


@router.post("", summary="登记双向沟通(主体、对象、途径、内容、结果)", status_code=status.HTTP_201_CREATED)
async def create_talk(body: TalkCreate, db: Db, actor: CurrentActor, today: Today, response: Response) -> TalkRead:
    return await TALKS.answer(db, await service.record_talk(db, body, actor=actor, today=today), response)


@router.post("/{talk_id}/void", summary="作废录入有误的沟通记录(视为从未有过,记录保留)")
async def void_talk(
    *, talk_id: TalkId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> TalkRead:
    talk = await TALKS.require(db, actor, talk_id, if_match=if_match)
    return await TALKS.answer(db, await service.void_talk(db, talk, body.reason, actor=actor), response)


@router.get("/{talk_id}/history", summary="沟通记录的变更历史")
async def read_talk_history(talk_id: TalkId, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await TALKS.history(db, actor, talk_id, page)


DOMAIN = Domain(routers=[router], tables=models)
