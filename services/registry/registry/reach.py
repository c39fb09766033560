"""How far a caller sees in this service: the subtrees of its grants, or everything for a grant without a place."""

from typing import Any

from sqlalchemy import ColumnElement, true
from sqlalchemy.sql.elements import SQLCoreOperations

from kit.access import Actor, within

UNPLACED = frozenset({"system_administrator", "security_administrator", "audit_administrator"})


def reaches_everything(actor: Actor) -> bool:
    """An instructor without a covered unit has no place either, and sees nothing."""
    return any(grant.role in UNPLACED and grant.organization_id is None for grant in actor.grants)


def reach(path: SQLCoreOperations[str] | ColumnElement[Any], actor: Actor) -> ColumnElement[bool]:
    return true() if reaches_everything(actor) else within(path, actor.paths)


def reach_paths(actor: Actor) -> tuple[str, ...]:
    """As prefixes, for work that goes on after the request; the empty prefix is everywhere."""
    return ("",) if reaches_everything(actor) else actor.paths
