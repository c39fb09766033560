from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy import Boolean, Integer, String, Text, Uuid, column
from sqlalchemy.dialects.postgresql import ARRAY

from kit.edge import OptionalName, Schema
from records.listing import Listing, Where, at_least, contains, equals
from roster.queries import below
from training.kinds import CadencePeriod, MeetingKind

ORGANIZATION_ID, ORGANIZATION_NAME = column("organization_id", Uuid()), column("organization_name", Text())
IS_BEHIND, MISSING = column("is_behind", Boolean()), column("missing", Integer())
KINDS = column("kinds", ARRAY(String))


class KindCadence(Schema):
    kind: MeetingKind = Field(title="类型")
    label: str = Field(title="名称")
    period: CadencePeriod = Field(title="频次")
    expected: int = Field(title="全年应开次数", description="不适用时为 0")
    held: int = Field(title="已开有效次数")
    invalid: int = Field(title="已开无效次数")
    periods_met: int = Field(title="已完成的周期数")
    gaps: list[str] = Field(title="已过而未开的周期")
    is_applicable: bool = Field(title="是否适用", description="无支委会或无党小组的支部,相应会议不适用")


class CadenceRead(Schema):
    year: int = Field(title="年度")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    items: list[KindCadence] = Field(title="各类会议")


class KindGaps(Schema):
    kind: MeetingKind = Field(title="类型")
    label: str = Field(title="名称")
    gaps: list[str] = Field(title="已过而未开的周期")


class BranchCadence(Schema):
    organization_id: UUID = Field(title="支部编号")
    organization_name: str = Field(title="支部")
    superior_id: UUID | None = Field(title="上级党组织编号")
    superior_name: str | None = Field(title="上级党组织")
    is_behind: bool = Field(title="有缺")
    missing: int = Field(title="缺开次数")
    lacking: list[KindGaps] = Field(title="缺开的会议")


class CadenceSheet(Schema):
    """A branch and what it lacks, as one line of a table."""

    organization_name: str = Field(title="支部")
    superior_name: str | None = Field(title="上级党组织")
    is_behind: bool = Field(title="有缺")
    missing: int = Field(title="缺开次数")
    lacking: str = Field(title="缺开的会议")


class CadenceListing(Listing, sortable=(MISSING, ORGANIZATION_NAME), order=(ORGANIZATION_ID,)):
    """Over the columns of queries.branches, by their names."""

    organization_id: Annotated[UUID | None, equals(ORGANIZATION_ID)] = Field(default=None, title="支部编号")
    under: Annotated[UUID | None, below(ORGANIZATION_ID)] = Field(default=None, title="该党组织及其下级")
    is_behind: Annotated[bool | None, equals(IS_BEHIND)] = Field(default=None, title="有缺")
    lacks: Annotated[list[MeetingKind], Where(lambda kinds: KINDS.overlap([kind.value for kind in kinds]))] = Field(
        default=[], max_length=20, title="缺开的会议类型,可重复"
    )
    missing_from: Annotated[int | None, Field(ge=0, le=1000), at_least(MISSING)] = Field(
        default=None, title="缺开次数不少于"
    )
    q: Annotated[OptionalName | None, contains(ORGANIZATION_NAME)] = Field(default=None, title="支部名称中的文字")
