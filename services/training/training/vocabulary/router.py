from pydantic import Field

from kit.edge import LabelledEnum, Schema
from kit.routing import business_router
from training import kinds

router = business_router("/api/v1/training", ["词汇"])
ENUMS: tuple[type[LabelledEnum], ...] = (
    kinds.MeetingKind,
    kinds.ClassKind,
    kinds.Audience,
    kinds.Duration,
    kinds.MeetingState,
    kinds.MakeUpState,
    kinds.CadencePeriod,
    kinds.RequirementGroup,
)


class Term(Schema):
    value: str = Field(title="取值")
    label: str = Field(title="名称")


@router.get("/vocabulary", summary="查看枚举取值与中文名称")
async def read_vocabulary() -> dict[str, list[Term]]:
    return {kind.__name__: [Term(value=member.value, label=member.label) for member in kind] for kind in ENUMS}
