from typing import Any

from sqlalchemy import ColumnElement, select, true

from kit.access import Actor
from registry.circles.rooms.models import CircleRoom


def seen(actor: Actor) -> ColumnElement[bool]:
    """Those of one's district: a circle is open to all around it."""
    return true() if actor.reaches_all else CircleRoom.root_id.in_(actor.root_ids)


def name_of(room_id: Any) -> Any:
    """The name beside a room's id, as a column of the row that has the id."""
    return select(CircleRoom.name).where(CircleRoom.id == room_id).scalar_subquery()
