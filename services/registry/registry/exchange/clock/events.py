from typing import ClassVar

from records.events import Payload


class ClockMoved(Payload, title="拨动业务时间"):
    """How far the business clock is from the real one."""

    type: ClassVar[str] = "registry.clock.moved.v1"
    offset_seconds: int
