import re

from pydantic import Field

from kit.edge import LabelledEnum, Schema
from kit.routing import business_router
from scoring.points.claims.models import ClaimState, Decision
from scoring.points.diary.models import PracticeKind
from scoring.points.evaluations.models import EvaluationState, MonthlyGrade
from scoring.points.indicators.models import Cadence, CatalogueState, Earning
from scoring.reference.policies.models import PolicyName
from scoring.reviews.ballots.models import BallotKind, BallotState
from scoring.reviews.ballots.rules import Grade
from scoring.reviews.cycles.models import CycleState, StarModel
from scoring.reviews.cycles.rules import State, Template
from scoring.reviews.notices.models import NoticeState, ObjectionState
from scoring.reviews.pledges.models import Fulfilment, PledgeState
from scoring.reviews.ratings.service import Part
from scoring.reviews.reviews.models import StepKind
from scoring.reviews.surveys.models import SurveyKind
from scoring.subjects import SubjectKind

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
