from sqlalchemy import ColumnElement, or_

from kit.access import Actor
from roster.queries import belonging
from training.mutual_aid.provisions.models import ServiceProvision


def seen(actor: Actor) -> ColumnElement[bool]:
    """By the offices at and above the organisation of the item, and by whoever provided it."""
    return or_(belonging(ServiceProvision.organization_id)(actor), actor.is_self(ServiceProvision.member_id))
