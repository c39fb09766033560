from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func

from records.findings import found
from registry.limits import limits_on
from registry.units.hire_declarations.models import HireDeclaration
from registry.units.units.models import Unit
from registry.units.units.queries import of_own_units

seen = of_own_units(HireDeclaration.unit_id)
MISSING = HireDeclaration.people - HireDeclaration.declared


def missing_or_not(wanted: bool) -> ColumnElement[bool]:
    return MISSING > 0 if wanted else MISSING <= 0


def undeclared(day: date) -> Select[Any]:
    """Units some of whose people have worked there for longer than the limit and have not declared their status."""
    last = day - timedelta(days=limits_on(day)["hire_declaration_days"])
    is_late = and_(HireDeclaration.void_reason.is_(None), MISSING > 0, HireDeclaration.hired_on < last)
    query = found(
        subject=Unit.id,
        name=Unit.name,
        organization=Unit.jurisdiction_id,
        since=func.min(HireDeclaration.hired_on),
        value=func.sum(MISSING),
    )
    query = query.join(HireDeclaration, HireDeclaration.unit_id == Unit.id).where(Unit.is_active, is_late)
    return query.group_by(Unit.id, Unit.name, Unit.jurisdiction_id)
