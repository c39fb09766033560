"""Which items a list has, and what the checks of a year come to."""

from typing import Any

import pytest

from registry.sites.site_checks.kinds import ITEMS_OF, CheckList, SiteItem
from registry.sites.site_checks.rules import is_met, wrong_items, year_of

SIX, TEN = (ITEMS_OF[one] for one in (CheckList.SIX_HAVES, CheckList.FIVE_AND_FIVE))


def checked(items: tuple[SiteItem, ...], *unmet: SiteItem) -> list[dict[str, Any]]:
    return [{"item": one.value, "is_met": one not in unmet} for one in items]


class TestLists:
    def test_have_six_and_ten_items(self) -> None:
        assert (len(SIX), len(TEN), len(ITEMS_OF[CheckList.PARK_LINKS])) == (6, 10, 6)

    @pytest.mark.parametrize(
        ("given", "wrong"),
        [(["a", "b"], []), (["b", "a"], []), (["a"], ["b"]), (["a", "b", "c"], ["c"]), (["a", "a", "b"], ["a"])],
    )
    def test_are_given_whole_and_once(self, given: list[str], wrong: list[str]) -> None:
        assert wrong_items(given, ["a", "b"]) == wrong


class TestRulesOnTheWall:
    @pytest.mark.parametrize(
        ("items", "met"),
        [
            (checked(SIX), True),
            (checked(SIX, SiteItem.RULES), False),
            (checked(TEN), True),
            (checked(TEN, SiteItem.OATH_ON_WALL), False),
            (checked(TEN, SiteItem.FLAG), True),
        ],
    )
    def test_are_the_item_itself_or_all_five(self, items: list[dict[str, Any]], met: bool) -> None:
        assert is_met(items, SiteItem.RULES) is met


class TestYear:
    def test_keeps_what_one_check_found(self) -> None:
        first, second = checked(SIX, SiteItem.FLAG), checked(SIX, SiteItem.PLACE, SiteItem.BOOKS)

        found = year_of([first, second])

        assert found == dict.fromkeys(
            ("has_place", "has_equipment", "has_signs", "has_flag", "has_books", "has_rules"), True
        )

    def test_without_a_check_has_nothing(self) -> None:
        assert not any(year_of([]).values())
