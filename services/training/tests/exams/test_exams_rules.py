"""Which GIFT is read and what is wrong with the rest, what a paper is, and which of several attempts counts."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.exams.attempts.rules import Standing, better, right, score
from training.exams.exams.rules import paper
from training.exams.questions.rules import read_gift

BANK = [UUID(int=number) for number in range(150)]
GIFT = """// 党章知识
::一大::中共一大召开于{=1921年 ~1919年#不对 ~1949年}

下列属于党的优良作风的有{~%50%理论联系实际 ~%50%批评和自我批评 ~%-100%形式主义}

党员可以不参加组织生活。{F}

公式 a\\=b 中的\\{括号\\}{T}
"""


class TestGift:
    @pytest.mark.feature("T16")
    def test_of_single_multiple_and_true_false_is_read(self) -> None:
        drafts, faults = read_gift(GIFT)

        assert faults == []
        assert [(one.line, one.kind.value, one.answers) for one in drafts] == [
            (2, "single", "A"),
            (4, "multiple", "AB"),
            (6, "true_false", "B"),
            (8, "true_false", "A"),
        ]
        assert drafts[0].options == ("1921年", "1919年", "1949年")
        assert drafts[3].text == "公式 a=b 中的{括号}"

    @pytest.mark.parametrize(
        ("block", "reason"),
        [
            ("没有答案的题", "花括号"),
            ("两处{T}答案{F}", "花括号"),
            ("简答{=答案}", "简答题"),
            ("数值{#3:1}", "数值题"),
            ("匹配{=甲 -> 乙 =丙 -> 丁}", "匹配题"),
            ("两个正确{=甲 =乙 ~丙}", "只有一个正确选项"),
            ("混写{=甲 ~%50%乙 ~丙}", "不用 ="),
            ("只有一项有分{~%100%甲 ~乙}", "至少有两个"),
            ("重复{=甲 ~甲}", "不能重复"),
            ("[html]<b>题</b>{T}", "格式标记"),
            ("$CATEGORY: 党章", "$CATEGORY"),
            ("{T}", "题目须写"),
            ("开头没有符号{甲 ~乙}", "= 或 ~"),
        ],
    )
    def test_of_any_other_form_is_refused_with_its_line(self, block: str, reason: str) -> None:
        drafts, faults = read_gift(f"题目{{T}}\n\n{block}\n")

        assert [one.line for one in drafts] == [1]
        assert [one.line for one in faults] == [3]
        assert reason in faults[0].reason

    @given(st.text(max_size=200))
    def test_of_any_text_gives_questions_or_reasons(self, written: str) -> None:
        drafts, faults = read_gift(written)

        assert all(one.answers and len(one.options) >= 2 for one in drafts)
        assert all(one.reason for one in faults)


class TestPaper:
    @pytest.mark.feature("T16")
    @given(st.integers(0, 2**62))
    def test_is_100_questions_without_repeat_and_the_same_for_a_seed(self, seed: int) -> None:
        drawn = paper(BANK, 100, seed)

        assert len(set(drawn)) == len(drawn) == 100
        assert set(drawn) <= set(BANK)
        assert paper(BANK, 100, seed) == drawn

    def test_differs_by_seed(self) -> None:
        assert len({tuple(paper(BANK, 100, seed)) for seed in range(50)}) == 50


class TestAttempt:
    def test_counts_exactly_right_answers_in_hundredths(self) -> None:
        assert right(["A", "AB", "", "C"], ["A", "ABC", "B", "C"]) == 2
        assert [score(2, 3), score(0, 3), score(3, 3)] == [Decimal("66.67"), Decimal("0.00"), Decimal("100.00")]

    @given(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 28)), min_size=1, max_size=8))
    def test_keeps_the_best_and_never_overwrites_a_pass(self, taken: list[tuple[int, int]]) -> None:
        kept: Standing | None = None
        for mark, day in taken:
            kept = better(kept, Standing(Decimal(mark), mark >= 60, date(2025, 3, day)))

        assert kept is not None
        marks = [mark for mark, _ in taken]
        assert (kept.score, kept.is_passed) == (Decimal(max(marks)), max(marks) >= 60)
        if kept.is_passed:
            first = next(day for mark, day in taken if mark >= 60)
            assert kept.taken_on == date(2025, 3, first)
