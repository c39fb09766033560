from typing import Annotated

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.clock import Now
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from records.voiding import VoidCreate
from training.studies.remote_classes import models, service
from training.studies.remote_classes.schemas import (
    ClassViewingCreate,
    ClassViewingId,
    ClassViewingListing,
    ClassViewingRead,
    RemoteClassCorrect,
    RemoteClassCreate,
    RemoteClassId,
    RemoteClassListing,
    RemoteClassRead,
)
from training.studies.remote_classes.service import CLASS_VIEWINGS, REMOTE_CLASSES

router = business_router("/api/v1/training", ["远程课程"])
Wanted = Annotated[RemoteClassListing, Depends(query_of(RemoteClassListing))]
WantedViewings = Annotated[ClassViewingListing, Depends(query_of(ClassViewingListing))]


@router.get("/remote-classes", summary="远程课程")
async def list_remote_classes(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[RemoteClassRead]:
    return await REMOTE_CLASSES.page(db, actor, wanted)


@router.get("/remote-classes/export", summary="导出远程课程", response_class=Response, responses=FILE_ANSWER)
async def export_remote_classes(wanted: Wanted, to: ExportTo) -> Response:
    return await REMOTE_CLASSES.export(wanted, to)


@router.get("/remote-classes/{remote_class_id}", summary="远程课程详情")
async def read_remote_class(
    remote_class_id: RemoteClassId, db: Db, actor: CurrentActor, response: Response
) -> RemoteClassRead:
    return await REMOTE_CLASSES.show(db, actor, remote_class_id, response)


@router.post("/remote-classes", summary="开设远程课程", status_code=status.HTTP_201_CREATED)
async def create_remote_class(
    body: RemoteClassCreate, db: Db, actor: CurrentActor, response: Response
) -> RemoteClassRead:
    return await REMOTE_CLASSES.answer(db, await service.open_class(db, body, actor=actor), response)


@router.patch("/remote-classes/{remote_class_id}", summary="更正远程课程的名称、主讲人和截止日期")
async def correct_remote_class(
    *,
    remote_class_id: RemoteClassId,
    body: RemoteClassCorrect,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> RemoteClassRead:
    remote = await REMOTE_CLASSES.require(db, actor, remote_class_id, if_match=if_match)
    return await REMOTE_CLASSES.answer(db, await service.correct_class(db, remote, body, actor=actor), response)


@router.post("/remote-classes/{remote_class_id}/void", summary="作废开设有误的远程课程(观看不再计学时,记录保留)")
async def void_remote_class(
    *,
    remote_class_id: RemoteClassId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> RemoteClassRead:
    remote = await REMOTE_CLASSES.require(db, actor, remote_class_id, if_match=if_match)
    return await REMOTE_CLASSES.answer(db, await service.void_class(db, remote, body.reason, actor=actor), response)


@router.get("/remote-classes/{remote_class_id}/history", summary="远程课程的变更历史")
async def read_remote_class_history(
    remote_class_id: RemoteClassId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await REMOTE_CLASSES.history(db, actor, remote_class_id, page)


@router.post("/remote-classes/{remote_class_id}/viewings", summary="上报本人观看了课程的哪一段", status_code=201)
async def create_class_viewing(
    *,
    remote_class_id: RemoteClassId,
    body: ClassViewingCreate,
    db: Db,
    actor: CurrentActor,
    now: Now,
    response: Response,
) -> ClassViewingRead:
    remote = await REMOTE_CLASSES.require(db, actor, remote_class_id)
    return await CLASS_VIEWINGS.answer(db, await service.watch(db, remote, body, actor=actor, now=now), response)


@router.get("/class-viewings", summary="远程课程观看记录")
async def list_class_viewings(wanted: WantedViewings, db: Db, actor: CurrentActor) -> Page[ClassViewingRead]:
    return await CLASS_VIEWINGS.page(db, actor, wanted)


@router.get("/class-viewings/export", summary="导出远程课程观看记录", response_class=Response, responses=FILE_ANSWER)
async def export_class_viewings(wanted: WantedViewings, to: ExportTo) -> Response:
    return await CLASS_VIEWINGS.export(wanted, to)


@router.get("/class-viewings/{class_viewing_id}", summary="观看记录详情")
async def read_class_viewing(
    class_viewing_id: ClassViewingId, db: Db, actor: CurrentActor, response: Response
) -> ClassViewingRead:
    return await CLASS_VIEWINGS.show(db, actor, class_viewing_id, response)


@router.post("/class-viewings/{class_viewing_id}/void", summary="作废不实的观看记录(视为从未有过,记录保留)")
async def void_class_viewing(
    *,
    class_viewing_id: ClassViewingId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> ClassViewingRead:
    viewing = await CLASS_VIEWINGS.require(db, actor, class_viewing_id, if_match=if_match)
    return await CLASS_VIEWINGS.answer(db, await service.void_viewing(db, viewing, body.reason, actor=actor), response)


@router.get("/class-viewings/{class_viewing_id}/history", summary="观看记录的变更历史")
async def read_class_viewing_history(
    class_viewing_id: ClassViewingId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await CLASS_VIEWINGS.history(db, actor, class_viewing_id, page)


DOMAIN = Domain(routers=[router], tables=models)
