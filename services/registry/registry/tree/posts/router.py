from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, status

from kit.access import CurrentActor
from kit.database import Db
from kit.edge import BusinessDate
from kit.paging import Page, PageOf, paginate
from kit.routing import business_router
from registry.tree.posts import queries, service
from registry.tree.posts.kinds import AppointmentSource, PostKind
from registry.tree.posts.schemas import PostCreate, PostEnd, PostRead

router = business_router("/api/v1/registry/posts", ["职务"])


async def _filter(
    *,
    kind: Annotated[list[PostKind], Query(max_length=6)] = [],  # noqa: B006 - FastAPI copies it
    organization_id: UUID | None = None,
    member_id: UUID | None = None,
    source: AppointmentSource | None = None,
    as_of: Annotated[BusinessDate | None, Query(description="该日在任")] = None,
) -> queries.PostFilter:
    return queries.PostFilter(
        organization_id=organization_id, member_id=member_id, kind=kind, source=source, as_of=as_of
    )


Wanted = Annotated[queries.PostFilter, Depends(_filter)]


@router.get("", summary="任职列表")
async def list_posts(db: Db, actor: CurrentActor, page: PageOf, wanted: Wanted) -> Page[PostRead]:
    found = await paginate(db, queries.listed_for(actor, wanted), page)
    return Page(items=[PostRead.model_validate(row) for row in found.items], next=found.next)


@router.post("", summary="任职", status_code=status.HTTP_201_CREATED)
async def create_post(entry: PostCreate, db: Db, actor: CurrentActor) -> PostRead:
    return PostRead.model_validate(await service.appoint(db, entry, actor=actor))


@router.post("/{post_id}/end", summary="免职", status_code=status.HTTP_201_CREATED)
async def end_post(post_id: UUID, ending: PostEnd, db: Db, actor: CurrentActor) -> PostRead:
    return PostRead.model_validate(await service.end_post(db, post_id, ending.ended_on, actor=actor))
