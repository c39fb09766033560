from typing import Annotated
from uuid import UUID

from fastapi import Query, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.paging import Page, PageOf, paginate
from kit.routing import business_router
from registry.identity.grants import queries, service
from registry.identity.grants.models import Grant
from registry.identity.grants.schemas import GrantEnd, GrantGive, GrantRead

router = business_router("/api/v1/registry/grants", ["授权"])


@router.get("", summary="授权列表", response_model=Page[GrantRead])
async def list_grants(
    db: Db,
    actor: CurrentActor,
    page: PageOf,
    account_id: Annotated[UUID | None, Query(description="账号")] = None,
) -> object:
    query = queries.visible_to(actor).order_by(Grant.id)
    if account_id is not None:
        query = query.where(Grant.account_id == account_id)
    return await paginate(db, query, page)


@router.post("", summary="授予角色", status_code=status.HTTP_201_CREATED, response_model=GrantRead)
async def give_grant(db: Db, actor: CurrentActor, today: Today, giving: GrantGive) -> Grant:
    return await service.give_grant(db, giving, actor=actor, today=today)


@router.post("/{grant_id}/end", summary="终止授权", response_model=GrantRead)
async def end_grant(db: Db, actor: CurrentActor, today: Today, grant_id: UUID, ending: GrantEnd) -> Grant:
    return await service.end_grant(db, grant_id, ending, actor=actor, today=today)
