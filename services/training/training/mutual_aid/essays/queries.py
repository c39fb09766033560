from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, or_, select

from kit.access import Actor
from training.branch_sites.sites.queries import open_to
from training.mutual_aid.essays.models import Essay, EssayVersion


def seen(actor: Actor) -> ColumnElement[bool]:
    """By its author, the branch it was written in and the offices above; a shared one by the whole district."""
    is_shared = and_(Essay.is_shared, Essay.root_id.in_(actor.root_ids))
    return or_(open_to(Essay.organization_id)(actor), is_shared, actor.is_self(Essay.author_member_id))


def of_seen_essays(essay_id: Any) -> Callable[[Actor], ColumnElement[bool]]:
    def found(actor: Actor) -> ColumnElement[bool]:
        is_of: ColumnElement[bool] = essay_id.in_(select(Essay.id).where(seen(actor), Essay.void_reason.is_(None)))
        return is_of

    return found


def text_of_latest() -> ScalarSelect[str]:
    query = select(EssayVersion.text).where(EssayVersion.essay_id == Essay.id, EssayVersion.number == Essay.latest)
    return query.correlate(Essay).scalar_subquery()


def title_of_essay(essay_id: Any) -> Any:
    return select(Essay.title).where(Essay.id == essay_id).scalar_subquery()
