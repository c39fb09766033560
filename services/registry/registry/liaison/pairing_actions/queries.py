from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from registry.liaison.pairing_actions.models import PairingAction
from registry.liaison.pairings import queries as pairing_queries
from registry.liaison.pairings.models import Pairing
from registry.tree.organizations.queries import name_of
from registry.units.units import queries as unit_queries

HELPER_NAME = func.coalesce(name_of(Pairing.helper_organization_id), unit_queries.name_of(Pairing.helper_unit_id))
PARTNER_NAME = func.coalesce(
    name_of(Pairing.partner_organization_id), unit_queries.name_of(Pairing.partner_unit_id), Pairing.partner_village
)


def seen(actor: Actor) -> ColumnElement[bool]:
    return PairingAction.pairing_id.in_(select(Pairing.id).where(pairing_queries.seen(actor)))


def of_pairing(expression: Any) -> Any:
    """Something of the pairing, as a column of the action."""
    return select(expression).where(Pairing.id == PairingAction.pairing_id).scalar_subquery()


async def figures(db: AsyncSession, conditions: Sequence[ColumnElement[bool]]) -> dict[str, Any]:
    """Of the pairings that meet the conditions, and of everything that was done in them."""
    helper = func.coalesce(Pairing.helper_organization_id, Pairing.helper_unit_id)
    partner = func.coalesce(Pairing.partner_organization_id, Pairing.partner_unit_id)
    pairs = select(
        func.count().label("pairs"),
        func.count(func.distinct(helper)).label("helpers"),
        (func.count(func.distinct(partner)) + func.count(func.distinct(Pairing.partner_village))).label("partners"),
    ).where(*conditions)
    done = select(
        func.count().label("actions"),
        *(
            func.coalesce(func.sum(getattr(PairingAction, name)), 0).label(name)
            for name in ("sites_built", "jobs", "money")
        ),
    ).where(PairingAction.void_reason.is_(None), PairingAction.pairing_id.in_(select(Pairing.id).where(*conditions)))
    return {**(await db.execute(pairs)).one()._mapping, **(await db.execute(done)).one()._mapping}
