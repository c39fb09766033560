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
from registry.tree.posts import models, service
from registry.tree.posts.schemas import PostCreate, PostEnd, PostId, PostListing, PostRead
from registry.tree.posts.service import CONSTRAINT_ERRORS, POSTS

router = business_router("/api/v1/registry/posts", ["职务"])
Wanted = Annotated[PostListing, Depends(query_of(PostListing))]


@router.get("", summary="任职列表")
async def list_posts(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[PostRead]:
    return await POSTS.page(db, actor, wanted)


@router.get("/export", summary="导出任职", response_class=Response, responses=FILE_ANSWER)
async def export_posts(wanted: Wanted, to: ExportTo) -> Response:
    return await POSTS.export(wanted, to)


@router.get("/{post_id}", summary="任职详情")
async def read_post(post_id: PostId, db: Db, actor: CurrentActor, response: Response) -> PostRead:
    return await POSTS.show(db, actor, post_id, response)


@router.post("", summary="任职", status_code=status.HTTP_201_CREATED)
async def create_post(body: PostCreate, db: Db, actor: CurrentActor, today: Today, response: Response) -> PostRead:
    return await POSTS.answer(db, await service.appoint(db, body, actor=actor, today=today), response)


@router.post("/{post_id}/end", summary="免职")
async def end_post(
    *, post_id: PostId, body: PostEnd, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> PostRead:
    post = await POSTS.require(db, actor, post_id, if_match=if_match)
    return await POSTS.answer(db, await service.release(db, post, body.ended_on, actor=actor), response)


@router.post("/{post_id}/void", summary="作废录入有误的任职(视为从未任职,记录保留)")
async def void_post(
    *, post_id: PostId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> PostRead:
    post = await POSTS.require(db, actor, post_id, if_match=if_match)
    return await POSTS.answer(db, await service.void(db, post, body.reason, actor=actor), response)


@router.get("/{post_id}/history", summary="任职的变更历史")
async def read_post_history(post_id: PostId, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await POSTS.history(db, actor, post_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
