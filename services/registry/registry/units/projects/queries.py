from typing import Any

from sqlalchemy import ColumnElement, select

from registry.units.projects.kinds import ProjectCheck
from registry.units.projects.models import InvestmentProject


def has_clause() -> ColumnElement[bool]:
    found: ColumnElement[bool] = InvestmentProject.checks.contains([ProjectCheck.IN_THE_CONTRACT])
    return found


def with_clause(wanted: bool) -> ColumnElement[bool]:
    return has_clause() if wanted else ~has_clause()


def name_of(project_id: Any) -> Any:
    return select(InvestmentProject.name).where(InvestmentProject.id == project_id).scalar_subquery()
