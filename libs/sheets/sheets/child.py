"""The process that opens a workbook nobody has vouched for. Title and limits as JSON in argv, workbook on stdin,
lines of JSON out: first the sheet's refusals, then one line per row."""

import datetime
import io
import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

import python_calamine

from sheets.columns import Limits
from sheets.packages import PackageRefusedError, check_package, scan_sheet, sheet_parts

Line = dict[str, Any] | list[Any]


def refusal(reason: str, row: int = 0, column: int = 0) -> dict[str, Any]:
    return {"row": row, "column": column, "reason": reason}


def lines(data: bytes, title: str, limits: Limits) -> Iterator[Line]:
    try:
        package = check_package(data, limits)
        parts = sheet_parts(package)
        if title not in parts:
            yield {"refusals": [refusal(f"缺少名为“{title}”的工作表")]}
            return
        unfit = scan_sheet(package, parts[title], limits)
    except PackageRefusedError as error:
        yield {"refusals": [refusal(str(error))]}
        return
    found = [refusal(reason, *cell) for reason, cells in unfit.items() for cell in cells]
    if found:
        yield {"refusals": found}
        return
    yield {"refusals": []}
    workbook = python_calamine.load_workbook(io.BytesIO(data))
    sheet = workbook.get_sheet_by_name(title)
    padding = [""] * (sheet.start[1] if sheet.start else 0)
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        values = [plain(cell) for cell in cells]
        if any(value != "" for value in values):
            yield [number, padding + values]


def plain(cell: object) -> object:
    """Strings, numbers and booleans as they are; everything dated as a tagged pair."""
    if isinstance(cell, (str, bool, int, float)):
        return cell
    if isinstance(cell, datetime.datetime):
        return ["moment", cell.isoformat()]
    if isinstance(cell, datetime.date):
        return ["date", cell.isoformat()]
    return ["other", ""]


def main() -> None:
    title, limits = json.loads(sys.argv[1])
    checked = Limits(**limits)
    resource.setrlimit(resource.RLIMIT_AS, (checked.memory_bytes, checked.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in lines(sys.stdin.buffer.read(), title, checked):
        sys.stdout.buffer.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")


if __name__ == "__main__":
    main()
