from sheets.cells import Cell
from sheets.columns import Column, Limits, SheetTemplate
from sheets.exports import write_csv, write_rows
from sheets.problems import CellProblem, WorkbookRefusedError
from sheets.reading import Row, read_rows
from sheets.templates import write_template

__all__ = [
    "Cell",
    "CellProblem",
    "Column",
    "Limits",
    "Row",
    "SheetTemplate",
    "WorkbookRefusedError",
    "read_rows",
    "write_csv",
    "write_rows",
    "write_template",
]
