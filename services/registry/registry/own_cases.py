"""Nobody decides on themselves: another officer appoints, engages, corrects and discloses them."""

from uuid import UUID

from kit import problems
from kit.access import Actor


class OwnCase(problems.Forbidden):
    code = "own-case"
    detail = "不能办理与本人有关的事项,请由他人或上级党组织办理"


def is_superior(actor: Actor, path: str) -> bool:
    """Whether one of the actor's offices stands above the place, not at it."""
    return any(path.startswith(one) and path != one for one in actor.paths)


def refuse_own_case(actor: Actor, *persons: UUID | None) -> None:
    if actor.person is not None and actor.person in persons:
        raise OwnCase
