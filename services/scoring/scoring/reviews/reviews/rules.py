"""The order of the seven steps and what each needs before it is left (domain rules §8)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from scoring.reviews.cycles.rules import SEQUENCES, State, Template


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


@dataclass(frozen=True)
class Missing:
    code: str
    text: str


def first_state(template: Template) -> State:
    return SEQUENCES[template][0]


def state_after(template: Template, state: State) -> State | None:
    sequence = SEQUENCES[template]
    if state not in sequence[:-1]:
        return None
    return sequence[sequence.index(state) + 1]


def may_follow(template: Template, state: State, to: State) -> bool:
    return state_after(template, state) is to


def may_reopen(template: Template, state: State, to: State) -> bool:
    """Back to any earlier step of the template; the final state itself is no step."""
    sequence = SEQUENCES[template]
    return state in sequence and to in sequence and sequence.index(to) < sequence.index(state)


def is_reached(template: Template, state: State, step: State) -> bool:
    sequence = SEQUENCES[template]
    return step in sequence and sequence.index(step) <= sequence.index(state)


def rates_on_leaving(state: State) -> bool:
    """Inputs are frozen and stars proposed when appraisal ends, in either template."""
    return state is State.APPRAISE


def missing_before_leaving(state: State, facts: StepFacts) -> list[Missing]:
    if state is State.FINAL:
        return []
    if facts.subjects == 0:
        return [Missing("no-subjects", "没有评议对象")]
    return CONDITIONS[state](facts)


def _pledges(facts: StepFacts) -> list[Missing]:
    return _counted(
        "pledges-missing", "名对象没有 2 至 5 项经批准的承诺,也没有登记免承诺", facts.subjects_without_pledges
    )


def _practice(facts: StepFacts) -> list[Missing]:
    waiting = [] if facts.is_period_over else [Missing("period-running", "积分周期尚未结束")]
    return waiting + _counted("claims-undecided", "项申报尚未审定", facts.undecided_claims)


def _reports(facts: StepFacts) -> list[Missing]:
    return _counted("reports-missing", "名对象没有述职,也没有登记缺席", facts.reports_missing)


def _appraisals(facts: StepFacts) -> list[Missing]:
    ballot = [] if facts.valid_ballots else [Missing("ballot-missing", "没有有效的民主测评(参加人须过半数)")]
    return [
        *_counted("ballots-open", "场测评尚未截止", facts.open_ballots),
        *ballot,
        *_counted("surveys-missing", "名对象没有民意调查结果,也没有登记缺项", facts.surveys_missing),
    ]


def _comparison(facts: StepFacts) -> list[Missing]:
    return _counted("ratings-missing", "名对象尚未算出综合得分", facts.subjects_unrated)


def _notices(facts: StepFacts) -> list[Missing]:
    return [
        *_counted("notices-missing", "名对象尚未公示", facts.notices_missing),
        *_counted("notices-running", "名对象的公示期未满", facts.notices_running),
        *_counted("objections-open", "项异议未答复", facts.open_objections),
    ]


def _resolution(facts: StepFacts) -> list[Missing]:
    return [] if facts.is_resolved else [Missing("resolution-missing", "没有形成审议决议")]


def _counted(code: str, text: str, count: int) -> list[Missing]:
    return [Missing(code, f"{count} {text}")] if count else []


CONDITIONS: Mapping[State, Callable[[StepFacts], list[Missing]]] = {
    State.PLEDGE: _pledges,
    State.PRACTISE: _practice,
    State.REPORT: _reports,
    State.APPRAISE: _appraisals,
    State.COMPARE: _comparison,
    State.PUBLICISE: _notices,
    State.DELIBERATE: _resolution,
}


def sentence(missing: Sequence[Missing]) -> str:
    return ";".join(item.text for item in missing)
