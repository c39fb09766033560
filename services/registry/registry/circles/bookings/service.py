"""Bookings of rooms: two of one room never overlap, whoever comes first by the database (R30)."""

from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.calendar import day_of
from records.events import record_event
from records.registers import Register
from records.voiding import void_row
from registry.circles.bookings import queries
from registry.circles.bookings.events import CircleBookingChanged
from registry.circles.bookings.models import CircleBooking
from registry.circles.bookings.schemas import CircleBookingCreate, CircleBookingRead
from registry.circles.rooms import queries as room_queries
from registry.circles.rooms.service import ROOMS
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.service import ORGANIZATIONS

LONGEST = timedelta(hours=24)


class CircleBookingNotFound(problems.NotFound):
    code = "circle-booking-not-found"
    detail = "没有这次预约,或不在您的管理范围内"


class UnknownRoom(problems.Unprocessable):
    code = "unknown-room"
    detail = "活动室不存在,或不属于您所在的区"


class UnknownBookingOrganization(problems.Unprocessable):
    code = "unknown-booking-organization"
    detail = "预约的党组织不存在、已撤销,或不在您的管理范围内"


class WrongBookingTime(problems.Unprocessable):
    code = "wrong-booking-time"
    detail = "开始时间不能早于今天,结束须晚于开始,且不超过 24 小时"


class OverCapacity(problems.Unprocessable):
    code = "over-capacity"
    detail = "这间活动室最多容纳 {capacity} 人"


class RoomTaken(problems.Conflict):
    code = "room-taken"
    detail = "这间活动室在该时段已被预约"


BOOKINGS = Register(
    "活动室预约",
    CircleBooking,
    CircleBookingRead,
    CircleBookingNotFound,
    queries.seen,
    derived={
        "room_name": room_queries.name_of(CircleBooking.room_id),
        "organization_name": organization_queries.name_of(CircleBooking.organization_id),
        "centre_name": organization_queries.name_of(CircleBooking.centre_id),
    },
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"ex_circle_bookings_room_no": RoomTaken}


async def create(db: AsyncSession, body: CircleBookingCreate, *, actor: Actor, today: date) -> CircleBooking:
    organization = await ORGANIZATIONS.find(db, actor, body.organization_id)
    if organization is None or not organization.is_active:
        raise UnknownBookingOrganization
    room = await ROOMS.find(db, actor, body.room_id)
    if room is None or room.void_reason is not None or room.root_id != organization.root_id:
        raise UnknownRoom
    if day_of(body.starts_at) < today or not timedelta(0) < body.ends_at - body.starts_at <= LONGEST:
        raise WrongBookingTime
    if body.people > room.capacity:
        raise OverCapacity(capacity=room.capacity)
    booking = CircleBooking(
        **body.model_dump(),
        room_no=room.room_no,
        centre_id=room.organization_id,
        root_id=room.root_id,
        recorded_by=actor.subject,
    )
    db.add(booking)
    await _tell(db, booking, actor=actor)
    return booking


async def void(db: AsyncSession, booking: CircleBooking, reason: str, *, actor: Actor) -> CircleBooking:
    void_row(db, booking, reason)
    await _tell(db, booking, actor=actor)
    return booking


async def _tell(db: AsyncSession, booking: CircleBooking, *, actor: Actor) -> None:
    await db.flush()
    [(_, path, root_id)] = await organization_queries.resolve_paths(db, [booking.organization_id])
    fields = {name: getattr(booking, name) for name in CircleBookingChanged.model_fields if name != "is_void"}
    told, version = CircleBookingChanged(**fields, is_void=booking.void_reason is not None), booking.version
    await record_event(db, told, subject=booking.id, version=version, root_id=root_id, path=path, actor=actor)
