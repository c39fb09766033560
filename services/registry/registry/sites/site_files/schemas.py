from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import Schema

FileId = Annotated[UUID, Path(title="材料编号")]


class SiteFileRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    name: str = Field(title="文件名")
    media_type: str = Field(title="文件类型")
    size: int = Field(title="字节数")
    sha256: str = Field(title="SHA-256 摘要")
