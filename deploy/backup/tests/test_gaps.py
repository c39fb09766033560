"""An archive with a hole is found before somebody needs it."""

import pytest

from deploy.backup.repository import gaps

FIRST = "0000000100000000000000FE"


class TestGaps:
    @pytest.mark.parametrize(
        ("names", "missing"),
        [
            ([FIRST], []),
            ([FIRST, "0000000100000000000000FF", "000000010000000100000000"], []),
            ([FIRST, "000000010000000100000000"], ["0000000100000000000000FF"]),
            (["0000000100000000000000FF"], [FIRST]),
            ([FIRST, "000000020000000000000105"], []),
        ],
    )
    def test_are_named(self, names: list[str], missing: list[str]) -> None:
        assert gaps(names, FIRST) == missing
