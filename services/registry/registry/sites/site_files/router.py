from typing import Annotated
from uuid import UUID

from fastapi import Query, Response, UploadFile, status

from kit.access import CurrentActor
from kit.database import Db
from kit.domains import Domain
from kit.routing import business_router
from records.files import attachment
from registry.sites.site_files import models, service
from registry.sites.site_files.schemas import FileId, SiteFileRead
from registry.sites.site_files.stores import SiteStore

router = business_router("/api/v1/registry/site-files", ["阵地与档案材料"])


@router.post("", summary="上传阵地照片或档案材料(jpg、png、pdf)", status_code=status.HTTP_201_CREATED)
async def upload_site_file(
    *,
    organization_id: Annotated[UUID, Query(title="党组织编号")],
    file: UploadFile,
    db: Db,
    actor: CurrentActor,
    store: SiteStore,
) -> SiteFileRead:
    return await service.upload(db, store, file, organization_id, actor=actor)


@router.get("/{file_id}/content", summary="读取阵地照片或档案材料", response_class=Response)
async def fetch_site_file(file_id: FileId, db: Db, actor: CurrentActor, store: SiteStore) -> Response:
    content, file = await service.fetch(db, store, file_id, actor=actor)
    headers = {**attachment(file.name), "X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}
    return Response(content, media_type=file.media_type, headers=headers)


DOMAIN = Domain(routers=[router], tables=models)
