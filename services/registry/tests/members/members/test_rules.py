from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from demo.district.codes import id_number
from registry.members.members.kinds import Sex
from registry.members.members.rules import id_check_character, id_number_facts, id_number_fault, mobile_fault
from registry.names import query_keys, search_keys

TODAY = date(2026, 6, 30)
BIRTHS = st.dates(date(1900, 1, 1), TODAY)
SEQUENCES = st.integers(0, 999)


class TestIdNumber:
    @pytest.mark.parametrize(
        "number",
        [
            "",
            "99010019850309001",
            "9901001985030900112",
            "99010019850309001x",
            "A90100198503090011",
            "99010019850309 011",
        ],
    )
    def test_of_another_shape_is_refused(self, number: str) -> None:
        assert id_number_fault(number, TODAY) == "公民身份号码应为 18 位数字(末位可为 X)"

    @pytest.mark.parametrize("birth", ["19850230", "20250229", "18991231", "20260701", "00000000", "19851301"])
    def test_of_a_day_that_was_not_is_refused(self, birth: str) -> None:
        body = f"990100{birth}001"

        assert id_number_fault(body + id_check_character(body), TODAY) == "公民身份号码中的出生日期不存在"

    @given(BIRTHS, SEQUENCES)
    def test_of_any_place_is_right_by_check_character_and_birth_date(self, born_on: date, sequence: int) -> None:
        assert id_number_fault(id_number("990100", born_on, sequence), TODAY) is None

    @given(BIRTHS, SEQUENCES, st.integers(0, 16), st.integers(1, 9))
    def test_with_one_wrong_digit_is_refused(self, born_on: date, sequence: int, position: int, shift: int) -> None:
        number = id_number("990100", born_on, sequence)
        wrong = number[:position] + str((int(number[position]) + shift) % 10) + number[position + 1 :]

        assert id_number_fault(wrong, TODAY) is not None

    @given(st.text("0123456789", min_size=17, max_size=17))
    def test_check_character_is_that_of_the_library(self, body: str) -> None:
        assert id_check_character(body) == ric.calc_check_digit(body + "0")

    @given(BIRTHS, SEQUENCES)
    def test_tells_birth_date_and_sex(self, born_on: date, sequence: int) -> None:
        facts = id_number_facts(id_number("990100", born_on, sequence))

        assert facts == (born_on, Sex.MALE if sequence % 2 else Sex.FEMALE)

    def test_of_the_29th_of_february_is_right_in_a_leap_year(self) -> None:
        assert id_number_fault(id_number("990100", date(2000, 2, 29), 1), TODAY) is None
        assert id_number_fault(id_number("990100", TODAY + timedelta(days=1), 1), TODAY) is not None


class TestMobile:
    @pytest.mark.parametrize("number", ["", "1540000000", "254000000000", "12400000000", "1540000000a", "1540000000٣"])
    def test_of_another_shape_is_refused(self, number: str) -> None:
        assert mobile_fault(number) is not None


class TestSearchKeys:
    @given(st.text("张王李赵欧阳小明华", min_size=1, max_size=6), st.data())
    def test_find_every_part_of_a_name(self, name: str, data: st.DataObject) -> None:
        start = data.draw(st.integers(0, len(name) - 1))
        end = data.draw(st.integers(start + 1, len(name)))

        assert set(query_keys(name[start:end])) <= set(search_keys(name))

    def test_of_nothing_are_none(self) -> None:
        assert (search_keys("  "), query_keys(" ")) == ([], [])
