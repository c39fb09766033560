from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Text, and_, any_, func, or_, select

from kit.access import Actor
from roster.models import Member
from roster.queries import open_below
from training.mutual_aid.menu.models import ServiceItem


def seen(actor: Actor) -> ColumnElement[bool]:
    """By the members at and below the organisation and the offices that reach it; a shared one by the district."""
    is_shared = and_(ServiceItem.is_shared, ServiceItem.root_id.in_(actor.root_ids))
    return or_(open_below(ServiceItem.organization_id)(actor), is_shared)


def names_of(member_ids: Any) -> Any:
    """In the order of the ids."""
    place = func.array_position(member_ids, Member.id)
    names = select(Member.name).where(Member.id == any_(member_ids)).order_by(place)
    return func.array(names.scalar_subquery(), type_=ARRAY(Text()))


def of_item(column: Any, service_item_id: Any) -> Any:
    return select(column).where(ServiceItem.id == service_item_id).scalar_subquery()
