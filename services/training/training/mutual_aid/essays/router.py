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
from training.mutual_aid.essays import models, service
from training.mutual_aid.essays.schemas import (
    CommentId,
    EssayCommentCreate,
    EssayCommentListing,
    EssayCommentRead,
    EssayCreate,
    EssayId,
    EssayListing,
    EssayRead,
    EssayVersionCreate,
    EssayVersionListing,
    EssayVersionRead,
)
from training.mutual_aid.essays.service import COMMENTS, ESSAYS, VERSIONS

router = business_router("/api/v1/training", ["征文"])
Wanted = Annotated[EssayListing, Depends(query_of(EssayListing))]
WantedVersions = Annotated[EssayVersionListing, Depends(query_of(EssayVersionListing))]
WantedComments = Annotated[EssayCommentListing, Depends(query_of(EssayCommentListing))]


@router.get("/essays", summary="征文")
async def list_essays(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[EssayRead]:
    return await ESSAYS.page(db, actor, wanted)


@router.get("/essays/export", summary="导出征文", response_class=Response, responses=FILE_ANSWER)
async def export_essays(wanted: Wanted, to: ExportTo) -> Response:
    return await ESSAYS.export(wanted, to)


@router.get("/essays/{essay_id}", summary="征文详情")
async def read_essay(essay_id: EssayId, db: Db, actor: CurrentActor, response: Response) -> EssayRead:
    return await ESSAYS.show(db, actor, essay_id, response)


@router.post("/essays", summary="投稿", status_code=status.HTTP_201_CREATED)
async def create_essay(body: EssayCreate, db: Db, actor: CurrentActor, today: Today, response: Response) -> EssayRead:
    return await ESSAYS.answer(db, await service.submit(db, body, actor=actor, today=today), response)


@router.post("/essays/{essay_id}/versions", summary="修改后再交一稿(原稿保留)", status_code=201)
async def revise_essay(
    *,
    essay_id: EssayId,
    body: EssayVersionCreate,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> EssayRead:
    essay = await ESSAYS.require(db, actor, essay_id, if_match=if_match)
    return await ESSAYS.answer(db, await service.revise(db, essay, body.text, actor=actor, today=today), response)


@router.post("/essays/{essay_id}/void", summary="作废征文(视为从未有过,记录保留)")
async def void_essay(
    *, essay_id: EssayId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> EssayRead:
    essay = await ESSAYS.require(db, actor, essay_id, if_match=if_match)
    return await ESSAYS.answer(db, await service.void(db, essay, body.reason, actor=actor), response)


@router.get("/essays/{essay_id}/history", summary="征文的变更历史")
async def read_essay_history(essay_id: EssayId, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await ESSAYS.history(db, actor, essay_id, page)


@router.get("/essay-versions", summary="征文各稿")
async def list_essay_versions(wanted: WantedVersions, db: Db, actor: CurrentActor) -> Page[EssayVersionRead]:
    return await VERSIONS.page(db, actor, wanted)


@router.get("/essay-versions/export", summary="导出征文各稿", response_class=Response, responses=FILE_ANSWER)
async def export_essay_versions(wanted: WantedVersions, to: ExportTo) -> Response:
    return await VERSIONS.export(wanted, to)


@router.get("/essay-comments", summary="征文点评")
async def list_essay_comments(wanted: WantedComments, db: Db, actor: CurrentActor) -> Page[EssayCommentRead]:
    return await COMMENTS.page(db, actor, wanted)


@router.get("/essay-comments/export", summary="导出征文点评", response_class=Response, responses=FILE_ANSWER)
async def export_essay_comments(wanted: WantedComments, to: ExportTo) -> Response:
    return await COMMENTS.export(wanted, to)


@router.get("/essay-comments/{essay_comment_id}", summary="点评详情")
async def read_essay_comment(
    essay_comment_id: CommentId, db: Db, actor: CurrentActor, response: Response
) -> EssayCommentRead:
    return await COMMENTS.show(db, actor, essay_comment_id, response)


@router.post("/essay-comments", summary="点评征文(外支部也可)", status_code=status.HTTP_201_CREATED)
async def create_essay_comment(
    body: EssayCommentCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> EssayCommentRead:
    return await COMMENTS.answer(db, await service.comment(db, body, actor=actor, today=today), response)


@router.post("/essay-comments/{essay_comment_id}/void", summary="作废点评(视为从未有过,记录保留)")
async def void_essay_comment(
    *,
    essay_comment_id: CommentId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> EssayCommentRead:
    found = await COMMENTS.require(db, actor, essay_comment_id, if_match=if_match)
    return await COMMENTS.answer(db, await service.void_comment(db, found, body.reason, actor=actor), response)


@router.get("/essay-comments/{essay_comment_id}/history", summary="点评的变更历史")
async def read_essay_comment_history(
    essay_comment_id: CommentId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await COMMENTS.history(db, actor, essay_comment_id, page)


DOMAIN = Domain(routers=[router], tables=models)
