"""Who may call what (access.csv, deny by default) and what they may see (path prefixes, architecture D6)."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy import ColumnElement, Text, and_, bindparam, column, exists, false, func, or_, select, true
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import SQLCoreOperations

from kit import problems
from kit.claims import Claims, Grant, InvalidToken, TokenVerifier
from kit.database import Db
from kit.permissions import PUBLIC, SIGNED_IN, WITH_SELF, Rule, Scope

PERSONAL_ROLES = frozenset({"member"})
UNPLACED_ROLES = frozenset({"system_administrator", "security_administrator", "audit_administrator"})
SEPARATOR, AFTER_SEPARATOR = "/", "0"
MOST_ORED_PATHS = 8


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks, for which offices, and about whom: only grants whose role the operation allows are left.

    `paths` are the places of offices: being a member of an organisation opens no subtree, it is in `own_paths`.
    `root_ids` are the districts of both. `reaches_all` is an administrator whose grant has no place.
    """

    subject: UUID
    person: UUID | None
    login_id: UUID | None
    roles: frozenset[str]
    grants: tuple[Grant, ...]
    paths: tuple[str, ...]
    root_ids: frozenset[UUID]
    scope: Scope
    own_paths: tuple[str, ...] = ()
    reaches_all: bool = False

    def may(self, role: str) -> bool:
        return role in self.roles

    @property
    def sees_self(self) -> bool:
        return self.person is not None and self.scope in WITH_SELF

    @property
    def office_ids(self) -> frozenset[UUID]:
        """Organisations the caller holds an office of, sorted out of the grants."""
        return frozenset(
            grant.organization_id
            for grant in self.grants
            if grant.role not in PERSONAL_ROLES and grant.organization_id is not None
        )

    def reaches(self, path: SQLCoreOperations[str] | ColumnElement[str]) -> ColumnElement[bool]:
        """Rows at or below one of the caller's offices."""
        return true() if self.reaches_all else within(path, self.paths)

    def belongs_to(self, path: SQLCoreOperations[str] | ColumnElement[str]) -> ColumnElement[bool]:
        """Rows of the organisations the caller is a member of."""
        return within(path, self.own_paths)

    def is_self(self, person: SQLCoreOperations[UUID] | SQLCoreOperations[UUID | None]) -> ColumnElement[bool]:
        """Rows about the caller's own person, where the operation shows one's own."""
        found: ColumnElement[bool] = person == self.person
        return found if self.sees_self else false()


ResolvePaths = Callable[[AsyncSession, Sequence[UUID]], Awaitable[Sequence[tuple[UUID, str, UUID]]]]


def claims_of(request: Request) -> Claims:
    """Verify the bearer token once a request; 401 without a valid one."""
    known: Claims | None = request.scope.get("kit_claims")
    if known is not None:
        return known
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise problems.Unauthenticated
    verifier: TokenVerifier = request.app.state.verifier
    try:
        claims = verifier.verify(token.strip())
    except InvalidToken as error:
        raise problems.Unauthenticated from error
    request.scope["kit_claims"] = claims
    return claims


def roles_of(claims: Claims) -> frozenset[str]:
    roles = {grant.role for grant in claims.grants}
    return frozenset(roles if claims.is_client else roles | {SIGNED_IN})


def authorise(request: Request, operation: str) -> None:
    """Deny by default: an operation without a row, or a caller without one of its roles, goes no further."""
    rules: Mapping[str, Rule] = request.app.state.access
    rule = rules.get(operation)
    if rule is None:
        raise problems.Forbidden
    request.scope["kit_rule"] = rule
    if PUBLIC in rule.roles:
        return
    if not roles_of(claims_of(request)) & rule.roles:
        raise problems.Forbidden


async def _current_actor(request: Request, db: Db) -> Actor:
    claims, rule = claims_of(request), request.scope["kit_rule"]
    allowed = tuple(grant for grant in claims.grants if grant.role in rule.roles)
    ids = sorted({grant.organization_id for grant in allowed if grant.organization_id is not None})
    resolve: ResolvePaths = request.app.state.resolve_paths
    located = await resolve(db, ids) if ids and rule.scope is not Scope.SELF else []
    path_of: dict[UUID | None, str] = {one: path for one, path, _ in located}
    places = [(grant.role in PERSONAL_ROLES, path_of.get(grant.organization_id)) for grant in allowed]
    db.info["actor"] = actor = Actor(
        subject=claims.subject,
        person=claims.person,
        login_id=claims.login_id,
        roles=roles_of(claims) & (rule.roles | {SIGNED_IN}),
        grants=allowed,
        paths=outermost(path for is_personal, path in places if path and not is_personal),
        own_paths=outermost(path for is_personal, path in places if path and is_personal),
        root_ids=frozenset(root for _, _, root in located),
        scope=rule.scope,
        reaches_all=any(grant.role in UNPLACED_ROLES and grant.organization_id is None for grant in allowed),
    )
    return actor


CurrentActor = Annotated[Actor, Depends(_current_actor)]


def outermost(paths: Iterable[str]) -> tuple[str, ...]:
    """Drop every path that lies inside another one."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return tuple(kept)


def subtree_range(path: str) -> tuple[str, str]:
    """Half-open range of all paths at or below `path`, for a column collated "C"."""
    return path, path.removesuffix(SEPARATOR) + AFTER_SEPARATOR


def within(path: SQLCoreOperations[str] | ColumnElement[str], paths: Sequence[str]) -> ColumnElement[bool]:
    """Rows at or below one of `paths`; no paths, no rows."""
    return in_ranges(path, [subtree_range(one) for one in paths])


def in_ranges(path: Any, ranges: Sequence[tuple[Any, Any]]) -> ColumnElement[bool]:
    """The ends are texts; up to MOST_ORED_PATHS ranges may also be names for them."""
    if not ranges:
        return false()
    if len(ranges) <= MOST_ORED_PATHS:
        return or_(*(and_(path >= low, path < high) for low, high in ranges))
    spans = func.unnest(
        *(bindparam(None, list(ends), type_=ARRAY(Text(collation="C"))) for ends in zip(*ranges, strict=True))
    ).table_valued(column("low", Text(collation="C")), column("high", Text(collation="C")), name="spans")
    spans = spans.render_derived()
    return exists(select(1).select_from(spans).where(path >= spans.c.low, path < spans.c.high))
