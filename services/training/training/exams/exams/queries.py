from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, exists, literal, or_, select
from sqlalchemy.orm import aliased

from kit.access import Actor
from roster.models import PartyOrganization
from training.exams.exams.models import Exam


def open_below(organization_id: Any) -> Callable[[Actor], ColumnElement[bool]]:
    """To the offices that reach it, and to the members of the organisation and of all below it."""

    def seen(actor: Actor) -> ColumnElement[bool]:
        path = PartyOrganization.path
        places = select(PartyOrganization.id).where(or_(actor.reaches(path), _is_above(path, actor.own_paths)))
        found: ColumnElement[bool] = organization_id.in_(places)
        return found

    return seen


def _is_above(path: Any, paths: Sequence[str]) -> ColumnElement[bool]:
    member = aliased(PartyOrganization)
    is_own = exists().where(member.path.in_(paths), member.path.startswith(path))
    return is_own if paths else literal(value=False)


def title_of_exam(exam_id: Any) -> Any:
    return select(Exam.title).where(Exam.id == exam_id).scalar_subquery()
