"""The rota of a circle: each month one organisation holds the activities, and which months nobody does (R30)."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from records.periods import Cadence, gaps, periods
from records.registers import Register
from records.voiding import void_row
from registry.circles.circles import queries as circle_queries
from registry.circles.circles.queries import is_open
from registry.circles.circles.service import CIRCLES
from registry.circles.turns import queries
from registry.circles.turns.events import CircleTurnChanged
from registry.circles.turns.models import CircleTurn
from registry.circles.turns.schemas import CircleTurnCreate, CircleTurnRead, RotaMonth, RotaRead
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.service import ORGANIZATIONS


class CircleTurnNotFound(problems.NotFound):
    code = "circle-turn-not-found"
    detail = "没有这次轮值,或不在您的管理范围内"


class UnknownTurn(problems.Unprocessable):
    code = "unknown-turn"
    detail = "活动圈不存在或已停用,或轮值党组织不存在、已撤销、不在您的管理范围内"


class MonthTaken(problems.Conflict):
    code = "month-taken"
    detail = "这个活动圈该月已安排轮值"


TURNS = Register(
    "活动圈轮值",
    CircleTurn,
    CircleTurnRead,
    CircleTurnNotFound,
    queries.seen,
    derived={
        "circle_name": circle_queries.name_of(CircleTurn.circle_id),
        "organization_name": organization_queries.name_of(CircleTurn.organization_id),
    },
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_circle_turns_circle_id": MonthTaken}


async def create(db: AsyncSession, body: CircleTurnCreate, *, actor: Actor, today: date) -> CircleTurn:
    organization = await ORGANIZATIONS.find(db, actor, body.organization_id)
    circle = await CIRCLES.find(db, actor, body.circle_id)
    if circle is None or not is_open(circle, today) or organization is None or not organization.is_active:
        raise UnknownTurn
    if organization.root_id != circle.root_id:
        raise UnknownTurn
    turn = CircleTurn(
        **body.model_dump(exclude={"month"}),
        month_on=date.fromisoformat(f"{body.month}-01"),
        root_id=circle.root_id,
        recorded_by=actor.subject,
    )
    db.add(turn)
    await _tell(db, turn, actor=actor)
    return turn


async def void(db: AsyncSession, turn: CircleTurn, reason: str, *, actor: Actor) -> CircleTurn:
    void_row(db, turn, reason)
    await _tell(db, turn, actor=actor)
    return turn


async def _tell(db: AsyncSession, turn: CircleTurn, *, actor: Actor) -> None:
    await db.flush()
    [(_, path, root_id)] = await organization_queries.resolve_paths(db, [turn.organization_id])
    fields = {name: getattr(turn, name) for name in CircleTurnChanged.model_fields if name != "is_void"}
    told, version = CircleTurnChanged(**fields, is_void=turn.void_reason is not None), turn.version
    await record_event(db, told, subject=turn.id, version=version, root_id=root_id, path=path, actor=actor)


async def rota(db: AsyncSession, actor: Actor, *, circle_id: UUID, year: int) -> RotaRead:
    circle = await CIRCLES.require(db, actor, circle_id)
    turns = [RotaMonth.model_validate(dict(row._mapping)) for row in await queries.turns_of(db, circle.id, year)]
    missing = [one.number for one in gaps(periods(year, Cadence.MONTHLY), (turn.month_on for turn in turns))]
    name = circle.name
    return RotaRead(
        circle_id=circle.id, circle_name=name, year=year, turns=turns, missing=missing, is_complete=not missing
    )
