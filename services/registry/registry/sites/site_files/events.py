from typing import ClassVar
from uuid import UUID

from records.events import Payload


class SiteFileUploaded(Payload, title="上传阵地与档案材料"):
    """Its name is chosen by people and stays out."""

    type: ClassVar[str] = "registry.site_file.uploaded.v1"
    id: UUID
    organization_id: UUID
    media_type: str
    size: int
    sha256: str
