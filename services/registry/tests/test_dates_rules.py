"""The rules of dates as pure values, each at its edge."""

from datetime import date, timedelta

import pytest

from registry.dates import DateRules, birthday
from registry.liaison.instructors.rules import ASSIGNMENT_DATES, INSTRUCTOR_DATES
from registry.members.members.rules import MEMBER_DATES
from registry.tree.organizations.rules import ORGANIZATION_DATES
from registry.tree.posts.rules import POST_DATES
from registry.units.units.rules import UNIT_DATES

TODAY, DAY = date(2026, 6, 30), date(2020, 7, 1)
ONE = timedelta(1)
NEVER_BEFORE = [
    (MEMBER_DATES, "confirmed_on", "joined_on", "转正日期不能早于入党日期"),
    (MEMBER_DATES, "left_on", "joined_on", "离开日期不能早于入党日期"),
    (MEMBER_DATES, "left_on", "confirmed_on", "离开日期不能早于转正日期"),
    (MEMBER_DATES, "left_on", "birth_on", "离开日期不能早于出生日期"),
    (MEMBER_DATES, "left_on", "arrived_on", "离开日期不能早于转入日期"),
    (MEMBER_DATES, "arrived_on", "birth_on", "转入日期不能早于出生日期"),
    (ORGANIZATION_DATES, "dissolved_on", "founded_on", "撤销日期不能早于成立日期"),
    (POST_DATES, "valid_from", "founded_on", "任职日期不能早于组织的成立日期"),
    (POST_DATES, "valid_from", "joined_on", "任职日期不能早于本人的入党日期"),
    (UNIT_DATES, "valid_from", "founded_on", "覆盖起始日期不能早于覆盖组织的成立日期"),
    (ASSIGNMENT_DATES, "valid_from", "engaged_on", "起始日期不能早于指导员的任职日期"),
]
ALWAYS_AFTER = [
    (ORGANIZATION_DATES, "term_ends_on", "founded_on", "届满日期须晚于成立日期"),
    (POST_DATES, "valid_to", "valid_from", "届满日期须晚于任职日期"),
    (INSTRUCTOR_DATES, "released_on", "engaged_on", "届满日期须晚于任职日期"),
    (ASSIGNMENT_DATES, "valid_to", "valid_from", "结束日期须晚于起始日期"),
]
OF_AGE = [(MEMBER_DATES, "joined_on"), (MEMBER_DATES, "confirmed_on"), (INSTRUCTOR_DATES, "engaged_on")]
FACTS = [
    (MEMBER_DATES, {"joined_on", "confirmed_on", "arrived_on", "left_on"}),
    (ORGANIZATION_DATES, {"founded_on", "dissolved_on"}),
    (UNIT_DATES, {"counted_from", "effective_on", "closed_on", "ended_on", "valid_from"}),
    (POST_DATES, set()),
    (INSTRUCTOR_DATES, set()),
    (ASSIGNMENT_DATES, set()),
]


class TestDates:
    @pytest.mark.parametrize(("rules", "later", "earlier", "reason"), NEVER_BEFORE)
    def test_may_fall_together_but_not_be_reversed(self, rules: DateRules, later: str, earlier: str, reason: str):
        assert rules.faults({earlier: DAY, later: DAY}, TODAY) == []
        assert rules.faults({earlier: DAY, later: DAY - ONE}, TODAY) == [(later, reason)]

    @pytest.mark.parametrize(("rules", "later", "earlier", "reason"), ALWAYS_AFTER)
    def test_that_end_something_come_after_its_first_day(self, rules: DateRules, later: str, earlier: str, reason: str):
        assert rules.faults({earlier: DAY, later: DAY + ONE}, TODAY) == []
        assert rules.faults({earlier: DAY, later: DAY}, TODAY) == [(later, reason)]

    @pytest.mark.parametrize(("rules", "field"), OF_AGE)
    @pytest.mark.parametrize(
        ("born_on", "of_age_on"),
        [
            (date(1985, 3, 7), date(2003, 3, 7)),
            (date(1988, 2, 29), date(2006, 3, 1)),
            (date(1988, 12, 31), date(2006, 12, 31)),
        ],
    )
    def test_need_eighteen_full_years(self, rules: DateRules, field: str, born_on: date, of_age_on: date):
        assert rules.faults({"birth_on": born_on, field: of_age_on}, TODAY) == []
        (fault,) = rules.faults({"birth_on": born_on, field: of_age_on - ONE}, TODAY)
        assert (fault.field, fault.reason[4:]) == (field, "不能早于年满 18 周岁之日")

    @pytest.mark.parametrize(("rules", "facts"), FACTS)
    def test_that_state_a_fact_do_not_lie_ahead(self, rules: DateRules, facts: set[str]):
        assert rules.faults(dict.fromkeys(facts, TODAY), TODAY) == []
        ahead = rules.faults(dict.fromkeys(facts, TODAY + ONE), TODAY)
        assert {(one.field, one.reason) for one in ahead} == {
            (name, f"{rules.titles[name]}不能晚于今天") for name in facts
        }

    def test_that_are_missing_are_not_judged(self):
        everything = [rules for rules, _ in FACTS]
        for rules in everything:
            for name in rules.titles:
                assert rules.faults({name: DAY}, TODAY) == rules.faults(dict.fromkeys(rules.titles), TODAY) == []

    def test_all_faults_are_named_at_once(self):
        days = {"birth_on": date(2010, 1, 1), "joined_on": date(2020, 7, 1), "confirmed_on": date(2019, 7, 1)}
        assert [fault.field for fault in MEMBER_DATES.faults(days, TODAY)] == [
            "joined_on",
            "confirmed_on",
            "confirmed_on",
        ]


class TestBirthday:
    def test_of_a_leap_day_is_that_day_where_there_is_one(self):
        assert birthday(date(2000, 2, 29), 20) == date(2020, 2, 29)


class TestSql:
    @pytest.mark.parametrize("rules", [rules for rules, _ in FACTS])
    def test_says_the_same_where_there_are_no_years(self, rules: DateRules):
        for rule in rules.order:
            if not rule.years:
                assert rule.in_sql("a", "b") == (
                    "a <= b" if rule.is_broken({rule.later: DAY, rule.earlier: DAY}) else "a < b"
                )
