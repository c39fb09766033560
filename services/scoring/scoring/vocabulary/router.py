import re

from pydantic import Field

from kit.edge import LabelledEnum, Schema
from kit.routing import business_router
from scoring.ballots.models import BallotKind, BallotState
from scoring.ballots.rules import Grade
from scoring.claims.models import ClaimState, Decision
from scoring.cycles.models import CycleState, StarModel
from scoring.cycles.rules import State, Template
from scoring.diary.models import PracticeKind
from scoring.evaluations.models import EvaluationState, MonthlyGrade
from scoring.indicators.models import Cadence, CatalogueState, Earning
from scoring.notices.models import NoticeState, ObjectionState
from scoring.pledges.models import Fulfilment, PledgeState
from scoring.policies.models import PolicyName
from scoring.ratings.service import Part
from scoring.reviews.models import StepKind
from scoring.subjects import SubjectKind
from scoring.surveys.models import SurveyKind

router = business_router("/api/v1/scoring/vocabulary", ["词汇"])
WORD_START = re.compile(r"(?<!^)(?=[A-Z])")
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
    CycleState,
    StarModel,
    Template,
    State,
    StepKind,
    PledgeState,
    Fulfilment,
    BallotKind,
    BallotState,
    Grade,
    SurveyKind,
    Part,
    NoticeState,
    ObjectionState,
)


class Term(Schema):
    value: str = Field(title="值")
    label: str = Field(title="名称")


class VocabularyRead(Schema):
    terms: dict[str, list[Term]] = Field(title="词汇", description="按类别列出接口里的取值及其中文名称")


@router.get("", summary="查看枚举取值与中文名称", response_model=VocabularyRead)
async def read_vocabulary() -> VocabularyRead:
    return VocabularyRead(
        terms={
            WORD_START.sub("_", kind.__name__).lower(): [Term(value=one.value, label=one.label) for one in kind]
            for kind in ENUMS
        }
    )
