from uuid import UUID

from pydantic import Field

from kit.edge import Schema
from training.kinds import CadencePeriod, MeetingKind


class KindCadence(Schema):
    kind: MeetingKind = Field(title="类型")
    label: str = Field(title="名称")
    period: CadencePeriod = Field(title="频次")
    expected: int = Field(title="全年应开次数")
    held: int = Field(title="已开有效次数")
    invalid: int = Field(title="已开无效次数")
    periods_met: int = Field(title="已完成的周期数")
    gaps: list[str] = Field(title="已过而未开的周期")
    is_applicable: bool = Field(title="是否适用", description="无支委会或无党小组的支部,相应会议不适用")


class CadenceRead(Schema):
    year: int = Field(title="年度")
    organization_id: UUID = Field(title="党组织")
    items: list[KindCadence] = Field(title="各类会议")
