import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from describing.reach import reach_of
from kit.problems import Conflict, Forbidden, NotFound, Problem, Unprocessable


class TooLate(Conflict):
    code = "too-late"


class TooEarly(Conflict):
    code = "too-early"


class Never(Conflict):
    code = "never"


class Guard:
    def __init__(self, hour: int) -> None:
        self.hour = hour

    def check(self) -> None:
        if self.hour > 12:
            raise TooLate

    @property
    def is_open(self) -> bool:
        raise Forbidden


def endpoint() -> None:
    helper()


def helper() -> None:
    Guard(1).check()
    for step in STEPS:
        step()

    def again() -> None:
        early()

    again()


def early() -> None:
    raise TooEarly


def refuse() -> None:
    raise Unprocessable


def unused() -> None:
    raise Never


@functools.cache
def cached() -> None:
    raise NotFound


class ThingNotFound(NotFound):
    code = "thing-not-found"


@dataclass(frozen=True)
class Register:
    missing: type[Problem]

    def read(self) -> None:
        self._show()

    def _show(self) -> None:
        raise self.missing

    def lock(self) -> None:
        raise Never


THINGS = Register(ThingNotFound)


def read_thing() -> None:
    THINGS.read()


class Listing:
    def ordered(self) -> None:
        raise TooLate


class ThingListing(Listing):
    pass


def read_given(given: Annotated[Register, "of a dependency"], wanted: ThingListing) -> None:
    given.read()
    wanted.ordered()


def things_of(year: int) -> Register:
    return THINGS


def read_answered() -> None:
    things_of(2026).read()


STEPS: tuple[Callable[[], None], ...] = (functools.partial(refuse), cached)


class TestReach:
    def test_follows_calls_classes_steps_and_wrappers(self) -> None:
        found = reach_of([endpoint])

        assert found.problems == {TooLate, Forbidden, TooEarly, Unprocessable, NotFound}
        assert {helper, early} <= found.functions

    def test_follows_the_methods_of_a_register_that_are_named(self) -> None:
        found = reach_of([read_thing])

        assert found.problems == {ThingNotFound}
        assert Register._show in found.functions

    def test_follows_the_methods_of_what_it_is_given(self) -> None:
        found = reach_of([read_given])

        assert found.problems == {TooLate}
        assert Register._show in found.functions
        assert Register.lock not in found.functions

    def test_follows_the_methods_of_what_a_call_answers(self) -> None:
        found = reach_of([read_answered])

        assert found.problems == {ThingNotFound}
        assert Register._show in found.functions
        assert Register.lock not in found.functions

    def test_stays_within_what_is_named(self) -> None:
        assert reach_of([early]).problems == {TooEarly}
        assert Never not in reach_of([endpoint]).problems
