"""A statement is made once for all callers whose rights have the same outline, and only its values change.

Making a statement and looking up how it is compiled costs more than asking the database.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, false, true

from kit.access import MOST_ORED_PATHS, Actor, in_ranges, subtree_range, within

Made = TypeVar("Made")
Seen = Callable[[Actor], ColumnElement[bool]]
MOST_KEPT = 200
PLACES, OWN_PLACES, PERSON = "path_of_office", "path_of_own", "person_who_asks"


class Outline:
    """An actor with names where its paths and its person were.

    Whatever else is asked of it is answered by the actor it was made of, and then it `is_whole` no more: what was made
    with it is for that actor alone.
    """

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self.is_whole = len(actor.paths) <= MOST_ORED_PATHS and len(actor.own_paths) <= MOST_ORED_PATHS

    def reaches(self, path: Any) -> ColumnElement[bool]:
        return true() if self._actor.reaches_all else self._within(path, PLACES, self._actor.paths)

    def belongs_to(self, path: Any) -> ColumnElement[bool]:
        return self._within(path, OWN_PLACES, self._actor.own_paths)

    def is_self(self, person: Any) -> ColumnElement[bool]:
        found: ColumnElement[bool] = person == bindparam(PERSON)
        return found if self._actor.sees_self else false()

    def _within(self, path: Any, name: str, paths: Sequence[str]) -> ColumnElement[bool]:
        if not self.is_whole:
            return within(path, paths)
        return in_ranges(
            path, [(bindparam(f"{name}_{at}_low"), bindparam(f"{name}_{at}_high")) for at in range(len(paths))]
        )

    def __getattr__(self, name: str) -> Any:
        self.is_whole = False
        return getattr(self._actor, name)


def outline_of(actor: Actor) -> Hashable:
    return len(actor.paths), len(actor.own_paths), actor.reaches_all, actor.sees_self


def values_of(actor: Actor) -> dict[str, str | UUID | None]:
    """What the names in an outline stand for."""
    values: dict[str, str | UUID | None] = {PERSON: actor.person} if actor.sees_self else {}
    for name, paths in ((PLACES, actor.paths), (OWN_PLACES, actor.own_paths)):
        for at, path in enumerate(paths):
            values[f"{name}_{at}_low"], values[f"{name}_{at}_high"] = subtree_range(path)
    return values


class Statements:
    """Kept by outline, and by what else they differ in: few, because both are, and else begun anew."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Any] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def by_key(self, key: Hashable, make: Callable[[], Made]) -> Made:
        if key not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = make()
        found: Made = self._kept[key]
        return found

    def of(
        self, seen: Seen, actor: Actor, manner: Hashable, make: Callable[[ColumnElement[bool]], Made]
    ) -> tuple[Made, Mapping[str, Any]]:
        """What `make` makes of what the actor may see, and the values it is to be executed with."""

        def outlined() -> Made | None:
            outline: Any = Outline(actor)
            made = make(seen(outline))
            return made if outline.is_whole else None

        kept = self.by_key((manner, outline_of(actor)), outlined)
        return (make(seen(actor)), {}) if kept is None else (kept, values_of(actor))
