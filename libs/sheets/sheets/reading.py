import dataclasses
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sheets.cells import Cell, CellRefusedError, convert
from sheets.columns import Column, Limits, SheetTemplate
from sheets.problems import CellProblem, WorkbookRefusedError

DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Row:
    """`number` is the row as Excel counts it; a refused cell is missing from `cells` and named in `problems`."""

    number: int
    cells: dict[str, Cell]
    problems: tuple[CellProblem, ...]


def read_rows(data: bytes, template: SheetTemplate, limits: Limits = DEFAULT_LIMITS) -> Iterator[Row]:
    """Blocks for up to `limits.seconds`: call it from a job or a thread. A workbook that cannot be read as a whole
    raises WorkbookRefusedError here, not while iterating."""
    answer = _parse_apart(data, template, limits)
    lines = answer.splitlines()
    refusals = json.loads(lines[0])["refusals"]
    if refusals:
        raise WorkbookRefusedError([_problem(template, **refusal) for refusal in refusals])
    if len(lines) == 1:
        raise WorkbookRefusedError([CellProblem(template.title, 0, "", "工作表是空的")])
    places = _places(template, json.loads(lines[1])[1])
    return _rows(template, places, lines)


def _parse_apart(data: bytes, template: SheetTemplate, limits: Limits) -> bytes:
    argument = json.dumps([template.title, dataclasses.asdict(limits)])
    command = [sys.executable, "-I", "-X", "utf8", "-m", "sheets.child", argument]
    if len(data) > limits.file_bytes:
        reason = f"文件超过 {limits.file_bytes // 1024**2} MiB"
    else:
        try:
            done = subprocess.run(command, input=data, capture_output=True, timeout=limits.seconds, check=True)  # noqa: S603 fixed command, our own module
        except subprocess.TimeoutExpired:
            reason = f"解析超过 {limits.seconds:g} 秒,已中止"
        except subprocess.CalledProcessError:
            reason = "工作簿无法解析"
        else:
            return done.stdout
    raise WorkbookRefusedError([CellProblem(template.title, 0, "", reason)])


def _problem(template: SheetTemplate, *, row: int, column: int, reason: str) -> CellProblem:
    return CellProblem(template.title, row, column_letters(column), reason)


def column_letters(number: int) -> str:
    """1 is A, 26 is Z, 27 is AA; 0 is no column."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _heading(raw: object) -> str:
    return raw.strip().removesuffix("*").strip() if isinstance(raw, str) else ""


def _places(template: SheetTemplate, first: list[Any]) -> dict[int, Column]:
    """Which column stands where; headings may come in any order, but all of them and no other."""
    headings = [_heading(raw) for raw in first]
    by_heading = {column.heading: column for column in template.columns}
    counted = Counter(heading for heading in headings if heading)
    reasons = [(name, "表头重复") for name, count in counted.items() if count > 1]
    reasons += [(name, "缺少这一列") for name in by_heading if name not in counted]
    reasons += [(name, "表头不在模板中") for name in counted if name not in by_heading]
    if reasons:
        raise WorkbookRefusedError([CellProblem(template.title, 1, name, reason) for name, reason in reasons])
    return {place: by_heading[heading] for place, heading in enumerate(headings) if heading}


def _rows(template: SheetTemplate, places: dict[int, Column], lines: list[bytes]) -> Iterator[Row]:
    seen: dict[str, dict[Cell, int]] = {column.key: {} for column in template.columns if column.unique}
    for line in lines[2:]:
        number, raw = json.loads(line)
        yield _row(template, places, seen, number, raw)


def _row(
    template: SheetTemplate,
    places: dict[int, Column],
    seen: dict[str, dict[Cell, int]],
    number: int,
    raw: list[Any],
) -> Row:
    cells: dict[str, Cell] = {}
    problems: list[CellProblem] = []
    for place, column in places.items():
        try:
            value = convert(column, raw[place] if place < len(raw) else None)
            if column.unique and value is not None:
                _refuse_repeated(value, seen[column.key], number)
            cells[column.key] = value
        except CellRefusedError as error:
            problems.append(CellProblem(template.title, number, column.heading, str(error)))
    if any(place not in places and value != "" for place, value in enumerate(raw)):
        problems.append(CellProblem(template.title, number, "", "有内容落在没有表头的列"))
    return Row(number, cells, tuple(problems))


def _refuse_repeated(value: Cell, seen: dict[Cell, int], number: int) -> None:
    earlier = seen.setdefault(value, number)
    if earlier != number:
        raise CellRefusedError(f"与第 {earlier} 行重复")
