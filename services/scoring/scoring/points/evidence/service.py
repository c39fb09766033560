"""Uploading evidence and lending it out for a while."""

from datetime import timedelta
from uuid import UUID

from fastapi import UploadFile
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from attachments import (
    FileContentError,
    FileMissingError,
    FileTooLargeError,
    FileTypeError,
    LinkError,
    StorageFullError,
    Store,
    StoredFile,
    media_type_of,
)
from kit import problems
from kit.access import Actor
from kit.calendar import real_now
from records.events import record_event
from roster.models import Member
from scoring.points.evidence.events import EvidenceFileUploaded
from scoring.points.evidence.models import EvidenceFile
from scoring.points.evidence.queries import visible_to

LINK_LIFETIME = timedelta(minutes=10)


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


class LinkExpired(problems.NotFound):
    code = "link-expired"
    detail = "链接无效或已过期,请重新获取"


async def upload(db: AsyncSession, actor: Actor, store: Store, upload_file: UploadFile) -> EvidenceFile:
    stored = await _kept(store, upload_file)
    member = await db.get(Member, actor.person) if actor.person else None
    offices = [grant.organization_id for grant in actor.grants if grant.organization_id]
    file = EvidenceFile(
        key=stored.key,
        name=stored.name,
        media_type=stored.media_type,
        size=stored.size,
        sha256=stored.sha256,
        organization_id=member.organization_id if member else next(iter(offices), None),
        uploaded_by=actor.subject,
    )
    db.add(file)
    await db.flush()
    payload, root_id = EvidenceFileUploaded.model_validate(file), member.root_id if member else None
    await record_event(db, payload, subject=file.id, root_id=root_id, actor=actor)
    return file


async def find(db: AsyncSession, actor: Actor, file_id: UUID) -> EvidenceFile:
    file = await db.scalar(select(EvidenceFile).where(EvidenceFile.id == file_id, visible_to(actor)))
    if file is None:
        raise problems.NotFound
    return file


def lend(store: Store, file: EvidenceFile) -> tuple[str, str]:
    """The reference and the moment it ends (real time, not the business clock)."""
    expires = real_now() + LINK_LIFETIME
    return store.link(file.key, expires, file.name), expires.isoformat()


async def fetch(store: Store, link: str) -> tuple[bytes, str, str]:
    """Content, media type and the name the file was uploaded with."""
    try:
        key, name = store.open_link(link, real_now())
        return await store.get(key), media_type_of(key), name
    except (LinkError, FileMissingError) as error:
        raise LinkExpired from error


async def _kept(store: Store, upload_file: UploadFile) -> StoredFile:
    try:
        return await store.put(await upload_file.read(), upload_file.filename or "")
    except FileTooLargeError as error:
        raise FileTooLarge from error
    except StorageFullError as error:
        raise StorageFull from error
    except (FileTypeError, FileContentError) as error:
        raise FileRefused(reason=str(error)) from error
