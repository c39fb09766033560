from datetime import date, datetime

from pydantic import Field

from kit.edge import Instant, Schema


class ClockSet(Schema):
    now: Instant = Field(title="业务时间", description="业务上的现在,带时区", examples=["2025-03-01T09:00:00+08:00"])


class ClockRead(Schema):
    now: datetime = Field(title="业务时间")
    today: date = Field(title="业务日期", description="北京时间")
    offset_seconds: int = Field(title="与真实时间相差的秒数")
    is_movable: bool = Field(title="可以拨动", description="只有演示环境可以")
