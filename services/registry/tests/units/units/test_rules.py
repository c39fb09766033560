import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from registry.units.units.rules import ALPHABET, joint_branch_finding, unit_check_character, unit_code_fault

BODIES = st.builds(
    lambda head, division, rest: head + division + rest,
    st.text(ALPHABET, min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(ALPHABET, min_size=9, max_size=9),
)


class TestUnitCode:
    @pytest.mark.parametrize(
        ("code", "reason"),
        [
            ("", "统一社会信用代码应为 18 位"),
            ("91990100MA99000012", "统一社会信用代码的校验位不正确"),
            ("91990100MA9900001I", "统一社会信用代码含有不允许的字符(不用 I、O、Z、S、V 和小写字母)"),
            ("91990100ma9900001x", "统一社会信用代码含有不允许的字符(不用 I、O、Z、S、V 和小写字母)"),
            ("9199010AMA99000012", "统一社会信用代码第 3 至 8 位应为行政区划数字"),
        ],
    )
    def test_that_is_wrong_says_why(self, code: str, reason: str) -> None:
        assert unit_code_fault(code) == reason

    @given(BODIES)
    def test_check_character_is_that_of_the_library(self, body: str) -> None:
        assert unit_check_character(body) == uscc.calc_check_digit(body)

    @given(BODIES, st.integers(0, 17), st.integers(1, 30))
    def test_with_one_wrong_character_is_refused(self, body: str, position: int, shift: int) -> None:
        code = body + unit_check_character(body)
        other = ALPHABET[(ALPHABET.index(code[position]) + shift) % 31]

        assert unit_code_fault(code) is None
        assert unit_code_fault(code[:position] + other + code[position + 1 :]) is not None

    def test_with_a_leading_letter_is_valid(self) -> None:
        body = "N2990100MF1234567"

        assert unit_code_fault(body + unit_check_character(body)) is None


class TestJointBranch:
    @pytest.mark.parametrize(("count", "is_remarked"), [(1, False), (5, False), (6, True), (30, True)])
    def test_of_more_than_five_units_is_remarked(self, count: int, *, is_remarked: bool) -> None:
        assert (joint_branch_finding(count) is not None) is is_remarked
