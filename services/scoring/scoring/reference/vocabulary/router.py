from kit.domains import Domain
from kit.edge import LabelledEnum
from records.steps import StepKind
from records.vocabulary import vocabulary_router
from scoring.contests.contests.kinds import ContestForm, ContestPart
from scoring.contests.duty_posts.kinds import DutyPostKind
from scoring.contests.projects.kinds import ProjectKind, ProjectState
from scoring.honours.complaints.kinds import ComplaintSource, ComplaintState
from scoring.honours.rewards.rules import StarClass
from scoring.insight.fairness.kinds import FairnessAttribute
from scoring.insight.what_if.kinds import StarChange
from scoring.points.claims.models import ClaimState, Decision
from scoring.points.closures.models import LateDecision, WithheldState
from scoring.points.diary.models import PracticeKind
from scoring.points.evaluations.models import EvaluationState, MonthlyGrade
from scoring.points.indicators.models import Cadence, CatalogueState, Earning
from scoring.points.suggestions.kinds import SuggestionKind, SuggestionState
from scoring.reference.policies.models import PolicyName
from scoring.reference.working_days.kinds import WorkingYearState
from scoring.reviews.attendances.kinds import MeetingKind
from scoring.reviews.ballots.models import BallotKind, BallotState
from scoring.reviews.ballots.rules import Grade
from scoring.reviews.cycles.models import CycleState, StarModel
from scoring.reviews.cycles.rules import State, Template
from scoring.reviews.notices.models import NoticeState, ObjectionState
from scoring.reviews.pledges.models import Fulfilment, PledgeState
from scoring.reviews.ratings.rules import Part, SetAside
from scoring.reviews.rulebooks.rules import Topic
from scoring.reviews.surveys.models import SurveyKind
from scoring.subjects import SubjectKind

ENUMS: tuple[type[LabelledEnum], ...] = (
    SubjectKind,
    CatalogueState,
    Cadence,
    Earning,
    ClaimState,
    Decision,
    EvaluationState,
    WithheldState,
    LateDecision,
    MonthlyGrade,
    PracticeKind,
    PolicyName,
    WorkingYearState,
    DutyPostKind,
    ProjectKind,
    ProjectState,
    ContestForm,
    ContestPart,
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
    Topic,
    MeetingKind,
    Part,
    SetAside,
    NoticeState,
    ObjectionState,
    ComplaintSource,
    ComplaintState,
    StarClass,
    SuggestionKind,
    SuggestionState,
    StarChange,
    FairnessAttribute,
)
router = vocabulary_router("scoring", ENUMS)


DOMAIN = Domain(routers=[router])
