"""Who a round of central classes has reached, who is still missing, and who was called twice (seeds 3.4, 3.5)."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Set
from typing import Generic, NamedTuple, TypeVar

Person = TypeVar("Person", bound=Hashable)


class Coverage(NamedTuple, Generic[Person]):
    called: int
    attended: int
    missing: tuple[Person, ...]
    called_twice: tuple[Person, ...]

    @property
    def is_complete(self) -> bool:
        return not self.missing and not self.called_twice


def coverage(expected: Set[Person], batches: Iterable[Mapping[Person, bool]]) -> Coverage[Person]:
    """`batches` say for each person called whether they attended (or made it up); `missing` were never called."""
    calls: Counter[Person] = Counter()
    attended: set[Person] = set()
    for batch in batches:
        calls.update(batch.keys())
        attended.update(person for person, was_there in batch.items() if was_there)
    return Coverage(
        called=len(expected & calls.keys()),
        attended=len(expected & attended),
        missing=tuple(person for person in expected if person not in calls),
        called_twice=tuple(person for person, times in calls.items() if times > 1),
    )
