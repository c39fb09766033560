from typing import ClassVar
from uuid import UUID

from records.events import Payload


class EvidenceFileUploaded(Payload, title="上传佐证材料"):
    """Its name is chosen by people and stays out."""

    type: ClassVar[str] = "scoring.evidence_file.uploaded.v1"
    id: UUID
    media_type: str
    size: int
    sha256: str
