"""Which step follows which, who takes it, and what must be there before (domain rules §5), without a database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from records.procedures import Need, Procedure
from records.procedures import Step as DeclaredStep
from registry.dates import After, DateRules, birthday
from registry.members.developments.kinds import DevelopmentStage as Stage
from registry.members.developments.kinds import DevelopmentStep as Step
from registry.members.developments.kinds import DevelopmentTaker as Taker
from registry.members.developments.kinds import Milestone, PaperKind
from registry.members.members.kinds import MemberStage

STEP_DATES = DateRules(
    {"done_on": "办理日期", "entered_on": "上一步的办理日期"},
    (After("done_on", "entered_on"),),
    facts=frozenset(("done_on",)),
)
PAPER_DATES = DateRules(
    {"happened_on": "日期", "ends_on": "公示结束日期"},
    (After("ends_on", "happened_on"),),
    facts=frozenset(("happened_on", "ends_on")),
)
ADULT_YEARS, ONE_YEAR, SATURDAY = 18, 1, 5
LAST_OF_STAGE = {
    Stage.APPLY: Step.FIRST_TALK,
    Stage.ACTIVIST: Step.CULTIVATION,
    Stage.PROSPECT: Step.TRAINING,
    Stage.RECEIVE: Step.RECEIVING_FILED,
    Stage.CONFIRM: Step.CLOSED,
}
MILESTONES = {
    Step.ACTIVIST_CHOSEN: Milestone.ACTIVIST,
    Step.RECEIVING_APPROVAL: Milestone.RECEIVED,
    Step.CONFIRMING_APPROVAL: Milestone.CONFIRMED,
}
STAGE_AFTER = {
    Step.ACTIVIST_CHOSEN: MemberStage.ACTIVIST,
    Step.PROSPECT_CHOSEN: MemberStage.PROSPECT,
    Step.RECEIVING_APPROVAL: MemberStage.PROBATIONARY,
    Step.CONFIRMING_APPROVAL: MemberStage.FORMAL,
}
TALKED_BEFORE = frozenset((Step.RECEIVING_APPROVAL, Step.CONFIRMING_APPROVAL))
"""What nobody decides who was not talked with (R46)."""
GUIDES = frozenset((PaperKind.MENTOR, PaperKind.INTRODUCER))
MOST_GUIDES = 2


def stage_of(step: Step) -> Stage:
    steps = list(Step)
    return next(stage for stage, last in LAST_OF_STAGE.items() if steps.index(step) <= steps.index(last))


def steps_of(stage: Stage) -> tuple[Step, ...]:
    return tuple(step for step in Step if stage_of(step) is stage)


@dataclass(frozen=True, slots=True)
class DevelopmentFacts:
    """`papers` counts the stage's papers by kind; `limits` are the numbers of the day the step is done."""

    done_on: date
    born_on: date
    activist_on: date | None
    received_on: date | None
    papers: Mapping[PaperKind, int]
    guides: Mapping[PaperKind, int]
    hours: Decimal
    publicity_days: int
    limits: Mapping[str, int]

    def without(self, *kinds: PaperKind) -> int:
        return sum(1 for kind in kinds if not self.papers.get(kind))

    @property
    def is_minor(self) -> bool:
        return self.done_on < birthday(self.born_on, ADULT_YEARS)

    @property
    def is_activist_too_short(self) -> bool:
        return self.activist_on is None or self.done_on < birthday(self.activist_on, ONE_YEAR)

    @property
    def is_probation_too_short(self) -> bool:
        return self.received_on is None or self.done_on < birthday(self.received_on, ONE_YEAR)

    @property
    def checks_missing(self) -> int:
        return max(0, self.limits["activist_checks"] - self.papers.get(PaperKind.CHECK, 0))

    @property
    def is_untrained(self) -> bool:
        return self.hours < self.limits["prospect_hours"]

    @property
    def is_not_publicised(self) -> bool:
        return self.publicity_days < self.limits["publicity_days"]


Needs = tuple[Need[DevelopmentFacts], ...]
RECOMMENDED: Need[DevelopmentFacts] = Need(
    "recommendations-missing",
    "双推尚缺 {count} 项(党员推荐、群团推优)",
    lambda facts: facts.without(PaperKind.MEMBERS_RECOMMEND, PaperKind.MASSES_RECOMMEND),
)
APPRAISED: Need[DevelopmentFacts] = Need(
    "appraisals-missing",
    "双评尚缺 {count} 项(党员评议、群众评议)",
    lambda facts: facts.without(PaperKind.MEMBERS_APPRAISE, PaperKind.MASSES_APPRAISE),
)
BOTH = (RECOMMENDED, APPRAISED)
GROWN: Need[DevelopmentFacts] = Need("under-age", "未满 18 周岁", lambda facts: facts.is_minor)
TALKED: Need[DevelopmentFacts] = Need("talk-missing", "没有谈话记录", lambda facts: facts.without(PaperKind.TALK))
MENTORED: Need[DevelopmentFacts] = Need(
    "mentor-missing", "没有培养联系人", lambda facts: not facts.guides.get(PaperKind.MENTOR)
)
INTRODUCED: Need[DevelopmentFacts] = Need(
    "introducers-missing",
    "入党介绍人尚缺 {count} 名",
    lambda facts: max(0, MOST_GUIDES - facts.guides.get(PaperKind.INTRODUCER, 0)),
)
YEAR_AS_ACTIVIST: Need[DevelopmentFacts] = Need(
    "activist-too-short", "确定为入党积极分子未满一年", lambda facts: facts.is_activist_too_short
)
CHECKED: Need[DevelopmentFacts] = Need("checks-missing", "半年考察尚缺 {count} 次", lambda facts: facts.checks_missing)
TRAINED: Need[DevelopmentFacts] = Need("training-missing", "集中培训不足规定学时", lambda facts: facts.is_untrained)
PUBLICISED: Need[DevelopmentFacts] = Need(
    "publicity-missing", "没有公示,或公示期不足", lambda facts: facts.is_not_publicised
)
YEAR_ON_PROBATION: Need[DevelopmentFacts] = Need(
    "probation-too-short", "预备期未满一年", lambda facts: facts.is_probation_too_short
)
NEEDS: dict[Step, Needs] = {
    Step.APPLICATION: (GROWN,),
    Step.FIRST_TALK: (TALKED,),
    Step.MENTORS_NAMED: (MENTORED,),
    Step.CULTIVATION: (YEAR_AS_ACTIVIST, CHECKED, *BOTH),
    Step.INTRODUCERS_NAMED: (INTRODUCED,),
    Step.TRAINING: (TRAINED, PUBLICISED, *BOTH),
    Step.RECEIVING_APPROVAL: (PUBLICISED, *BOTH),
    Step.PROBATION: (YEAR_ON_PROBATION,),
    Step.CONFIRMING_APPROVAL: (PUBLICISED, *BOTH),
}
BY_SUPERIOR = frozenset(
    (
        *(Step.ACTIVIST_FILED, Step.PROSPECT_FILED, Step.PRE_APPROVAL, Step.SUPERIOR_TALK),
        *(Step.RECEIVING_APPROVAL, Step.RECEIVING_FILED, Step.CONFIRMING_APPROVAL),
    )
)
DAYS = {
    Step.FIRST_TALK: 31,
    Step.RECEIVING_MEETING: 31,
    Step.RECEIVING_APPROVAL: 92,
    Step.CONFIRMING_APPROVAL: 92,
}
"""First talk within a month of the application, the meeting within a month of pre-approval, a decision in three."""
DEVELOPMENT: Procedure[Step, DevelopmentFacts] = Procedure(
    "这项发展",
    tuple(
        DeclaredStep(
            step, Taker.SUPERIOR if step in BY_SUPERIOR else Taker.BRANCH, NEEDS.get(step, ()), days=DAYS.get(step)
        )
        for step in Step
    ),
    back_by=Taker.SUPERIOR,
)


def days_of_publicity(first: date, last: date) -> int:
    """Weekdays after the first day and up to the last."""
    days = (first + timedelta(days=step) for step in range(1, (last - first).days + 1))
    return sum(1 for day in days if day.weekday() < SATURDAY)
