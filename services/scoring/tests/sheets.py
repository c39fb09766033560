"""An exported workbook as an official opens it: every cell is looked at on the way."""

import io
from datetime import datetime
from typing import Any

import openpyxl

DAYS = ("日期", "期限", "周期起", "周期止", "期满日")
POINTS = {"应得积分", "入账积分", "超出上限未入账", "积分合计", "每次分值", "综合得分", "日常考勤", "年度考绩"}
NAMES = {"对象", "得分对象", "评议对象", "承诺主体", "党员", "党组织", "评议", "事由", "主管党组织", "组织评议的党组织"}


def opened(content: bytes) -> tuple[str, list[dict[str, Any]]]:
    """The title of the sheet, and its rows by heading."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    heads, *rows = (row for row in sheet.iter_rows() if any(cell.value is not None for cell in row))
    headings = [str(head.value or "").strip() for head in heads]
    assert all(headings)
    for row in rows:
        for heading, cell in zip(headings, row, strict=True):
            look_at(heading, cell)
    return sheet.title, [dict(zip(headings, (cell.value for cell in row), strict=True)) for row in rows]


def look_at(heading: str, cell: Any) -> None:
    assert cell.data_type != "f", f"{heading} holds a formula"
    if heading in NAMES:
        assert cell.value, f"{heading} names nobody"
    if cell.value is None:
        return
    if heading.endswith(DAYS):
        assert (type(cell.value), cell.number_format) == (datetime, "yyyy-mm-dd"), heading
    if heading in POINTS:
        assert cell.data_type == "n", f"{heading} is no number"
