"""What a comparison may show and what it asks. Pure."""

from decimal import Decimal

import pytest

from scoring.insight.fairness.rules import Sums, question, size_of, withheld, withheld_among


class TestWithheld:
    @pytest.mark.parametrize(
        ("cells", "hidden"),
        [
            ({"甲": 8, "乙": 6, "丙": 5}, set()),
            ({"甲": 8, "乙": 6, "丙": 4, "丁": 5}, {"丙", "丁"}),
            ({"甲": 8, "乙": 1, "丙": 2}, {"甲", "乙", "丙"}),
            ({"甲": 8, "乙": 1, "丙": 4}, {"乙", "丙"}),
            ({"甲": 20, "乙": 3}, {"甲", "乙"}),
            ({"甲": 4}, {"甲"}),
            ({}, set()),
        ],
    )
    def test_leaves_no_small_cell_to_be_worked_out_from_the_total(
        self, cells: dict[str, int], hidden: set[str]
    ) -> None:
        assert withheld(cells) == hidden


class TestWithheldAmong:
    @pytest.mark.parametrize(
        ("counts", "hidden"),
        [
            (
                {("城关", "联合"): 8, ("东湖", "单独"): 6, ("西山", "单独"): 2, ("南桥", "联合"): 5},
                [{"西山", "南桥"}, {"联合", "单独"}],
            ),
            ({("甲", "大"): 8, ("乙", "小"): 6, ("丙", "小"): 7}, [set(), set()]),
            ({("甲", "大"): 9, ("甲", "小"): 3, ("乙", "小"): 6, ("乙", "中"): 6}, [{"甲", "乙"}, set()]),
            ({("甲", "大"): 9, ("乙", "大"): 3, ("乙", "小"): 6}, [{"甲", "乙"}, set()]),
            ({}, []),
        ],
    )
    def test_leaves_no_few_subjects_between_the_groups_of_two_attributes(
        self, counts: dict[tuple[str, ...], int], hidden: list[set[str]]
    ) -> None:
        """Single 8 less the 6 of one town are the 2 of another, whether the 8 are shown or the rest of the total."""
        assert withheld_among(counts) == hidden


class TestQuestion:
    OVERALL = Sums(10, Decimal(800), 8)

    @pytest.mark.parametrize(("mean", "said"), [("70.01", None), ("70.00", "低 10.00 分"), ("90.00", "高 10.00 分")])
    def test_is_asked_from_ten_points_on(self, mean: str, said: str | None) -> None:
        asked = question("镇街", "城关镇", Sums(5, 5 * Decimal(mean), 1), self.OVERALL)

        assert asked is None if said is None else said in str(asked)


class TestSize:
    @pytest.mark.parametrize(
        ("members", "label"),
        [(0, "不足 10 人"), (9, "不足 10 人"), (10, "10 至 19 人"), (49, "20 至 49 人"), (50, "50 人以上")],
    )
    def test_is_a_band(self, members: int, label: str) -> None:
        assert size_of(members) == label
