from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from records.registers import Register
from records.voiding import void_row
from registry.circles.circles import queries as circle_queries
from registry.circles.circles.queries import is_open
from registry.circles.circles.service import OWN
from registry.circles.rooms import queries
from registry.circles.rooms.events import CircleRoomChanged
from registry.circles.rooms.models import CircleRoom
from registry.circles.rooms.schemas import CircleRoomCreate, CircleRoomRead
from registry.tree.organizations import queries as organization_queries


class CircleRoomNotFound(problems.NotFound):
    code = "circle-room-not-found"
    detail = "没有这间活动室,或不属于您所在的区"


class UnknownRoomCircle(problems.Unprocessable):
    code = "unknown-room-circle"
    detail = "活动圈不存在、已停用,或其中心不在您的管理范围内"


class RoomNameTaken(problems.Conflict):
    code = "room-name-taken"
    detail = "这个活动中心已有同名的活动室"


ROOMS = Register(
    "活动室",
    CircleRoom,
    CircleRoomRead,
    CircleRoomNotFound,
    queries.seen,
    derived={
        "circle_name": circle_queries.name_of(CircleRoom.circle_id),
        "organization_name": organization_queries.name_of(CircleRoom.organization_id),
    },
)
OWN_ROOMS = Register(
    ROOMS.title,
    CircleRoom,
    CircleRoomRead,
    CircleRoomNotFound,
    organization_queries.belonging(CircleRoom.organization_id),
    derived=ROOMS.derived,
)
"""Those of the centres that the actor's offices run: whoever may change them."""
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_circle_rooms_name": RoomNameTaken}


async def create(db: AsyncSession, body: CircleRoomCreate, *, actor: Actor, today: date) -> CircleRoom:
    circle = await OWN.find(db, actor, body.circle_id)
    if circle is None or not is_open(circle, today):
        raise UnknownRoomCircle
    given, organization_id, root_id = body.model_dump(), circle.organization_id, circle.root_id
    room = CircleRoom(**given, organization_id=organization_id, root_id=root_id, recorded_by=actor.subject)
    db.add(room)
    await _tell(db, room, actor=actor)
    return room


async def void(db: AsyncSession, room: CircleRoom, reason: str, *, actor: Actor) -> CircleRoom:
    void_row(db, room, reason)
    await _tell(db, room, actor=actor)
    return room


async def _tell(db: AsyncSession, room: CircleRoom, *, actor: Actor) -> None:
    await db.flush()
    [(_, path, root_id)] = await organization_queries.resolve_paths(db, [room.organization_id])
    told = CircleRoomChanged(
        id=room.id, circle_id=room.circle_id, capacity=room.capacity, is_void=room.void_reason is not None
    )
    version = room.version
    await record_event(db, told, subject=room.id, version=version, root_id=root_id, path=path, actor=actor)
