"""Tables as files; the library that writes workbooks is loaded with the first one."""

import csv
import datetime
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rustpy_xlsxwriter import Format

LONGEST_CELL = 32_767
MOST_ROWS = 1_048_575
INEXACT_FROM = 10**15
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
NARROWEST, WIDEST, PADDING = 8, 60, 2
DAY_FORMAT, MOMENT_FORMAT, EXACT_FORMAT, WHOLE_FORMAT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "0.00", "0"
LONG_DIGITS = re.compile(r"[0-9]{12,}|0[0-9]+")
AS_TEXT = "\t"
PRINTED = {"landscape": True, "fit_to_pages": (1, 0), "repeat_rows": (0, 0)}

Exported = str | int | float | bool | datetime.date | None


def write_rows(title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """One sheet; every text is written as a text, whatever it begins with; dates, numbers and Decimals as such.

    A column is as wide as its longest cell, within bounds; its format follows the first value that has one.
    """
    import rustpy_xlsxwriter

    if len(set(headings)) != len(headings):
        raise ValueError("表头不得重复")
    widths, formats = [_width(heading) for heading in headings], dict.fromkeys(headings, "")
    records = []
    for row in _bounded(rows):
        record = dict(zip(headings, map(_cell, row), strict=True))
        for place, (heading, value) in enumerate(zip(headings, row, strict=True)):
            widths[place] = max(widths[place], _width(value))
            formats[heading] = formats[heading] or _format(value)
        records.append(record)
    buffer = io.BytesIO()
    rustpy_xlsxwriter.write_worksheet(
        records or [dict.fromkeys(headings)],
        buffer,
        sheet_name=title,
        freeze_row=1,
        bold_headers=True,
        column_widths=[float(min(max(width, NARROWEST) + PADDING, WIDEST)) for width in widths],
        column_formats={
            name: _shape(formats[name], is_long=width + PADDING > WIDEST)
            for name, width in zip(headings, widths, strict=True)
            if formats[name] or width + PADDING > WIDEST
        },
        page_setup=PRINTED,
    )
    return buffer.getvalue()


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """UTF-8 with BOM, in pieces, for spreadsheet programs: texts that would be run as formulas get a leading quote,
    digits that would be rounded or lose their zeros a leading tab, which keeps them a text.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow([_harmless(heading) for heading in headings])
    for row in rows:
        writer.writerow([_harmless(_written(value)) for value in row])
        if buffer.tell() > LONGEST_CELL:
            yield _take(buffer)
    yield _take(buffer)


def _width(value: object) -> int:
    """In characters as a spreadsheet counts them: a Chinese one takes the room of two."""
    if isinstance(value, datetime.datetime):
        return len(MOMENT_FORMAT)
    text = "" if value is None else str(value)
    return len(text) + sum(not one.isascii() for one in text)


def _shape(number_format: str, *, is_long: bool) -> "Format":
    from rustpy_xlsxwriter import Format

    shape = Format().set_num_format(number_format) if number_format else Format()
    return shape.set_text_wrap() if is_long else shape


def _format(value: object) -> str:
    if isinstance(value, datetime.datetime):
        return MOMENT_FORMAT
    if isinstance(value, datetime.date):
        return DAY_FORMAT
    if isinstance(value, Decimal):
        return EXACT_FORMAT
    return WHOLE_FORMAT if isinstance(value, int) and not isinstance(value, bool) else ""


def _bounded(rows: Iterable[Sequence[object]]) -> Iterator[Sequence[object]]:
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise ValueError(f"一张工作表至多 {MOST_ROWS} 行,请缩小范围或导出 CSV")
        yield row


def _cell(value: object) -> Exported:
    if isinstance(value, int) and abs(value) >= INEXACT_FROM:
        return str(value)
    if isinstance(value, Decimal):
        return float(value) if abs(value) < INEXACT_FROM else str(value)
    if value is None or isinstance(value, (bool, int, float, datetime.date)):
        return value
    text = UNPRINTABLE.sub("", str(value))
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def _written(value: object) -> Exported:
    """A Decimal keeps the digits it has: a float would drop its last zeros."""
    if isinstance(value, datetime.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return str(value) if isinstance(value, Decimal) else _cell(value)


def _harmless(value: Exported) -> Exported:
    if not isinstance(value, str):
        return value
    if LONG_DIGITS.fullmatch(value):
        return AS_TEXT + value
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value


def _take(buffer: io.StringIO) -> bytes:
    piece = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return piece
