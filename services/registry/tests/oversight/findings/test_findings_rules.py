from datetime import date

import pytest

from registry.limits import all_limits, limits_on, months_from
from registry.oversight.findings.declared import DECLARED, chosen, statement_of
from registry.oversight.findings.kinds import FindingCode, FindingSubject
from registry.oversight.findings.models import Finding
from registry.oversight.findings.queries import subject_names


class TestDeclarations:
    def test_are_one_for_each_code(self) -> None:
        assert [one.code for one in DECLARED] == list(FindingCode)

    def test_say_what_is_the_matter_with_every_figure_filled_in(self) -> None:
        for one in DECLARED:
            statement = statement_of(one, 7, date(2025, 6, 15))
            assert "{" not in statement, one.code
            assert one.action, one.code
            assert one.rule, one.code
            assert one.source, one.code

    def test_without_its_figure_is_called_by_its_name(self) -> None:
        (joint,) = chosen([FindingCode.JOINT_BRANCH_OF_MANY_UNITS])

        assert statement_of(joint, 70, date(2025, 6, 15)) == "覆盖 70 个单位,一般不超过 5 个"
        assert statement_of(joint, None, date(2025, 6, 15)) == "联合党支部覆盖单位过多"


class TestSubjects:
    def test_have_a_name_of_each_kind_once_the_finding_is_over(self) -> None:
        assert subject_names(Finding.subject_id).keys() == set(FindingSubject)


class TestLimits:
    def test_hold_from_their_day_on_and_stand_once_a_day(self) -> None:
        assert limits_on(date(1989, 12, 31)) == {}
        assert limits_on(date(2025, 1, 1))["large_unit_staff"] == 50
        assert len({(one.name, one.valid_from) for one in all_limits()}) == len(all_limits())


class TestMonthsFrom:
    @pytest.mark.parametrize(
        ("day", "months", "then"),
        [
            (date(2025, 6, 15), 6, date(2025, 12, 15)),
            (date(2025, 8, 31), 6, date(2026, 2, 28)),
            (date(2023, 8, 31), 6, date(2024, 2, 29)),
            (date(2024, 2, 29), -12, date(2023, 2, 28)),
            (date(2025, 12, 1), 1, date(2026, 1, 1)),
            (date(2025, 1, 31), -1, date(2024, 12, 31)),
        ],
    )
    def test_is_the_same_day_or_the_last_of_the_month(self, day: date, months: int, then: date) -> None:
        assert months_from(day, months) == then
