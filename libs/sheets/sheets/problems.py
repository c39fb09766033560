from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CellProblem:
    """Why a cell, a row (column empty) or a whole sheet (row 0) was refused; the refused value is never repeated."""

    sheet: str
    row: int
    column: str
    reason: str


class WorkbookRefusedError(Exception):
    """The workbook as a whole cannot be read; every problem says why in one Chinese sentence."""

    def __init__(self, problems: list[CellProblem]) -> None:
        super().__init__(";".join(problem.reason for problem in problems))
        self.problems = problems
