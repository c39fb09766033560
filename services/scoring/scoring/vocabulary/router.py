from pydantic import Field

from kit.edge import LabelledEnum, Schema
from kit.routing import business_router
from scoring.claims.models import ClaimState, Decision
from scoring.diary.models import PracticeKind
from scoring.evaluations.models import EvaluationState, MonthlyGrade
from scoring.indicators.models import Cadence, CatalogueState, Earning
from scoring.policies.models import PolicyName
from scoring.subjects import SubjectKind

router = business_router("/api/v1/scoring/vocabulary", ["词汇"])
ENUMS: tuple[type[LabelledEnum], ...] = (
    SubjectKind,
    CatalogueState,
    Cadence,
    Earning,
    ClaimState,
    Decision,
    EvaluationState,
    MonthlyGrade,
    PracticeKind,
    PolicyName,
)


class Term(Schema):
    value: str = Field(title="取值")
    label: str = Field(title="名称")


@router.get("", summary="查看枚举取值与中文名称")
async def read_vocabulary() -> dict[str, list[Term]]:
    return {kind.__name__: [Term(value=one.value, label=one.label) for one in kind] for kind in ENUMS}
