from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from scoring.contests.contests.models import Contest
from scoring.contests.duty_posts.models import DutyPost
from scoring.contests.projects.models import Project
from scoring.reference.projections.queries import of_seen_organizations

Counted = Sequence[Row[*tuple[Any, ...]]]


def _of(model: Any, actor: Actor) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return model.void_reason.is_(None), of_seen_organizations(model.organization_id)(actor)


async def contests_by_form(db: AsyncSession, actor: Actor, first: date, last: date) -> Counted:
    query = select(Contest.form, func.count(), func.sum(Contest.participants))
    query = query.where(*_of(Contest, actor), Contest.held_on.between(first, last))
    return (await db.execute(query.group_by(Contest.form))).all()


async def posts_by_kind(db: AsyncSession, actor: Actor, day: date) -> Counted:
    standing = (DutyPost.set_up_on <= day, or_(DutyPost.ended_on.is_(None), DutyPost.ended_on > day))
    query = select(DutyPost.kind, func.count().label("posts")).where(*_of(DutyPost, actor), *standing)
    return (await db.execute(query.group_by(DutyPost.kind))).all()


async def projects_by_state(db: AsyncSession, actor: Actor, first: date, last: date) -> Counted:
    query = select(Project.kind, Project.state, func.count())
    query = query.where(*_of(Project, actor), Project.opened_on.between(first, last))
    return (await db.execute(query.group_by(Project.kind, Project.state))).all()
