"""The seven steps (domain rules §8): who may do what in each, what it needs before it is left and what it leaves."""

from collections.abc import Mapping
from dataclasses import dataclass

from kit.edge import LabelledEnum
from records.procedures import OBJECT, Act, Need, Procedure, Step, publicity
from scoring.reviews.cycles.rules import SEQUENCES, State, Template


class Taker(LabelledEnum):
    CONDUCTOR = "conductor", "组织评议的党组织"
    SUPERIOR = "superior", "上级党组织"


@dataclass(frozen=True)
class StepFacts:
    """What is counted when a review wants to leave its step."""

    subjects: int = 0
    subjects_without_pledges: int = 0
    is_period_over: bool = False
    undecided_claims: int = 0
    reports_missing: int = 0
    open_ballots: int = 0
    valid_ballots: int = 0
    counted_ballots: int = 0
    surveys_missing: int = 0
    subjects_unrated: int = 0
    notices_missing: int = 0
    notices_running: int = 0
    open_objections: int = 0
    is_resolved: bool = False


ReviewAct = Act[StepFacts]
ReviewNeed = Need[StepFacts]
ReviewStep = Step[State, StepFacts]
ReviewProcedure = Procedure[State, StepFacts]
CONDUCTOR, SUPERIOR = Taker

SUBMIT_PLEDGES = ReviewAct("submit_pledges")
DECIDE_PLEDGES = ReviewAct("decide_pledges", CONDUCTOR)
RATE_PLEDGES = ReviewAct("rate_pledges", CONDUCTOR)
REPORT = ReviewAct("report")
COMMENT_REPORTS = ReviewAct("comment_reports", CONDUCTOR)
OPEN_BALLOT = ReviewAct("open_ballot", CONDUCTOR, lambda facts: not facts.counted_ballots)
CLOSE_BALLOT = ReviewAct("close_ballot", CONDUCTOR)
REOPEN_BALLOT = ReviewAct("reopen_ballot", SUPERIOR, lambda facts: facts.counted_ballots > 0)
RECORD_SURVEY = ReviewAct("record_survey", CONDUCTOR)
RECORD_VETO = ReviewAct("record_veto", SUPERIOR)
LIFT_VETO = ReviewAct("lift_veto", SUPERIOR)
DECIDE_OBJECTIONS = ReviewAct("decide_objections", CONDUCTOR)
RECORD_RESOLUTION = ReviewAct("record_resolution", CONDUCTOR)
CONFIRM_RESOLUTION = ReviewAct("confirm_resolution", SUPERIOR)
FILE_OBJECTION: ReviewAct = OBJECT

NO_SUBJECTS = ReviewNeed("no-subjects", "没有评议对象", lambda facts: not facts.subjects, is_decisive=True)
RATED = (RATE_PLEDGES, LIFT_VETO)
UNFROZEN = (RECORD_VETO, LIFT_VETO)


def _step(state: State, *needs: ReviewNeed, acts: tuple[ReviewAct, ...], leaves: tuple[str, ...] = ()) -> ReviewStep:
    return Step(state, CONDUCTOR, (NO_SUBJECTS, *needs), acts, ("subjects", *leaves))


STEPS = (
    _step(
        State.PLEDGE,
        ReviewNeed(
            "pledges-missing",
            "{count} 名对象没有 2 至 5 项经批准的承诺,也没有登记免承诺",
            lambda facts: facts.subjects_without_pledges,
        ),
        acts=(SUBMIT_PLEDGES, DECIDE_PLEDGES, *UNFROZEN),
    ),
    _step(
        State.PRACTISE,
        ReviewNeed("period-running", "积分周期尚未结束", lambda facts: not facts.is_period_over),
        ReviewNeed("claims-undecided", "{count} 项申报尚未审定", lambda facts: facts.undecided_claims),
        acts=(RATE_PLEDGES, *UNFROZEN),
        leaves=("is_period_over",),
    ),
    _step(
        State.REPORT,
        ReviewNeed("reports-missing", "{count} 名对象没有述职,也没有登记缺席", lambda facts: facts.reports_missing),
        acts=(REPORT, COMMENT_REPORTS, RATE_PLEDGES, *UNFROZEN),
    ),
    _step(
        State.APPRAISE,
        ReviewNeed("ballots-open", "{count} 场测评尚未截止", lambda facts: facts.open_ballots),
        ReviewNeed("ballot-missing", "没有有效的民主测评(参加人须达半数)", lambda facts: not facts.valid_ballots),
        ReviewNeed(
            "surveys-missing",
            "{count} 名对象没有民意调查结果,也没有登记缺项",
            lambda facts: facts.surveys_missing,
        ),
        acts=(OPEN_BALLOT, CLOSE_BALLOT, REOPEN_BALLOT, RECORD_SURVEY, COMMENT_REPORTS, RATE_PLEDGES, *UNFROZEN),
        leaves=("valid_ballots", "counted_ballots"),
    ),
    _step(
        State.COMPARE,
        ReviewNeed("ratings-missing", "{count} 名对象尚未算出综合得分", lambda facts: facts.subjects_unrated),
        acts=RATED,
    ),
    publicity(State.PUBLICISE, CONDUCTOR, "名对象", before=(NO_SUBJECTS,), acts=RATED, leaves=("subjects",)),
    _step(
        State.DELIBERATE,
        ReviewNeed("resolution-missing", "没有形成审议决议", lambda facts: not facts.is_resolved),
        acts=(RECORD_RESOLUTION, CONFIRM_RESOLUTION, *RATED),
        leaves=("is_resolved",),
    ),
    Step(State.FINAL, CONDUCTOR, acts=(LIFT_VETO,)),
)
PROCEDURES: Mapping[Template, ReviewProcedure] = {
    template: Procedure("评议", tuple(step for step in STEPS if step.stage in sequence), SUPERIOR)
    for template, sequence in SEQUENCES.items()
}
