from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from registry.units.notices.kinds import NoticeKind


class UnitNoticeReceived(Payload, title="收到单位登记、年检或评估信息"):
    type: ClassVar[str] = "registry.unit_notice.received.v1"
    id: UUID
    unit_id: UUID
    kind: NoticeKind
    occurred_on: date
    formal_members: int | None
    is_new_unit: bool
