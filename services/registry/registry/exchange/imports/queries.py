from typing import Any

from sqlalchemy import ColumnElement, Select, select, true

from kit.access import Actor
from registry.exchange.imports.models import Import, ImportProblem


def seen(actor: Actor) -> ColumnElement[bool]:
    """One's own; the system administrator sees everybody's. A report holds no values, only places and reasons."""
    return true() if actor.reaches_all else Import.created_by == actor.subject


def problems_of(found: Import) -> Select[*tuple[Any, ...]]:
    return select(
        ImportProblem.sheet.label("sheet"),
        ImportProblem.row_no.label("row"),
        ImportProblem.column_heading.label("column"),
        ImportProblem.reason.label("reason"),
    ).where(ImportProblem.import_id == found.id)
