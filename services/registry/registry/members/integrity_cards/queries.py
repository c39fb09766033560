from typing import Any

from sqlalchemy import ColumnElement, func, select

from kit.access import Actor
from registry.members.integrity_cards.models import IntegrityEntry
from registry.members.members.models import Member
from registry.tree.organizations.queries import belonging


def seen(actor: Actor) -> ColumnElement[bool]:
    """The cards of the members of one's organisations as they are today."""
    members = select(Member.id).where(belonging(Member.organization_id)(actor))
    return IntegrityEntry.member_id.in_(members)


def entries_of(member_id: Any) -> Any:
    """How many lines a member's card has, as a column of the row that has the id."""
    query = select(func.count()).select_from(IntegrityEntry)
    return query.where(IntegrityEntry.member_id == member_id, IntegrityEntry.void_reason.is_(None)).scalar_subquery()
