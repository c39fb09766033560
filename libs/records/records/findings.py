"""Findings: who or what lacks something, each declared as one SELECT; all of them are read as one list.

The declared SELECT chooses the columns of `found` and says when they hold; it changes nothing. A finding is about the
same thing however often it is looked for: its id follows from its code and its subject.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Select, Subquery, Text, Uuid, cast, func, literal, null, select
from sqlalchemy import union_all as one_below_the_other

from kit.edge import LabelledEnum

Reach = Callable[[Any], ColumnElement[bool]]
"""The condition on the responsible organisation's id under which its findings are looked for."""


class Severity(LabelledEnum):
    URGENT = "urgent", "急办"
    WARNING = "warning", "警示"
    SUGGESTION = "suggestion", "建议"


class FindingStatus(LabelledEnum):
    OPEN = "open", "待处理"
    ACKNOWLEDGED = "acknowledged", "已说明"
    CLOSED = "closed", "已消除"


@dataclass(frozen=True, slots=True)
class Declared:
    """`statement` says what is the matter and may name `{value}`; `action` is what the responsible ones should do.

    `days` is how long they have, from the day since when it has been so; `rule` and `source` say by what right.
    """

    code: LabelledEnum
    subject_kind: LabelledEnum
    severity: Severity
    days: int
    rule: str
    source: str
    statement: str
    action: str
    rows: Callable[[date], Select[Any]]


def found(
    *,
    subject: Any,
    name: Any,
    organization: Any,
    since: Any = None,
    due_on: Any = None,
    value: Any = None,
    person: Any = None,
) -> Select[Any]:
    """One row for each subject. `organization` is responsible; `person` is whom it concerns, who so decides nothing.

    Without `since` it counts from the day it was first found; `due_on` stands where a date of its own is the limit.
    """
    return select(
        subject.label("subject_id"),
        cast(name, Text).label("subject_name"),
        organization.label("organization_id"),
        cast(_or_null(since), Date).label("began_on"),
        cast(_or_null(due_on), Date).label("due_on"),
        cast(_or_null(value), Integer).label("value"),
        cast(_or_null(person), Uuid).label("person_id"),
    )


def looked_for(declared: Iterable[Declared], day: date, reach: Reach) -> Subquery:
    """Everything these declarations find on a day within reach; at least one declaration."""
    every = one_below_the_other(*(_named(one, day, reach) for one in declared)).subquery("every")
    identity = cast(func.md5(every.c.code + ":" + cast(every.c.subject_id, Text)), Uuid)
    return select(identity.label("id"), *every.c).subquery("live")


def _named(declared: Declared, day: date, reach: Reach) -> Select[Any]:
    query = _rows_of(declared, day)
    return query.where(reach(query.selected_columns.organization_id)).add_columns(
        literal(declared.code.value, Text).label("code"),
        literal(declared.subject_kind.value, Text).label("subject_kind"),
        literal(declared.severity.value, Text).label("severity"),
        literal(declared.days, Integer).label("days"),
    )


@lru_cache(maxsize=256)
def _rows_of(declared: Declared, day: date) -> Select[Any]:
    """Built once a day: making all of them anew took ten times as long as running them for a branch."""
    return declared.rows(day)


def _or_null(value: Any) -> Any:
    return null() if value is None else value
