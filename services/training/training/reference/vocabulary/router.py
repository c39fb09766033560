import re

from pydantic import Field

from kit.edge import LabelledEnum, Schema
from kit.routing import business_router
from training import kinds

router = business_router("/api/v1/training", ["词汇"])
WORD_START = re.compile(r"(?<!^)(?=[A-Z])")
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
    value: str = Field(title="值")
    label: str = Field(title="名称")


class VocabularyRead(Schema):
    terms: dict[str, list[Term]] = Field(title="词汇", description="按类别列出接口里的取值及其中文名称")


@router.get("/vocabulary", summary="查看枚举取值与中文名称", response_model=VocabularyRead)
async def read_vocabulary() -> VocabularyRead:
    return VocabularyRead(
        terms={
            WORD_START.sub("_", kind.__name__).lower(): [Term(value=one.value, label=one.label) for one in kind]
            for kind in ENUMS
        }
    )
