"""Pictures and papers of an organisation: kept as jpg, png or pdf, and read by whoever sees the organisation."""

from pathlib import PurePosixPath
from uuid import UUID

from fastapi import UploadFile
from sqlalchemy.ext.asyncio import AsyncSession

from attachments import (
    FileContentError,
    FileMissingError,
    FileTooLargeError,
    FileTypeError,
    StorageFullError,
    Store,
    StoredFile,
)
from kit import problems
from kit.access import Actor
from records.events import record_event
from registry.sites.site_files import queries
from registry.sites.site_files.events import SiteFileUploaded
from registry.sites.site_files.models import SiteFile
from registry.sites.site_files.schemas import SiteFileRead
from registry.tree.organizations.service import ORGANIZATIONS

ALLOWED = frozenset({"jpg", "jpeg", "png", "pdf"})


class SiteFileNotFound(problems.NotFound):
    code = "site-file-not-found"
    detail = "没有这份材料,或不在您的管理范围内"


class UnknownFileOrganization(problems.Unprocessable):
    code = "unknown-file-organization"
    detail = "党组织不存在、已撤销,或不在您的管理范围内"


class FileTooLarge(problems.TooLarge):
    code = "file-too-large"
    detail = "文件过大,请压缩后再上传"


class StorageFull(problems.Problem):
    status_code = 507
    code = "storage-full"
    detail = "服务器存储空间已满,文件没有保存,请联系管理员后再上传"


class FileRefused(problems.Unprocessable):
    code = "file-refused"
    detail = "文件未通过检查:{reason}"


async def upload(
    db: AsyncSession, store: Store, sent: UploadFile, organization_id: UUID, *, actor: Actor
) -> SiteFileRead:
    organization = await ORGANIZATIONS.find(db, actor, organization_id)
    if organization is None or not organization.is_active:
        raise UnknownFileOrganization
    stored = await _kept(store, sent)
    file = SiteFile(
        root_id=organization.root_id,
        organization_id=organization.id,
        recorded_by=actor.subject,
        key=stored.key,
        name=stored.name,
        media_type=stored.media_type,
        size=stored.size,
        sha256=stored.sha256,
    )
    db.add(file)
    await db.flush()
    told, path = SiteFileUploaded.model_validate(file), organization.path
    await record_event(db, told, subject=file.id, root_id=file.root_id, path=path, actor=actor)
    return SiteFileRead(
        id=file.id,
        organization_id=organization.id,
        organization_name=organization.name,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
    )


async def _kept(store: Store, sent: UploadFile) -> StoredFile:
    name = sent.filename or ""
    if PurePosixPath(name).suffix.lower().lstrip(".") not in ALLOWED:
        raise FileRefused(reason="只接受 jpg、png、pdf 文件")
    try:
        return await store.put(await sent.read(), name)
    except FileTooLargeError as error:
        raise FileTooLarge from error
    except StorageFullError as error:
        raise StorageFull from error
    except (FileTypeError, FileContentError) as error:
        raise FileRefused(reason=str(error)) from error


async def fetch(db: AsyncSession, store: Store, file_id: UUID, *, actor: Actor) -> tuple[bytes, SiteFile]:
    file = await queries.find(db, actor, file_id)
    if file is None:
        raise SiteFileNotFound
    try:
        return await store.get(file.key), file
    except FileMissingError as error:
        raise SiteFileNotFound from error
