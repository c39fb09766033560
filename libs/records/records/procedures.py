"""Ordered steps declared as data. Pure: facts in, decisions out; `records.steps` refuses and keeps what was taken.

A thing stands at a stage. It goes on to the next one only, when nothing the step needs is missing, and back to an
earlier one by whom the procedure names. The last step is the end: nothing follows it.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from kit.edge import LabelledEnum

Stage = TypeVar("Stage", bound=LabelledEnum)
Facts = TypeVar("Facts")
ADVANCE, REOPEN = "advance", "reopen"


class Missing(NamedTuple):
    code: str
    text: str


def always(_: Any) -> bool:
    return True


@dataclass(frozen=True)
class Need(Generic[Facts]):
    """`lacking` counts what is not there yet; `text` may say `{count}`. What is `decisive` is told alone."""

    code: str
    text: str
    lacking: Callable[[Facts], int]
    is_decisive: bool = False


@dataclass(frozen=True)
class Act(Generic[Facts]):
    """What `by`, or whoever sees the thing, may do during a step; `when` decides its flag, its own error refuses it."""

    name: str
    by: LabelledEnum | None = None
    when: Callable[[Facts], bool] = always


@dataclass(frozen=True)
class Step(Generic[Stage, Facts]):
    """`by` leaves it for the next one, due `days` after it was entered; `leaves` are the facts the history keeps."""

    stage: Stage
    by: LabelledEnum
    needs: tuple[Need[Facts], ...] = ()
    acts: tuple[Act[Facts], ...] = ()
    leaves: tuple[str, ...] = ()
    days: int | None = None

    def missing(self, facts: Facts) -> list[Missing]:
        found = [(need, need.lacking(facts)) for need in self.needs]
        lacking = [(need, Missing(need.code, need.text.format(count=count))) for need, count in found if count]
        decisive = [one for need, one in lacking if need.is_decisive]
        return decisive[:1] or [one for _, one in lacking]

    def output(self, facts: Facts) -> dict[str, Any]:
        return {name: value for name in self.leaves if (value := getattr(facts, name))}


@dataclass(frozen=True)
class Procedure(Generic[Stage, Facts]):
    """`title` is what a sentence calls the thing; `back_by` may send it back."""

    title: str
    steps: tuple[Step[Stage, Facts], ...]
    back_by: LabelledEnum

    @property
    def stages(self) -> tuple[Stage, ...]:
        return tuple(step.stage for step in self.steps)

    def step(self, stage: Stage) -> Step[Stage, Facts]:
        return self.steps[self.stages.index(stage)]

    def after(self, stage: Stage) -> Stage | None:
        stages = self.stages
        return dict(pairwise(stages)).get(stage)

    def between(self, stage: Stage, to: Stage) -> tuple[Stage, ...]:
        """The stages to be gone through before `to`, the present one first; none when `to` does not lie ahead."""
        stages = self.stages
        return stages[stages.index(stage) : stages.index(to)] if {stage, to} <= set(stages) else ()

    def is_earlier(self, to: Stage, stage: Stage) -> bool:
        return bool(self.between(to, stage))

    def is_reached(self, stage: Stage, milestone: Stage) -> bool:
        return stage in self.stages and (stage is milestone or self.is_earlier(milestone, stage))

    def stages_of(self, act: Act[Facts]) -> tuple[Stage, ...]:
        return tuple(step.stage for step in self.steps if act in step.acts)

    def allowed(self, stage: Stage, facts: Facts, takers: Collection[LabelledEnum]) -> frozenset[str]:
        """The names of what these takers may do now: the acts of the step, `advance` and `reopen`."""
        step = self.step(stage)
        names = {act.name for act in step.acts if (act.by is None or act.by in takers) and act.when(facts)}
        if self.after(stage) and step.by in takers and not step.missing(facts):
            names.add(ADVANCE)
        if stage is not self.stages[0] and self.back_by in takers:
            names.add(REOPEN)
        return frozenset(names)

    def due_on(self, stage: Stage, entered_on: date | None, named: Mapping[str, date]) -> date | None:
        """The day named for the step of this one thing, else its days after it was entered."""
        days = self.step(stage).days
        counted = entered_on + timedelta(days=days) if entered_on and days is not None else None
        return named.get(stage, counted)


class Publicised(Protocol):
    """What a step of publicity counts: who has no notice yet, whose time still runs, what was not answered."""

    @property
    def notices_missing(self) -> int: ...
    @property
    def notices_running(self) -> int: ...
    @property
    def open_objections(self) -> int: ...


Shown = TypeVar("Shown", bound=Publicised)
OBJECT: Act[Any] = Act("object")


def publicity(
    stage: Stage,
    by: LabelledEnum,
    whom: str,
    *,
    before: tuple[Need[Shown], ...] = (),
    acts: tuple[Act[Shown], ...] = (),
    leaves: tuple[str, ...] = (),
) -> Step[Stage, Shown]:
    """A step for everybody to see and object to; `by` decides the objections. Its clock is `records.publicity`."""
    needs: tuple[Need[Shown], ...] = (
        Need("notices-missing", f"{{count}} {whom}尚未公示", lambda facts: facts.notices_missing),
        Need("notices-running", f"{{count}} {whom}的公示期未满", lambda facts: facts.notices_running),
        Need("objections-open", "{count} 项异议未答复", lambda facts: facts.open_objections),
    )
    decide: Act[Shown] = Act("decide_objections", by)
    return Step(stage, by, (*before, *needs), (OBJECT, decide, *acts), leaves)
