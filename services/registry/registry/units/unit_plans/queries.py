from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from registry.units.unit_plans.models import UnitPlan
from registry.units.units.queries import of_own_units

seen = of_own_units(UnitPlan.unit_id)


def standing_on(day: date) -> ColumnElement[bool]:
    open_then = or_(UnitPlan.ended_on.is_(None), UnitPlan.ended_on > day)
    return and_(UnitPlan.void_reason.is_(None), UnitPlan.planned_on <= day, open_then)


def overdue_on(day: date) -> Any:
    return and_(standing_on(day), UnitPlan.due_on < day)
