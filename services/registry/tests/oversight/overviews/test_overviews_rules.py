"""What a told figure is compared with."""

import pytest

from registry.oversight.overviews.rules import compare

SEED = {"committee": 7, "general_branch": 8, "branch": 187}


class TestComparison:
    @pytest.mark.feature("R51")
    def test_of_203_with_7_and_8_and_187_lists_the_one_that_is_missing(self) -> None:
        found = compare(203, SEED)

        assert (found.stated, found.counted, found.difference) == (203, 202, 1)
        assert found.statement == "党委 7、党总支 8、党支部 187,合计 202;所报 203,多 1,请核对"

    def test_says_when_fewer_were_told_and_when_the_figures_agree(self) -> None:
        assert compare(200, SEED).difference == -2
        assert compare(200, SEED).statement.endswith("所报 200,少 2,请核对")
        assert compare(202, SEED).statement == "党委 7、党总支 8、党支部 187,合计 202,与所报 202 相符"
        assert compare(0, {"branch": 0}).statement == "没有党组织,合计 0,与所报 0 相符"
