"""A backup a day, a full one a week, whatever was missed."""

from datetime import datetime, timedelta

import pytest

from deploy.backup.repository import Backup
from deploy.backup.schedule import CHINA, due, latest

HOUR = 2
SUNDAY = datetime(2026, 11, 22, HOUR, 10, tzinfo=CHINA)
DAY = timedelta(days=1)


def taken(kind: str, finished_at: datetime) -> Backup:
    return Backup("label", kind, finished_at, 0, 0)


class TestDue:
    def test_begins_with_a_full_one_at_once(self) -> None:
        assert due(SUNDAY + timedelta(hours=9), [], HOUR) == "full"

    def test_takes_one_a_day_and_a_full_one_a_week(self) -> None:
        """A fortnight, looked at every hour."""
        backups = [taken("full", SUNDAY)]
        kinds = []
        for hours in range(1, 14 * 24 + 1):
            now = SUNDAY + timedelta(hours=hours)
            if kind := due(now, backups, HOUR):
                kinds.append((kind, hours))
                backups.append(taken(kind, now))

        assert [kind for kind, _ in kinds] == [*["incr"] * 6, "full"] * 2
        assert [hours for _, hours in kinds] == [24 * day for day in range(1, 15)]

    def test_catches_up_what_a_dead_machine_missed(self) -> None:
        backups = [taken("full", SUNDAY)]

        assert due(SUNDAY + 3 * DAY + timedelta(hours=12), backups, HOUR) == "incr"
        assert due(SUNDAY + 30 * DAY, backups, HOUR) == "full"

    def test_is_not_silenced_by_a_clock_that_was_a_year_ahead(self) -> None:
        ahead = taken("full", SUNDAY + 365 * DAY)

        assert due(SUNDAY, [ahead], HOUR) == "full"
        assert due(SUNDAY + DAY, [ahead, taken("full", SUNDAY)], HOUR) == "incr"
        assert due(SUNDAY + DAY, [taken("full", SUNDAY), ahead], HOUR) == "incr"


class TestLatest:
    @pytest.mark.parametrize(
        ("now", "expected"),
        [
            (datetime(2026, 11, 24, 1, 59, tzinfo=CHINA), datetime(2026, 11, 23, 2, tzinfo=CHINA)),
            (datetime(2026, 11, 24, 2, 0, tzinfo=CHINA), datetime(2026, 11, 24, 2, tzinfo=CHINA)),
            (datetime(2027, 1, 1, 0, 30, tzinfo=CHINA), datetime(2026, 12, 31, 2, tzinfo=CHINA)),
        ],
    )
    def test_is_of_today_once_the_hour_has_come(self, now: datetime, expected: datetime) -> None:
        assert latest(now, HOUR) == expected
