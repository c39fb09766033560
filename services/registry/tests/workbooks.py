"""Workbooks for the import tests, filled in row by row or cell by cell."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

from xlsxwriter import Workbook

from demo.district.codes import id_number, organization_code, unit_code
from registry.exchange.imports.models import ImportKind
from registry.exchange.imports.workbooks import TEMPLATES
from registry.kinds import known
from sheets import write_rows

NUMBERS = [id_number("990100", date(1980, 2, 3), sequence) for sequence in range(100, 120)]
TOWN_CODE = organization_code("990100", "党委", 900)
Values = dict[str, object]


def sheet(kind: str, *rows: Values, title: str | None = None) -> bytes:
    template = TEMPLATES[known(ImportKind, kind)]
    cells = [[row.get(heading) for heading in template.headings] for row in rows]
    return write_rows(title or template.title, template.headings, cells)


def with_cell(kind: str, heading: str, write: Callable[[Any, int], None], row: Values) -> bytes:
    """A workbook whose cell under `heading` is written by hand: a number, a formula."""
    template, buffer = TEMPLATES[known(ImportKind, kind)], io.BytesIO()
    workbook = Workbook(buffer, {"in_memory": True})
    page = workbook.add_worksheet(template.title)
    page.write_row(0, 0, template.headings)
    for place, name in enumerate(template.headings):
        if name != heading and row.get(name) is not None:
            page.write_string(1, place, str(row[name]))
    write(page, template.headings.index(heading))
    workbook.close()
    return buffer.getvalue()


def person(organization: dict[str, Any], number: int = 0, **fields: object) -> Values:
    row: Values = {"姓名": "李明", "公民身份号码": NUMBERS[number], "党员类别": "正式党员"}
    return {**row, "所在组织代码": organization["code"], "入党日期": "2010-07-01", **fields}


def company(organization: dict[str, Any], number: int = 1, **fields: object) -> Values:
    row: Values = {
        "统一社会信用代码": unit_code("990100", "非公企业", number),
        "单位名称": "某厂",
        "单位类别": "非公企业",
    }
    return {**row, "属地组织代码": organization["code"], **fields}


def branch(parent: dict[str, Any], number: int = 1, **fields: object) -> Values:
    row: Values = {"组织代码": organization_code("990100", "党支部", number + 500), "组织名称": "新支部"}
    return {**row, "组织类型": "党支部", "上级组织代码": parent["code"], "成立日期": "2020-01-01", **fields}
