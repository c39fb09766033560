"""A statement kept for others of the same outline is word for word the one their own rights would make."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Column, ColumnElement, MetaData, Select, Table, Text, Uuid, or_, select, true
from sqlalchemy.dialects import postgresql

from kit.access import MOST_ORED_PATHS, Actor
from kit.claims import Grant
from kit.permissions import Scope
from records.outlines import MOST_KEPT, Statements

Seen = Callable[[Actor], ColumnElement[bool]]
ROWS = Table("rows", MetaData(), Column("id", Uuid), Column("path", Text(collation="C")))
ROW, OTHER, THIRD = ROWS.c, UUID(int=7), UUID(int=8)


def actor(*, paths: tuple[str, ...] = (), own: tuple[str, ...] = (), person: int = 0, **facts: Any) -> Actor:
    given = {"grants": (), "root_ids": frozenset(), "scope": Scope.SUBTREE_AND_SELF, "roles": frozenset(), **facts}
    who = UUID(int=person) if person else None
    return Actor(subject=UUID(int=99), person=who, login_id=None, paths=paths, own_paths=own, **given)


MANY = tuple(f"{number:04}/" for number in range(MOST_ORED_PATHS + 1))
ACTORS = [
    actor(),
    actor(paths=("a/",)),
    actor(paths=("b/",)),
    actor(paths=("a/", "b/"), own=("c/",)),
    actor(paths=("d/", "e/"), own=("f/",)),
    actor(paths=MANY),
    actor(paths=(*MANY[:-1], "z/")),
    actor(own=MANY, person=3),
    actor(own=("a/",), person=1),
    actor(own=("b/",), person=2),
    actor(own=("b/",), person=2, scope=Scope.SUBTREE),
    actor(reaches_all=True),
    actor(paths=("a/",), reaches_all=True),
    actor(paths=("a/",), root_ids=frozenset({OTHER})),
    actor(paths=("a/",), root_ids=frozenset({THIRD})),
    actor(paths=("a/",), grants=(Grant("town_officer", OTHER),)),
    actor(paths=("a/",), grants=(Grant("town_officer", THIRD),)),
    actor(paths=("a/",), roles=frozenset({"town_officer"})),
]
SEEN: dict[str, Seen] = {
    "offices": lambda one: one.reaches(ROW.path),
    "membership": lambda one: one.belongs_to(ROW.path),
    "oneself": lambda one: one.is_self(ROW.id),
    "all of them": lambda one: or_(one.reaches(ROW.path), one.belongs_to(ROW.path), one.is_self(ROW.id)),
    "everybody": lambda _: true(),
    "districts": lambda one: or_(one.reaches(ROW.path), ROW.id.in_(one.root_ids)),
    "places held": lambda one: or_(ROW.id.in_(one.office_ids), one.reaches(ROW.path)),
    "paths as they are": lambda one: ROW.path.in_(one.paths),
    "a role": lambda one: true() if one.may("town_officer") else one.reaches(ROW.path),
}


def statement(seen: ColumnElement[bool]) -> Select[Any]:
    return select(ROW.id).where(seen)


def written(query: Select[Any], **values: Any) -> str:
    """As PostgreSQL would read it, its values in their places."""
    named = query.params(**values)
    return str(named.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}))


class TestStatements:
    @pytest.mark.parametrize("name", SEEN)
    def test_show_each_what_is_theirs(self, name: str) -> None:
        seen, statements = SEEN[name], Statements()
        for _ in range(2):
            for one in ACTORS:
                query, values = statements.of(seen, one, "one", statement)
                assert written(query, **values) == written(statement(seen(one)))

    def test_are_made_once_for_all_of_one_outline(self) -> None:
        made, statements = [], Statements()

        def counted(seen: ColumnElement[bool]) -> Select[Any]:
            made.append(seen)
            return statement(seen)

        for number in range(100):
            statements.of(SEEN["all of them"], actor(paths=(f"{number}/",), person=number + 1), "one", counted)

        assert len(made) == 1

    def test_are_told_apart_by_what_else_they_differ_in(self) -> None:
        statements = Statements()
        asked = actor(paths=("a/",))
        ordered, _ = statements.of(SEEN["offices"], asked, "by path", lambda seen: statement(seen).order_by(ROW.path))
        plain, _ = statements.of(SEEN["offices"], asked, "as they are", statement)

        assert "ORDER BY" in str(ordered)
        assert "ORDER BY" not in str(plain)

    def test_do_not_grow_without_end(self) -> None:
        statements = Statements()
        for number in range(3 * MOST_KEPT):
            statements.by_key(number, lambda: 1)

        assert len(statements) <= MOST_KEPT
