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
from training.branch_sites.posts import service
from training.branch_sites.posts.schemas import PostId, SitePostCreate, SitePostHide, SitePostListing, SitePostRead
from training.branch_sites.posts.service import POSTS
from training.branch_sites.sites.kinds import PostState

router = business_router("/api/v1/training/site-posts", ["网上支部"])
Wanted = Annotated[SitePostListing, Depends(query_of(SitePostListing))]


@router.get("", summary="网上支部留言(可只列逾期未回应的)")
async def list_site_posts(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[SitePostRead]:
    return await POSTS.page(db, actor, wanted)


@router.get("/export", summary="导出网上支部留言", response_class=Response, responses=FILE_ANSWER)
async def export_site_posts(wanted: Wanted, to: ExportTo) -> Response:
    return await POSTS.export(wanted, to)


@router.get("/{site_post_id}", summary="留言详情")
async def read_site_post(site_post_id: PostId, db: Db, actor: CurrentActor, response: Response) -> SitePostRead:
    return await POSTS.show(db, actor, site_post_id, response)


@router.post("", summary="留言或跟帖", status_code=status.HTTP_201_CREATED)
async def create_site_post(
    body: SitePostCreate, db: Db, actor: CurrentActor, now: Now, response: Response
) -> SitePostRead:
    return await POSTS.answer(db, await service.write(db, body, actor=actor, now=now), response)


@router.post("/{site_post_id}/approval", summary="审核通过留言", status_code=201)
async def approve_site_post(
    *, site_post_id: PostId, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> SitePostRead:
    post = await POSTS.require(db, actor, site_post_id, lock=True)
    approved = await service.moderate(db, post, PostState.SHOWN, version=if_match, actor=actor)
    return await POSTS.answer(db, approved, response)


@router.post("/{site_post_id}/hiding", summary="屏蔽留言", status_code=201)
async def hide_site_post(
    *, site_post_id: PostId, body: SitePostHide, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> SitePostRead:
    post = await POSTS.require(db, actor, site_post_id, lock=True)
    hidden = await service.moderate(db, post, PostState.HIDDEN, reason=body.reason, version=if_match, actor=actor)
    return await POSTS.answer(db, hidden, response)


@router.get("/{site_post_id}/history", summary="留言的变更历史")
async def read_site_post_history(site_post_id: PostId, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await POSTS.history(db, actor, site_post_id, page)


DOMAIN = Domain(routers=[router])
