"""A branch is put right: its case is found, measures are taken, shown to everybody, and accepted by the superior."""

from dataclasses import dataclass
from datetime import date

import pytest
from pydantic import BaseModel

from kit.edge import LabelledEnum
from kit.problems import Problem
from records.procedures import OBJECT, Act, Need, Procedure, Step, publicity
from records.steps import flags, require_act, require_earlier, require_finished, require_next


class Stage(LabelledEnum):
    FOUND = "found", "查找问题"
    MEASURED = "measured", "落实措施"
    SHOWN = "shown", "公示"
    ACCEPTED = "accepted", "验收"
    DROPPED = "dropped", "不在本流程"


class Taker(LabelledEnum):
    BRANCH = "branch", "本支部"
    SUPERIOR = "superior", "上级党组织"


@dataclass(frozen=True)
class Facts:
    is_known: bool = True
    causes: int = 1
    measures_open: int = 0
    notices_missing: int = 0
    notices_running: int = 0
    open_objections: int = 0


UNKNOWN = Need[Facts]("nothing-known", "没有整顿对象", lambda facts: not facts.is_known, is_decisive=True)
NO_CAUSE = Need[Facts]("cause-missing", "没有写明原因", lambda facts: not facts.causes)
OPEN = Need[Facts]("measures-open", "{count} 项措施尚未落实", lambda facts: facts.measures_open)
ADD, VISIT = Act[Facts]("add", Taker.BRANCH), Act[Facts]("visit", Taker.SUPERIOR, lambda facts: facts.causes > 1)
FOUND = Step(Stage.FOUND, Taker.BRANCH, (UNKNOWN, NO_CAUSE), (ADD, VISIT), ("causes", "is_known"), days=30)
MEASURED = Step(Stage.MEASURED, Taker.BRANCH, (UNKNOWN, OPEN), (ADD,))
SHOWN = publicity(Stage.SHOWN, Taker.SUPERIOR, "个支部", before=(UNKNOWN,), leaves=("causes",))
CASE = Procedure("整顿", (FOUND, MEASURED, SHOWN, Step(Stage.ACCEPTED, Taker.SUPERIOR)), Taker.SUPERIOR)
BOTH = tuple(Taker)

TRUTH = """
from      to found  measured  shown  accepted  dropped
found     -         next      skip   skip      -
measured  back      -         next   skip      -
shown     back      back      -      next      -
accepted  back      back      back   -         -
dropped   -         -         -      -         -
"""
NAMED = {one.value: one for one in Stage}
ROWS = [line.split() for line in TRUTH.strip().splitlines()[1:]]
CELLS = [(NAMED[row[0]], to, answer) for row in ROWS for to, answer in zip(Stage, row[1:], strict=True)]


def refusal(call, *given) -> tuple[str, str] | None:
    try:
        call(*given)
    except Problem as problem:
        return problem.code, problem.sentence
    return None


class TestTheOrder:
    @pytest.mark.parametrize(("stage", "to", "answer"), CELLS)
    def test_allows_one_step_forwards_and_any_backwards(self, stage: Stage, to: Stage, answer: str) -> None:
        assert (CASE.after(stage) is to) is (answer == "next")
        assert CASE.is_earlier(to, stage) is (answer == "back")
        assert bool(CASE.between(stage, to)) is (answer in ("next", "skip"))

    @pytest.mark.parametrize(("stage", "to", "answer"), CELLS)
    def test_is_reached_by_what_stands_there_or_further(self, stage: Stage, to: Stage, answer: str) -> None:
        is_there = stage is to and stage is not Stage.DROPPED
        assert CASE.is_reached(stage, to) is (is_there or answer == "back")

    @pytest.mark.parametrize(
        ("stage", "to", "sentence"),
        [
            ("found", "shown", "整顿现处于“查找问题”,不能直接到“公示”:须先完成“查找问题”“落实措施”"),
            ("shown", "found", "整顿现处于“公示”,不能直接到“查找问题”:下一步是“验收”,退回由上级党组织办理"),
            ("found", "dropped", "整顿现处于“查找问题”,不能直接到“不在本流程”:下一步是“落实措施”,退回由上级党组织办理"),
            ("accepted", "shown", "整顿现处于“验收”,不能直接到“公示”:没有下一步,退回由上级党组织办理"),
        ],
    )
    def test_refuses_a_skip_with_what_is_missing(self, stage: str, to: str, sentence: str) -> None:
        assert refusal(require_next, CASE, NAMED[stage], NAMED[to]) == ("step-order", sentence)

    def test_refuses_to_go_back_to_what_is_not_earlier(self) -> None:
        code, sentence = "reopen-refused", "整顿现处于“落实措施”,只能退回到更早的步骤"

        assert refusal(require_earlier, CASE, Stage.MEASURED, Stage.MEASURED) == (code, sentence)
        assert refusal(require_earlier, CASE, Stage.MEASURED, Stage.FOUND) is None
        assert refusal(require_next, CASE, Stage.MEASURED, Stage.SHOWN) is None


class TestAStep:
    @pytest.mark.parametrize(
        ("stage", "facts", "sentence"),
        [
            (Stage.FOUND, Facts(), None),
            (Stage.FOUND, Facts(causes=0), "“查找问题”尚未完成:没有写明原因"),
            (Stage.FOUND, Facts(causes=0, is_known=False), "“查找问题”尚未完成:没有整顿对象"),
            (Stage.MEASURED, Facts(measures_open=2), "“落实措施”尚未完成:2 项措施尚未落实"),
            (Stage.SHOWN, Facts(notices_missing=1), "“公示”尚未完成:1 个支部尚未公示"),
            (
                Stage.SHOWN,
                Facts(notices_running=1, open_objections=3),
                "“公示”尚未完成:1 个支部的公示期未满;3 项异议未答复",
            ),
            (Stage.SHOWN, Facts(causes=0, measures_open=1), None),
            (Stage.ACCEPTED, Facts(is_known=False), None),
        ],
    )
    def test_is_left_only_when_nothing_is_missing(self, stage: Stage, facts: Facts, sentence: str | None) -> None:
        found = refusal(require_finished, CASE, stage, facts)
        assert found == (sentence and ("step-not-finished", sentence))

    def test_names_each_thing_missing_by_its_code(self) -> None:
        with pytest.raises(Problem) as refused:
            require_finished(CASE, Stage.SHOWN, Facts(notices_running=1, open_objections=3))

        assert [one.pointer for one in refused.value.fields] == ["notices-running", "objections-open"]

    def test_leaves_the_facts_it_names_and_that_are_there(self) -> None:
        assert FOUND.output(Facts(causes=2, measures_open=5)) == {"causes": 2, "is_known": True}
        assert FOUND.output(Facts(is_known=False)) == {"causes": 1}

    def test_is_due_so_many_days_after_it_was_entered_or_on_the_day_that_was_named(self) -> None:
        first, named = date(2026, 3, 1), {"found": date(2026, 3, 15)}

        assert CASE.due_on(Stage.FOUND, first, {}) == date(2026, 3, 31)
        assert CASE.due_on(Stage.FOUND, first, named) == date(2026, 3, 15)
        assert CASE.due_on(Stage.MEASURED, first, named) is None
        assert CASE.due_on(Stage.FOUND, None, {}) is None


class Permissions(BaseModel):
    may_advance: bool
    may_visit: bool


class TestWhoMay:
    @pytest.mark.parametrize(
        ("stage", "takers", "facts", "names"),
        [
            (Stage.FOUND, (), Facts(), ""),
            (Stage.FOUND, (Taker.BRANCH,), Facts(), "add advance"),
            (Stage.FOUND, (Taker.BRANCH,), Facts(causes=0), "add"),
            (Stage.FOUND, (Taker.SUPERIOR,), Facts(), ""),
            (Stage.FOUND, BOTH, Facts(causes=2), "add visit advance"),
            (Stage.MEASURED, BOTH, Facts(), "add advance reopen"),
            (Stage.SHOWN, (), Facts(), "object"),
            (Stage.SHOWN, (Taker.BRANCH,), Facts(), "object"),
            (Stage.SHOWN, (Taker.SUPERIOR,), Facts(), "object decide_objections advance reopen"),
            (Stage.SHOWN, (Taker.SUPERIOR,), Facts(open_objections=1), "object decide_objections reopen"),
            (Stage.ACCEPTED, (Taker.BRANCH,), Facts(), ""),
            (Stage.ACCEPTED, BOTH, Facts(), "reopen"),
        ],
    )
    def test_depends_on_step_taker_and_facts(
        self, stage: Stage, takers: tuple[Taker, ...], facts: Facts, names: str
    ) -> None:
        assert CASE.allowed(stage, facts, takers) == set(names.split())

    def test_is_told_as_flags(self) -> None:
        assert flags(Permissions, frozenset({"advance", "add"})) == Permissions(may_advance=True, may_visit=False)

    def test_is_refused_with_the_steps_that_have_the_act(self) -> None:
        late = "整顿现处于“公示”,这项操作只能在“查找问题、落实措施”进行"

        assert refusal(require_act, CASE, Stage.MEASURED, ADD) is None
        assert refusal(require_act, CASE, Stage.SHOWN, OBJECT) is None
        assert refusal(require_act, CASE, Stage.SHOWN, ADD) == ("wrong-step", late)
        assert refusal(require_act, CASE, Stage.SHOWN, Act("burn")) == (
            "wrong-step",
            "整顿现处于“公示”,这一流程没有这项操作",
        )
