import contextlib
import datetime
import io
import os
import zipfile
from collections.abc import Callable, Sequence

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sheets import (
    CellProblem,
    Column,
    Limits,
    Row,
    SheetTemplate,
    WorkbookRefusedError,
    read_rows,
    write_rows,
    write_template,
)

SHEET = "xl/worksheets/sheet1.xml"
TEMPLATE = SheetTemplate(
    "名单",
    (
        Column("code", "编号", required=True, unique=True, note="18 位", example="990101199001010011"),
        Column("name", "名称", required=True),
        Column("kind", "类型", kind="choice", choices=("甲", "乙")),
        Column("begins_on", "日期", kind="date"),
        Column("count", "人数", kind="integer"),
        Column("is_direct", "直管", kind="yes_no"),
    ),
)
HEADINGS = TEMPLATE.headings
GOOD = ("990101199001010011", "启明", "甲", "2025-01-31", "12", "是")


def filled(sheet: Worksheet, rows: Sequence[Sequence[object]], coloured: tuple[int, int] | None = None) -> None:
    """Headings and rows; one cell may have a colour and nothing else."""
    for number, row in enumerate((HEADINGS, *rows)):
        for place, value in enumerate(row):
            write(sheet, number, place, value)
    if coloured:
        sheet.write_blank(*coloured, None, Format({"bg_color": "#FFFF00"}, {}, {}))


def book(fill: Callable[[Worksheet], None], *, title: str = "名单", date_1904: bool = False) -> bytes:
    buffer = io.BytesIO()
    options = {"in_memory": True, "date_1904": date_1904, "default_date_format": "yyyy-mm-dd"}
    workbook = xlsxwriter.Workbook(buffer, options)
    fill(workbook.add_worksheet(title))
    workbook.close()
    return buffer.getvalue()


def table(rows: Sequence[Sequence[object]], headings: Sequence[str] = HEADINGS, **options: object) -> bytes:
    def fill(sheet: Worksheet) -> None:
        for place, heading in enumerate(headings):
            sheet.write_string(0, place, heading)
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                write(sheet, number, place, value)

    return book(fill, **options)  # type: ignore[arg-type]  # passed through


def write(sheet: Worksheet, row: int, place: int, value: object) -> None:
    if isinstance(value, str):
        sheet.write_string(row, place, value)
    elif isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, place, value)
    elif isinstance(value, datetime.date):
        sheet.write_datetime(row, place, value)


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The package with one part rewritten, or added when it was not there."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
        if part not in old.namelist():
            new.writestr(part, change(b""))
    return buffer.getvalue()


def refusal(data: bytes, limits: Limits | None = None) -> list[CellProblem]:
    with pytest.raises(WorkbookRefusedError) as refused:
        list(read_rows(data, TEMPLATE, limits or Limits()))
    return refused.value.problems


def only(data: bytes) -> Row:
    (row,) = read_rows(data, TEMPLATE)
    return row


def with_cell(heading: str, value: object) -> bytes:
    return table([[value if name == heading else good for name, good in zip(HEADINGS, GOOD, strict=True)]])


def spent_seconds() -> float:
    """Of processors, by us and the processes we waited for: other programs of the machine do not count."""
    return sum(os.times()[:4])


class TestPackage:
    @pytest.mark.parametrize("data", [b"", b"text", b"PK\x03\x04 cut", b"\xd0\xcf\x11\xe0 old workbook"])
    def test_refuses_what_is_no_workbook(self, data: bytes) -> None:
        assert refusal(data)[0].reason == "不是 XLSX 工作簿"

    def test_refuses_a_zip_of_something_else(self) -> None:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as package:
            package.writestr("word/document.xml", "<w/>")
        assert refusal(buffer.getvalue())[0].reason == "不是 XLSX 工作簿"

    def test_refuses_a_bomb_within_a_second(self) -> None:
        bomb = changed(table([GOOD]), "xl/media/image1.bin", lambda _: bytes(300 * 1024**2))
        assert len(bomb) < 400 * 1024
        began = spent_seconds()
        assert "解压后超过" in refusal(bomb)[0].reason
        assert spent_seconds() - began < 3

    def test_refuses_a_file_too_large_without_opening_it(self) -> None:
        assert "文件超过 1 MiB" in refusal(bytes(2 * 1024**2), Limits(file_bytes=1024**2))[0].reason

    @pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml"])
    def test_refuses_entities(self, part: str) -> None:
        declared = b'<!DOCTYPE a [<!ENTITY b "c">]>'
        hostile = changed(table([GOOD]), part, lambda xml: xml.replace(b"?>", b"?>" + declared, 1))
        assert "XML 实体" in refusal(hostile)[0].reason

    def test_refuses_entities_hidden_by_another_encoding(self) -> None:
        hostile = changed(table([GOOD]), SHEET, lambda xml: xml.decode().encode("utf-16"))
        assert "UTF-8" in refusal(hostile)[0].reason

    def test_refuses_macros(self) -> None:
        assert "宏" in refusal(changed(table([GOOD]), "xl/vbaProject.bin", lambda _: b"x"))[0].reason

    def test_refuses_a_damaged_sheet(self) -> None:
        assert refusal(changed(table([GOOD]), SHEET, lambda xml: xml[:-40]))[0].reason == "工作簿已损坏"

    def test_refuses_parts_of_the_same_name(self) -> None:
        buffer = io.BytesIO(table([GOOD]))
        with zipfile.ZipFile(buffer, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
            package.writestr(SHEET, "<worksheet/>")
        assert "重名" in refusal(buffer.getvalue())[0].reason

    @pytest.mark.parametrize(("cell", "reason"), [(b"A1048576", "行"), (b"XFD1", "列")])
    def test_refuses_cells_far_out(self, cell: bytes, reason: str) -> None:
        far = changed(table([GOOD]), SHEET, lambda xml: xml.replace(b'<c r="A2"', b'<c r="' + cell + b'"', 1))
        assert reason in refusal(far)[0].reason

    def test_refuses_more_rows_than_allowed(self) -> None:
        assert "超过 2 行" in refusal(table([GOOD] * 3), Limits(rows=2))[0].reason

    def test_gives_up_after_its_time(self) -> None:
        assert "已中止" in refusal(table([GOOD]), Limits(seconds=0.001))[0].reason

    def test_survives_a_parser_out_of_memory(self) -> None:
        assert refusal(table([GOOD] * 10), Limits(memory_bytes=1024**2))[0].reason == "工作簿无法解析"

    @settings(max_examples=25, deadline=None)
    @given(st.integers(0, 10_000), st.binary(min_size=1, max_size=8))
    def test_answers_damage_with_a_refusal_or_with_rows(self, place: int, noise: bytes) -> None:
        data = bytearray(table([GOOD]))
        data[place % len(data) : place % len(data) + len(noise)] = noise
        with contextlib.suppress(WorkbookRefusedError):
            assert all(isinstance(row, Row) for row in read_rows(bytes(data), TEMPLATE))


class TestSheet:
    def test_refuses_a_workbook_without_the_sheet(self) -> None:
        assert refusal(table([GOOD], title="Sheet1"))[0].reason == "缺少名为“名单”的工作表"

    def test_refuses_an_empty_sheet(self) -> None:
        assert refusal(book(lambda _: None))[0].reason == "工作表是空的"

    def test_names_headings_missing_unknown_and_repeated(self) -> None:
        problems = refusal(table([], headings=("编号", "名称", "名称", "类型", "日期", "人数", "电话")))
        assert {(problem.column, problem.reason) for problem in problems} == {
            ("名称", "表头重复"),
            ("直管", "缺少这一列"),
            ("电话", "表头不在模板中"),
        }

    def test_refuses_formulas_and_says_where(self) -> None:
        def fill(sheet: Worksheet) -> None:
            sheet.write_row(0, 0, HEADINGS)
            sheet.write_formula(4, 1, "=1+1")

        data = book(fill)
        (problem,) = refusal(data)
        assert (problem.sheet, problem.row, problem.column) == ("名单", 5, "B")
        assert "公式" in problem.reason

    def test_refuses_error_values(self) -> None:
        hostile = changed(
            table([GOOD]), SHEET, lambda xml: xml.replace(b'<c r="B2" t="s"><v>7</v>', b'<c r="B2" t="e"><v>#N/A</v>')
        )
        (problem,) = refusal(hostile)
        assert (problem.row, problem.column, problem.reason) == (2, "B", "单元格是错误值")

    @pytest.mark.parametrize("place", [(299_999, 0), (1, 78)])
    def test_counts_no_cell_of_nothing_but_colour(self, place: tuple[int, int]) -> None:
        """Case f14: a cell that was only coloured, far below or far to the right."""
        row = only(book(lambda sheet: filled(sheet, [GOOD], coloured=place)))
        assert (row.number, row.problems) == (2, ())

    def test_names_every_row_that_a_filter_or_a_person_has_hidden(self) -> None:
        """Case f14: what nobody sees in the workbook is not imported silently."""

        def fill(sheet: Worksheet) -> None:
            filled(sheet, [GOOD, ("2", "甲"), ("3", "乙")])
            sheet.autofilter(0, 0, 3, len(HEADINGS) - 1)
            for hidden in (2, 3, 4):
                sheet.set_row(hidden, None, None, {"hidden": True})

        problems = refusal(book(fill))
        assert [(problem.row, "筛选或隐藏" in problem.reason) for problem in problems] == [(3, True), (4, True)]

    def test_takes_columns_in_any_order_and_marked_headings(self) -> None:
        row = only(table([GOOD[::-1]], headings=[f"{heading}*" for heading in HEADINGS[::-1]]))
        assert row.cells["code"] == GOOD[0]

    def test_skips_empty_rows_and_counts_as_excel_does(self) -> None:
        rows = list(read_rows(table([(), GOOD, (), ("", " ")]), TEMPLATE))
        assert [row.number for row in rows] == [3, 5]
        assert rows[0].problems == ()

    def test_refuses_content_beside_the_headings(self) -> None:
        row = only(table([(*GOOD, "多余")]))
        assert row.problems == (CellProblem("名单", 2, "", "有内容落在没有表头的列"),)


class TestCells:
    @pytest.mark.parametrize(
        ("heading", "value", "reason"),
        [
            ("编号", 990101199001010011, "以数字存储"),
            ("编号", 12.0, "以数字存储"),
            ("编号", datetime.date(2025, 1, 1), "却是日期"),
            ("编号", True, "逻辑值"),
            ("编号", "", "必填"),
            ("编号", "  ", "必填"),
            ("名称", "长" * 201, "200 个字符"),
            ("名称", "a\u0085b", "控制字符"),
            ("类型", "丙", "只能填:甲、乙"),
            ("直管", "对", "只能填:是、否"),
            ("人数", "十", "应为整数"),
            ("人数", 1.5, "应为整数"),
            ("人数", True, "应为整数"),
            ("人数", 2**31, "整数过大"),
            ("日期", 45000, "以数字存储"),
            ("日期", "2025-02-30", "没有这一天"),
            ("日期", "去年", "应为日期"),
            ("日期", "1899-12-31", "1900 至 2100"),
            ("日期", "2101-01-01", "1900 至 2100"),
            ("日期", datetime.datetime(2025, 1, 1, 8, 30), "不要带时间"),  # noqa: DTZ001 spreadsheets know no zone
            ("日期", True, "应为日期"),
        ],
    )
    def test_are_refused_by_row_and_column(self, heading: str, value: object, reason: str) -> None:
        (problem,) = only(with_cell(heading, value)).problems
        assert (problem.sheet, problem.row, problem.column) == ("名单", 2, heading)
        assert reason in problem.reason

    def test_are_refused_when_repeated_within_the_file(self) -> None:
        first, second = read_rows(table([GOOD, GOOD]), TEMPLATE)
        assert first.problems == ()
        assert second.problems == (CellProblem("名单", 3, "编号", "与第 2 行重复"),)

    def test_never_repeat_the_refused_value(self) -> None:
        (problem,) = only(with_cell("编号", 990101199001010011)).problems
        assert "9901" not in problem.reason

    @pytest.mark.parametrize(
        "value",
        ["2025-01-31", "2025/1/31", "2025.1.31", "2025年1月31日", "20250131", datetime.date(2025, 1, 31)],
    )
    def test_take_dates_stored_and_written(self, value: object) -> None:
        assert only(with_cell("日期", value)).cells["begins_on"] == datetime.date(2025, 1, 31)

    @pytest.mark.parametrize("day", [datetime.date(1904, 1, 2), datetime.date(2024, 2, 29)])
    def test_take_dates_counted_from_1904(self, day: datetime.date) -> None:
        data = table([(*GOOD[:3], day)], date_1904=True)
        assert only(data).cells["begins_on"] == day

    @pytest.mark.parametrize(("value", "expected"), [("12", 12), (12, 12), (0, 0), ("-3", -3), ("", None)])
    def test_take_whole_numbers(self, value: object, expected: int | None) -> None:
        assert only(with_cell("人数", value)).cells["count"] == expected

    @pytest.mark.parametrize(("value", "expected"), [("是", True), ("否", False), (True, True), ("", None)])
    def test_take_yes_and_no(self, value: object, expected: bool | None) -> None:
        assert only(with_cell("直管", value)).cells["is_direct"] is expected

    @pytest.mark.parametrize("text", ["0012", "99010119900101001X", "=1+1", "-5", "1e5", "𠮷", "\ue000", "a'b\"<&>"])
    def test_keep_texts_to_the_letter(self, text: str) -> None:
        assert only(with_cell("名称", text)).cells["name"] == text


class TestTemplate:
    def test_is_accepted_by_the_reader_and_holds_no_row(self) -> None:
        assert list(read_rows(write_template(TEMPLATE), TEMPLATE)) == []

    def test_keeps_codes_as_text_and_offers_choices(self) -> None:
        with zipfile.ZipFile(io.BytesIO(write_template(TEMPLATE))) as package:
            sheet, strings = package.read(SHEET).decode(), package.read("xl/sharedStrings.xml").decode()
            styles, comments = package.read("xl/styles.xml").decode(), package.read("xl/comments1.xml").decode()
        assert 'numFmtId="49"' in styles
        assert sheet.count("<dataValidation ") == 2
        assert "字典!$C$2:$C$3" in sheet
        assert 'state="frozen"' in sheet
        assert "乙" in strings
        assert "示例:990101199001010011" in comments


class TestVolume:
    def test_reads_twenty_thousand_rows_in_a_few_seconds(self) -> None:
        data = write_rows("名单", HEADINGS, ((f"{number:018d}", *GOOD[1:]) for number in range(20_000)))
        began = spent_seconds()
        assert sum(not row.problems for row in read_rows(data, TEMPLATE)) == 20_000
        assert spent_seconds() - began < 6
