from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from registry.liaison.talks.models import TalkWay


class TalkChanged(Payload, title="双向沟通记录变更"):
    type: ClassVar[str] = "registry.talk.changed.v1"
    id: UUID
    organization_id: UUID
    way: TalkWay
    held_on: date
    is_void: bool
