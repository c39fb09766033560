"""Authority follows office: which roles somebody has on a day, and when that changes next."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from kit.edge import LabelledEnum

LEADING_POSTS = frozenset({"secretary", "deputy_secretary", "organization_officer"})
ROLE_AT_LEVEL = {1: "district_officer", 2: "district_officer", 3: "town_officer", 4: "branch_secretary"}


class Basis(LabelledEnum):
    POST = "post", "职务"
    GRANT = "grant", "授权"
    ASSIGNMENT = "assignment", "指导员派驻"
    MEMBERSHIP = "membership", "党员身份"


class Holding(NamedTuple):
    """One reason for a role, held from `valid_from` up to, not on, `valid_to`; `kind` is the post's or the role's."""

    basis: Basis
    kind: str
    organization_id: UUID | None
    level: int | None
    valid_from: date
    valid_to: date | None


class HeldRole(NamedTuple):
    role: str
    organization_id: UUID | None


class Authority(NamedTuple):
    roles: tuple[HeldRole, ...]
    changes_on: date | None


def role_of(holding: Holding) -> str | None:
    if holding.basis is Basis.MEMBERSHIP:
        return "member"
    if holding.basis is Basis.ASSIGNMENT:
        return "instructor"
    if holding.basis is Basis.GRANT:
        return holding.kind
    if holding.kind not in LEADING_POSTS or holding.level is None:
        return None
    return ROLE_AT_LEVEL.get(holding.level)


def authority_on(day: date, holdings: Iterable[Holding]) -> Authority:
    relevant = [(role, holding) for holding in holdings if (role := role_of(holding)) is not None]
    held = {HeldRole(role, one.organization_id) for role, one in relevant if holds_on(day, one)}
    turns = {turn for _, one in relevant for turn in (one.valid_from, one.valid_to) if turn is not None and turn > day}
    return Authority(tuple(sorted(held, key=str)), min(turns, default=None))


def holds_on(day: date, holding: Holding) -> bool:
    return holding.valid_from <= day and (holding.valid_to is None or day < holding.valid_to)


def token_end(
    *, issued_at: datetime, lifetime: timedelta, change_at: datetime | None, clock_ahead: timedelta
) -> datetime:
    """The earlier of the lifetime and the next change; `change_at` is business time, `clock_ahead` its lead."""
    latest = issued_at + lifetime
    if change_at is None:
        return latest
    return min(latest, change_at.astimezone(UTC) - clock_ahead)
