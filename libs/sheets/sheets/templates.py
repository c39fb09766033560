"""Empty workbooks to fill in; the library that writes them is loaded with the first one."""

import datetime
import io
from typing import TYPE_CHECKING

from sheets.columns import Column, SheetTemplate

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

DICTIONARY, INSTRUCTIONS = "字典", "填写说明"
LAST_ROW = 100_000
KIND_LABELS = {"text": "文本", "date": "日期", "integer": "整数", "yes_no": "是/否", "choice": "选项"}
TEXT_FORMAT = 49
NUMBER_FORMATS = {"date": "yyyy-mm-dd", "integer": "0"}
CREATED = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)


def write_template(template: SheetTemplate) -> bytes:
    """An empty workbook to fill in: text cells where digits matter, pick lists, notes, and a page of instructions."""
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    workbook = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    workbook.set_properties({"created": CREATED})
    sheet = workbook.add_worksheet(template.title)
    instructions = workbook.add_worksheet(INSTRUCTIONS)
    dictionary = workbook.add_worksheet(DICTIONARY)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(template.columns):
        _write_heading(workbook, sheet, place, column)
        _write_pick_list(sheet, dictionary, place, column)
    _write_instructions(workbook, instructions, template)
    workbook.close()
    return buffer.getvalue()


def _write_heading(workbook: "Workbook", sheet: "Worksheet", place: int, column: Column) -> None:
    color = "#C00000" if column.required else "#000000"
    heading = workbook.add_format({"bold": True, "font_color": color, "bg_color": "#F2F2F2", "border": 1})
    body = workbook.add_format({"num_format": NUMBER_FORMATS.get(column.kind, TEXT_FORMAT)})
    sheet.set_column(place, place, max(14, 2 * len(column.heading) + 4), body)
    sheet.write_string(0, place, column.heading, heading)
    note = "\n".join(part for part in (column.note, f"示例:{column.example}" if column.example else "") if part)
    if note:
        sheet.write_comment(0, place, note)


def _write_pick_list(sheet: "Worksheet", dictionary: "Worksheet", place: int, column: Column) -> None:
    from xlsxwriter.utility import xl_range_abs

    choices = column.pick_list()
    if not choices:
        return
    dictionary.write_string(0, place, column.heading)
    for row, choice in enumerate(choices, start=1):
        dictionary.write_string(row, place, choice)
    source = xl_range_abs(1, place, len(choices), place)
    rule = {"validate": "list", "source": f"={DICTIONARY}!{source}", "error_message": "请从列表中选择"}
    sheet.data_validation(1, place, LAST_ROW, place, rule)


def _write_instructions(workbook: "Workbook", sheet: "Worksheet", template: SheetTemplate) -> None:
    bold = workbook.add_format({"bold": True})
    for place, heading in enumerate(("列", "必填", "类型", "说明", "示例")):
        sheet.write_string(0, place, heading, bold)
    for row, column in enumerate(template.columns, start=1):
        required = "是" if column.required else "否"
        texts = (column.heading, required, KIND_LABELS[column.kind], column.note, column.example)
        for place, text in enumerate(texts):
            sheet.write_string(row, place, text)
    sheet.set_column(0, 4, 22)
