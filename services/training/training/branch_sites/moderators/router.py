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
from training.branch_sites.moderators import models, service
from training.branch_sites.moderators.schemas import (
    ModeratorId,
    SiteModeratorCreate,
    SiteModeratorListing,
    SiteModeratorRead,
)
from training.branch_sites.moderators.service import CONSTRAINT_ERRORS, MODERATORS

router = business_router("/api/v1/training/site-moderators", ["网上支部"])
Wanted = Annotated[SiteModeratorListing, Depends(query_of(SiteModeratorListing))]


@router.get("", summary="网管员与版主")
async def list_site_moderators(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[SiteModeratorRead]:
    return await MODERATORS.page(db, actor, wanted)


@router.get("/export", summary="导出网管员与版主", response_class=Response, responses=FILE_ANSWER)
async def export_site_moderators(wanted: Wanted, to: ExportTo) -> Response:
    return await MODERATORS.export(wanted, to)


@router.get("/{site_moderator_id}", summary="网管员或版主详情")
async def read_site_moderator(
    site_moderator_id: ModeratorId, db: Db, actor: CurrentActor, response: Response
) -> SiteModeratorRead:
    return await MODERATORS.show(db, actor, site_moderator_id, response)


@router.post("", summary="委任网管员或版主", status_code=status.HTTP_201_CREATED)
async def create_site_moderator(
    body: SiteModeratorCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> SiteModeratorRead:
    return await MODERATORS.answer(db, await service.appoint(db, body, actor=actor, today=today), response)


@router.post("/{site_moderator_id}/end", summary="结束网管员或版主的任职")
async def end_site_moderator(
    *, site_moderator_id: ModeratorId, db: Db, actor: CurrentActor, today: Today, if_match: IfMatch, response: Response
) -> SiteModeratorRead:
    moderator = await MODERATORS.require(db, actor, site_moderator_id, if_match=if_match)
    return await MODERATORS.answer(db, await service.dismiss(db, moderator, actor=actor, today=today), response)


@router.get("/{site_moderator_id}/history", summary="网管员与版主的变更历史")
async def read_site_moderator_history(
    site_moderator_id: ModeratorId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await MODERATORS.history(db, actor, site_moderator_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
