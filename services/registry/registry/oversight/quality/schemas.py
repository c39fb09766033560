from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import OptionalText, Schema, Text
from records.findings import Severity
from records.listing import Listing, Where, contains, equals
from records.voiding import VOID_REASON, void_or_not
from registry.oversight.quality.kinds import LookalikeKind
from registry.oversight.quality.models import DistinctPair
from registry.oversight.quality.queries import ALIKE
from registry.tree.organizations.queries import below

A = ALIKE.c
DistinctPairId = Annotated[UUID, Path(title="不是重复的认定编号")]
KIND = "重复类别"


class QualityDay(Schema):
    day: date = Field(title="日期")
    number: int = Field(title="件数")


class QualityCheckRead(Schema):
    code: str = Field(title="检查代码", description="发现问题的事项代码,或重复类别")
    name: str = Field(title="检查名称")
    severity: Severity = Field(title="轻重")
    action: str = Field(title="办理建议")
    number: int = Field(title="今天的件数")
    trend: list[QualityDay] = Field(title="每日件数", description="每夜计一次,没有计数的日期不列")


class QualityRead(Schema):
    as_of: date = Field(title="截至日期")
    checks: list[QualityCheckRead] = Field(title="各项检查")


class LookalikeRead(Schema):
    id: UUID = Field(title="编号")
    kind: LookalikeKind = Field(title=KIND)
    first_id: UUID = Field(title="甲方编号")
    first_name: str = Field(title="甲方")
    organization_id: UUID = Field(title="甲方所在组织编号")
    organization_name: str = Field(title="甲方所在组织")
    second_id: UUID = Field(title="乙方编号")
    second_name: str = Field(title="乙方")
    second_organization_id: UUID = Field(title="乙方所在组织编号")
    second_organization_name: str = Field(title="乙方所在组织")
    root_id: UUID = Field(title="所属区编号")


class LookalikeListing(
    Listing, sortable=(A.first_name, A.kind), order=(A.kind, A.first_name, A.first_id, A.second_id, A.id)
):
    kind: Annotated[LookalikeKind | None, equals(A.kind)] = Field(default=None, title=KIND)
    under: Annotated[UUID | None, Where(below(A.organization_id))] = Field(
        default=None, title="甲方所在组织及其全部下级"
    )
    q: Annotated[OptionalText | None, contains(A.first_name)] = Field(default=None, title="按名称查找")


class DistinctPairCreate(Schema):
    kind: LookalikeKind = Field(title=KIND)
    first_id: UUID = Field(title="其中一个的编号")
    second_id: UUID = Field(title="另一个的编号")
    reason: Text = Field(title="认定理由")


class DistinctPairRead(Schema):
    id: UUID = Field(title="编号")
    kind: LookalikeKind = Field(title=KIND)
    first_id: UUID = Field(title="甲方编号")
    first_name: str = Field(title="甲方")
    second_id: UUID = Field(title="乙方编号")
    second_name: str = Field(title="乙方")
    organization_id: UUID = Field(title="甲方所在组织编号")
    organization_name: str = Field(title="甲方所在组织")
    reason: str = Field(title="认定理由")
    judged_on: date = Field(title="认定日期")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class DistinctPairListing(
    Listing,
    sortable=(DistinctPair.judged_on, DistinctPair.kind),
    order=(DistinctPair.judged_on.desc(), DistinctPair.id),
):
    kind: Annotated[LookalikeKind | None, equals(DistinctPair.kind)] = Field(default=None, title=KIND)
    under: Annotated[UUID | None, Where(below(DistinctPair.organization_id))] = Field(
        default=None, title="甲方所在组织及其全部下级"
    )
    is_void: Annotated[bool, void_or_not(DistinctPair)] = Field(default=False, title="只列已作废的")
