"""A bank of questions as a workbook."""

import asyncio
from collections.abc import Sequence

from sheets import CellProblem, Column, Limits, Row, SheetTemplate, WorkbookRefusedError, read_rows
from training.exams.questions.kinds import QuestionKind
from training.exams.questions.rules import LETTERS, TRUE_FALSE, Draft, ordered, reason_against
from training.exams.questions.schemas import QuestionProblem

TEXT, ANSWERS = "题目", "答案"
OPTIONS = tuple(Column(f"option_{letter}", f"选项{letter}", longest=200) for letter in LETTERS)
TEMPLATE = SheetTemplate(
    "试题",
    (
        Column("kind", "题型", required=True, kind="choice", choices=tuple(one.label for one in QuestionKind)),
        Column("text", TEXT, required=True, longest=1000, unique=True, example="党的最高理想和最终目标是什么?"),
        *OPTIONS,
        Column("answers", ANSWERS, required=True, note="选项字母,如 AC;判断题写“对”或“错”", example="A"),
    ),
)
LIMITS = Limits(file_bytes=2 * 1024**2, unpacked_bytes=32 * 1024**2, rows=5_000, seconds=20.0)


async def read_workbook(content: bytes) -> tuple[list[Draft], list[QuestionProblem]]:
    """The questions of the workbook, and all that is wrong with it."""
    try:
        rows = list(await asyncio.to_thread(read_rows, content, TEMPLATE, LIMITS))
    except WorkbookRefusedError as refusal:
        return [], _told(refusal.problems)
    problems = _told([problem for row in rows for problem in row.problems])
    drafts = [_draft(row) for row in rows if not row.problems]
    wrong = ((one, reason_against(one.kind, one.text, one.options, one.answers)) for one in drafts)
    problems += [QuestionProblem(line=one.line, column=TEXT, reason=reason) for one, reason in wrong if reason]
    return drafts, problems


def _draft(row: Row) -> Draft:
    cells = {name: str(value or "") for name, value in row.cells.items()}
    kind = QuestionKind.from_label(cells["kind"])
    options = [cells[one.key] for one in OPTIONS]
    while options and not options[-1]:
        options.pop()
    if kind is QuestionKind.TRUE_FALSE and not options:
        options = list(TRUE_FALSE)
    return Draft(row.number, kind, cells["text"], tuple(options), letters_of(cells["answers"], options))


def letters_of(written: str, options: Sequence[str]) -> str:
    """`ac`, `A、C` and 对 are letters of options."""
    if written in options and written in TRUE_FALSE:
        return LETTERS[list(options).index(written)]
    return ordered("".join(one for one in written.upper() if one not in " ,,、"))


def _told(problems: Sequence[CellProblem]) -> list[QuestionProblem]:
    return [QuestionProblem(line=one.row, column=one.column, reason=one.reason) for one in problems]
