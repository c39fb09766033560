"""The way of a service request (R32), and the day on which its answer is due. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta

from records.procedures import Procedure, Step
from registry.circles.service_requests.kinds import ServiceKind
from registry.circles.service_requests.kinds import ServiceSide as Side
from registry.circles.service_requests.kinds import ServiceState as State

SERVICE: Procedure[State, None] = Procedure(
    "这项服务申请",
    (
        Step(State.ASKED, Side.CENTRE),
        Step(State.TAKEN, Side.CENTRE),
        Step(State.ANSWERED, Side.REQUESTER),
        Step(State.CLOSED, Side.CENTRE),
    ),
    back_by=Side.CENTRE,
)
SATURDAY = 5


def due_on(kind: ServiceKind, asked_on: date, limits: Mapping[str, int]) -> date:
    """So many weekdays after the day it was asked: those of its kind, else those of every kind."""
    days = limits.get(f"service_{kind.value}_days", limits["service_request_days"])
    day = asked_on
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < SATURDAY
    return day
