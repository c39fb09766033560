"""What watching a remote class counts for: each minute of it once, no more than the caps of a day and in all."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class Watched(NamedTuple):
    """From the beginning of one minute of the class to the beginning of another, on a day."""

    day: date
    from_minute: int
    to_minute: int


def credited(viewings: Iterable[Watched], *, daily_cap: int, total_cap: int) -> list[int]:
    """Minutes credited to each viewing, in the order they were watched. What a day's cap cut off counts when it is
    watched again on another day.
    """
    counted, of_day, found = set[int](), Counter[date](), list[int]()
    for day, first, end in viewings:
        room = max(min(daily_cap - of_day[day], total_cap - len(counted)), 0)
        fresh = [minute for minute in range(first, end) if minute not in counted][:room]
        counted.update(fresh)
        of_day[day] += len(fresh)
        found.append(len(fresh))
    return found
