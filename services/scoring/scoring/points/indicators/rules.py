"""What an event earns: pure functions of a trigger and the event's data."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple
from uuid import UUID

from scoring.rounding import half_up, told

WHOLE = Fraction(1)
NOTHING = Decimal(0)
MONTH_TEXT_LENGTH = 7
NUMBERS = frozenset({"number"})
DAYS = frozenset({"date", "month", "number"})
SINGLE = frozenset({"id", "date", "month", "number", "boolean", "text"})


@dataclass(frozen=True)
class Trigger:
    """One event type that earns an indicator.

    `each` names the list of the event's data whose items are awarded one by one; without it the data itself is.
    Fields are looked up in the item first, then in the data; `points_year` is the year of `occurred_on`. Causes with
    one `source` and equal `cause` fields are one cause, whichever event told of it.
    """

    event: str
    source: str
    subject: str
    occurred_on: str
    cause: tuple[str, ...]
    each: str | None = None
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    at_least: Mapping[str, Decimal] = field(default_factory=dict)
    proportion: str | None = None

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Trigger":
        return cls(
            event=record["event"],
            source=record["source"],
            subject=record["subject"],
            occurred_on=record["occurred_on"],
            cause=tuple(record["cause"]),
            each=record.get("each"),
            when={name: tuple(values) for name, values in record.get("when", {}).items()},
            at_least={name: Decimal(bound) for name, bound in record.get("at_least", {}).items()},
            proportion=record.get("proportion"),
        )

    def as_record(self) -> dict[str, Any]:
        return {
            "event": self.event,
            "source": self.source,
            "subject": self.subject,
            "occurred_on": self.occurred_on,
            "cause": list(self.cause),
            "each": self.each,
            "when": {name: list(values) for name, values in self.when.items()},
            "at_least": {name: str(bound) for name, bound in self.at_least.items()},
            "proportion": self.proportion,
        }


class Told(NamedTuple):
    """What an event tells: the kind of each of its fields, and of those in the items of each of its lists."""

    fields: Mapping[str, str]
    lists: Mapping[str, Mapping[str, str]]


class Version(NamedTuple):
    """What decides whether a published catalogue applies."""

    id: UUID
    subject_kind: str
    root_id: UUID | None
    from_year: int


class Award(NamedTuple):
    subject_id: UUID
    indicator_code: str
    points: Decimal
    occurred_on: date
    source: str
    source_ref: str


def awards(
    trigger: Trigger, code: str, points: Decimal, data: Mapping[str, Any], *, with_nothing: bool = False
) -> Iterator[Award]:
    """What `data` earns for the indicator `code` worth `points`; a field the trigger needs and lacks is a KeyError.

    `with_nothing` lists also those who earn nothing, with no points: a correction takes back what they had.
    """
    items: Sequence[Mapping[str, Any]] = data[trigger.each] if trigger.each else [{}]
    for item in items:
        facts = {**data, **item}
        amount = _amount(trigger, points, facts)
        if facts[trigger.subject] is None or (amount == 0 and not with_nothing):
            continue
        subject_id, occurred_on = UUID(str(facts[trigger.subject])), last_day(facts[trigger.occurred_on])
        facts["points_year"] = occurred_on.year
        reference = "/".join([*(_text(facts[name]) for name in trigger.cause), str(subject_id), code])
        yield Award(subject_id, code, amount, occurred_on, trigger.source, reference)


def fault_of(trigger: Trigger, told: Told) -> str | None:
    """Why the trigger can never earn from the event, in Chinese; None where every field it reads is told."""
    if trigger.each is not None and trigger.each not in told.lists:
        return f"事件没有列表“{trigger.each}”"
    facts = {**told.fields, **(told.lists[trigger.each] if trigger.each else {})}
    for name, kinds, use in _reads(trigger):
        if name not in facts and name not in told.lists:
            return f"事件没有字段“{name}”"
        if facts.get(name, "list") not in kinds:
            return f"字段“{name}”不能用作{use}"
    return _list_fault(trigger, told)


def _reads(trigger: Trigger) -> Iterator[tuple[str, frozenset[str], str]]:
    yield trigger.subject, frozenset({"id"}), "得分对象"
    yield trigger.occurred_on, DAYS, "发生日期"
    yield from ((name, SINGLE, "原因") for name in trigger.cause if name != "points_year")
    yield from ((name, SINGLE, "条件") for name in trigger.when)
    yield from ((name, NUMBERS, "下限") for name in trigger.at_least)
    if trigger.proportion is not None and ":" not in trigger.proportion:
        names = trigger.proportion.split("/")
        yield from ((name, NUMBERS, "比例") for name in names if not name.isdigit())


def _list_fault(trigger: Trigger, told: Told) -> str | None:
    listed, _, comparison = (trigger.proportion or "").rpartition(":")
    if not listed:
        return None
    if listed not in told.lists:
        return f"事件没有列表“{listed}”"
    wrong = [name for name in comparison.split(">=") if told.lists[listed].get(name) not in NUMBERS]
    return f"列表“{listed}”没有可以比较的字段“{wrong[0]}”" if wrong else None


def in_force(versions: Iterable[Version], subject_kind: str, root_id: UUID, year: int) -> Version | None:
    """The district's own newest version that has begun by `year`, else the newest default."""
    fitting = [
        one
        for one in versions
        if one.subject_kind == subject_kind and one.root_id in (root_id, None) and one.from_year <= year
    ]
    return max(fitting, key=lambda one: (one.root_id is not None, one.from_year), default=None)


def last_day(value: object) -> date:
    """The day itself, or the last one of a month ("2025-03") or a year (2025)."""
    text = str(value)
    if text.isdigit():
        return date(int(text), 12, 31)
    if len(text) == MONTH_TEXT_LENGTH:
        first = date.fromisoformat(f"{text}-01")
        return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return date.fromisoformat(text[:10])


def _amount(trigger: Trigger, points: Decimal, facts: Mapping[str, Any]) -> Decimal:
    if not _holds(trigger, facts):
        return NOTHING
    return half_up(max(Fraction(0), Fraction(points) * _share(trigger.proportion, facts)))


def _holds(trigger: Trigger, facts: Mapping[str, Any]) -> bool:
    return all(_text(facts.get(name)) in values for name, values in trigger.when.items()) and all(
        facts.get(name) is not None and told(facts[name]) >= bound for name, bound in trigger.at_least.items()
    )


def _share(proportion: str | None, facts: Mapping[str, Any]) -> Fraction:
    """1, or `hours/required` of the facts, or `members:hours>=required`, the part of a list that reached it."""
    if proportion is None:
        return WHOLE
    listed, _, comparison = proportion.rpartition(":")
    if listed:
        reached, required = comparison.split(">=")
        items = facts[listed]
        done = sum(1 for item in items if _number(reached, item) >= _number(required, item))
        return Fraction(done, len(items)) if items else Fraction(0)
    part, whole = (_number(name, facts) for name in comparison.split("/"))
    return min(WHOLE, part / whole) if whole > 0 else WHOLE


def _number(name: str, facts: Mapping[str, Any]) -> Fraction:
    return Fraction(int(name)) if name.isdigit() else told(facts[name])


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
