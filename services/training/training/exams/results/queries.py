from sqlalchemy import ColumnElement, or_

from kit.access import Actor
from roster.queries import belonging
from training.exams.results.models import ContestResult


def seen(actor: Actor) -> ColumnElement[bool]:
    return or_(belonging(ContestResult.organization_id)(actor), actor.is_self(ContestResult.member_id))
