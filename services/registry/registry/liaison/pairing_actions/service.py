from datetime import date
from uuid import UUID

from sqlalchemy import String
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from records.registers import Register
from records.voiding import refuse_void, void_row
from registry.liaison.pairing_actions import queries
from registry.liaison.pairing_actions.events import Helped, PairingActionChanged
from registry.liaison.pairing_actions.models import PairingAction
from registry.liaison.pairing_actions.rules import ACTION_DATES, EARNING
from registry.liaison.pairing_actions.schemas import PairingActionCreate, PairingActionRead, PairingFigures
from registry.liaison.pairings import queries as pairing_queries
from registry.liaison.pairings.kinds import PairingKind
from registry.liaison.pairings.models import Pairing
from registry.liaison.pairings.service import PAIRINGS
from registry.links import refuse_wrong_dates
from registry.tree.organizations import queries as organization_queries
from registry.units.units import queries as unit_queries


class PairingActionNotFound(problems.NotFound):
    code = "pairing-action-not-found"
    detail = "没有这项帮扶活动,或不在您的管理范围内"


class UnknownPairing(problems.Unprocessable):
    code = "unknown-pairing"
    detail = "没有这项结对,或不在您的管理范围内"


class PairingEnded(problems.Unprocessable):
    code = "pairing-ended"
    detail = "结对已于 {ended_on} 结束,当日及以后的活动不能登记"


ACTIONS = Register(
    "帮扶活动",
    PairingAction,
    PairingActionRead,
    PairingActionNotFound,
    queries.seen,
    derived={
        "pairing_name": queries.of_pairing(
            queries.HELPER_NAME.cast(String).concat(" — ").concat(queries.PARTNER_NAME.cast(String))
        ),
        "kind": queries.of_pairing(Pairing.kind),
        "organization_name": organization_queries.name_of(PairingAction.organization_id),
    },
)


async def record_action(db: AsyncSession, entry: PairingActionCreate, *, actor: Actor, today: date) -> PairingAction:
    pairing = await PAIRINGS.find(db, actor, entry.pairing_id)
    if pairing is None:
        raise UnknownPairing
    refuse_void(pairing)
    refuse_wrong_dates(ACTION_DATES, {"acted_on": entry.acted_on, "paired_on": pairing.paired_on}, today)
    if pairing.ended_on is not None and pairing.ended_on <= entry.acted_on:
        raise PairingEnded(ended_on=pairing.ended_on)
    action = PairingAction(
        **entry.model_dump(),
        organization_id=pairing.organization_id,
        root_id=pairing.root_id,
        recorded_by=actor.subject,
        helper_ids=await _helpers(db, pairing, entry.acted_on),
    )
    db.add(action)
    await _tell(db, action, pairing.kind, actor=actor)
    return action


async def _helpers(db: AsyncSession, pairing: Pairing, day: date) -> list[UUID]:
    if pairing.helper_unit_id is not None:
        return await unit_queries.covering_ids(db, pairing.helper_unit_id, day)
    return [pairing.organization_id]


async def void_action(db: AsyncSession, action: PairingAction, reason: str, *, actor: Actor) -> PairingAction:
    pairing = await db.get_one(Pairing, action.pairing_id)
    void_row(db, action, reason)
    await _tell(db, action, pairing.kind, actor=actor)
    return action


async def _tell(db: AsyncSession, action: PairingAction, kind: PairingKind, *, actor: Actor) -> None:
    await db.flush()
    [(_, path, _)] = await organization_queries.resolve_paths(db, [action.organization_id])
    told = PairingActionChanged(
        id=action.id,
        pairing_id=action.pairing_id,
        kind=kind,
        acted_on=action.acted_on,
        organizations=[Helped(organization_id=one) for one in action.helper_ids],
        is_earning=kind in EARNING and action.void_reason is None,
        revision=action.version,
    )
    version, root_id = action.version, action.root_id
    await record_event(db, told, subject=action.id, version=version, root_id=root_id, path=path, actor=actor)


async def figures(
    db: AsyncSession, actor: Actor, *, kind: PairingKind, organization_id: UUID | None, day: date
) -> PairingFigures:
    """Of the pairings in force on a day, all of them or those below an organisation."""
    conditions = [Pairing.kind == kind, pairing_queries.standing_on(day), pairing_queries.seen(actor)]
    if organization_id is not None:
        conditions.append(organization_queries.below(Pairing.organization_id)(organization_id))
    found = await queries.figures(db, conditions)
    return PairingFigures(as_of=day, kind=kind, **found)
