from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import Path, Query, Response, UploadFile
from pydantic import Field

from kit.access import CurrentActor
from kit.database import Db
from kit.domains import Domain
from kit.edge import Instant, Schema
from kit.routing import business_router
from records.files import attachment
from scoring.points.evidence import models, service
from scoring.points.evidence.stores import Evidence

router = business_router("/api/v1/scoring", ["佐证材料"])
CONTENTS = "/api/v1/scoring/file-contents"


class FileRead(Schema):
    id: UUID = Field(title="编号")
    name: str = Field(title="文件名")
    media_type: str = Field(title="文件类型")
    size: int = Field(title="字节数")
    sha256: str = Field(title="SHA-256 摘要")


class FileLink(Schema):
    href: str = Field(title="链接")
    expires_at: Instant = Field(title="失效时间")


@router.post("/files", summary="上传佐证材料", status_code=201)
async def upload_file(db: Db, actor: CurrentActor, store: Evidence, file: UploadFile) -> FileRead:
    return FileRead.model_validate(await service.upload(db, actor, store, file))


@router.get("/files/{file_id}/link", summary="获取佐证材料的限时链接")
async def lend_file(db: Db, actor: CurrentActor, store: Evidence, file_id: UUID) -> FileLink:
    reference, expires_at = service.lend(store, await service.find(db, actor, file_id))
    return FileLink(href=f"{CONTENTS}/{reference}", expires_at=expires_at)


@router.get("/file-contents/{folder}/{name}", summary="凭限时链接下载佐证材料", response_class=Response)
async def fetch_file(
    store: Evidence,
    folder: Annotated[str, Path(pattern="^[0-9a-f]{2}$")],
    name: Annotated[str, Path(pattern=r"^[0-9a-f]{64}\.[a-z]{3,4}$")],
    expires: Annotated[str, Query(pattern="^[0-9]{1,12}$")],
    signature: Annotated[str, Query(pattern="^[0-9a-f]{64}$")],
    file_name: Annotated[str, Query(min_length=1, max_length=255)],
) -> Response:
    link = f"{folder}/{name}?expires={expires}&signature={signature}&file_name={quote(file_name, safe='')}"
    content, media_type, shown = await service.fetch(store, link)
    headers = {
        **attachment(shown),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type=media_type, headers=headers)


DOMAIN = Domain(routers=[router], tables=models)
