import csv
import datetime
import io
import re
from collections.abc import Iterable, Iterator, Sequence

import rustpy_xlsxwriter

from sheets.problems import CellProblem

LONGEST_CELL = 32_767
MOST_ROWS = 1_048_575
INEXACT_FROM = 10**15
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
REPORT_HEADINGS = ("工作表", "行", "列", "原因")

Exported = str | int | float | bool | datetime.date | None


def write_rows(title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """One sheet; every text is written as a text, whatever it begins with. Decimals and ids go in as text."""
    if len(set(headings)) != len(headings):
        raise ValueError("表头不得重复")
    records = (dict(zip(headings, (_cell(value) for value in row), strict=True)) for row in _bounded(rows))
    buffer = io.BytesIO()
    first = next(records, None)
    if first is None:
        first = dict.fromkeys(headings)
    rustpy_xlsxwriter.write_worksheet(
        _chain(first, records), buffer, sheet_name=title, freeze_row=1, bold_headers=True, column_width=16.0
    )
    return buffer.getvalue()


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """UTF-8 with BOM, in pieces, for spreadsheet programs: texts that would be run as formulas get a leading quote."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow([_harmless(heading) for heading in headings])
    for row in rows:
        writer.writerow([_harmless(_cell(value)) for value in row])
        if buffer.tell() > LONGEST_CELL:
            yield _take(buffer)
    yield _take(buffer)


def write_report(problems: Iterable[CellProblem]) -> bytes:
    rows = ((problem.sheet, problem.row, problem.column, problem.reason) for problem in problems)
    return write_rows("导入报告", REPORT_HEADINGS, rows)


def _chain(first: dict[str, Exported], rest: Iterator[dict[str, Exported]]) -> Iterator[dict[str, Exported]]:
    yield first
    yield from rest


def _bounded(rows: Iterable[Sequence[object]]) -> Iterator[Sequence[object]]:
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise ValueError(f"一张工作表至多 {MOST_ROWS} 行,请缩小范围或导出 CSV")
        yield row


def _cell(value: object) -> Exported:
    if isinstance(value, int) and abs(value) >= INEXACT_FROM:
        return str(value)
    if value is None or isinstance(value, (bool, int, float, datetime.date)):
        return value
    text = UNPRINTABLE.sub("", str(value))
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def _harmless(value: Exported) -> Exported:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def _take(buffer: io.StringIO) -> bytes:
    piece = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return piece
