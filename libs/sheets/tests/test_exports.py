import csv
import datetime
import io
import re
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from sheets import Column, SheetTemplate, read_rows, write_csv, write_rows

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "{=1}", "\t=1", "=1", "https://x.y"]
FORMULA = re.compile(rb"<(\w+:)?f[\s/>]")


def sheet_xml(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("xl/worksheets/sheet1.xml")


class TestWorkbookExport:
    def test_refuses_repeated_headings(self) -> None:
        with pytest.raises(ValueError, match="表头"):
            write_rows("导出", ("a", "a"), [])

    def test_refuses_a_row_of_another_width(self) -> None:
        with pytest.raises(ValueError, match="zip"):
            write_rows("导出", ("a", "b"), [("1", "2"), ("1",)])

    def test_never_holds_a_formula_or_a_link(self) -> None:
        data = write_rows("=导出", ("=a", "b"), [(text, text) for text in HOSTILE])
        assert not FORMULA.search(sheet_xml(data))
        assert b"hyperlink" not in sheet_xml(data)

    def test_keeps_digits_as_text_and_numbers_as_numbers(self) -> None:
        row = ("990101199001010011", 12, datetime.date(2025, 1, 31), Decimal("1.50"), None)
        columns = tuple(Column(key, key) for key in "abcde")
        (found,) = read_rows(write_rows("导出", "abcde", [row]), SheetTemplate("导出", columns))
        assert found.cells["a"] == "990101199001010011"
        assert [problem.column for problem in found.problems] == ["b", "c", "d"]

    def test_shows_dates_and_numbers_as_people_write_them(self) -> None:
        moment = datetime.datetime(2025, 1, 31, 9, 5)  # noqa: DTZ001 - as it stands in a cell
        headings, empty = ("日期", "时间", "学时", "人数"), (None,) * 4
        data = write_rows("导出", headings, [empty, (datetime.date(2025, 1, 31), moment, Decimal("1.50"), 12)])
        sheet = load_workbook(io.BytesIO(data))["导出"]
        cells = next(iter(sheet.iter_rows(min_row=3, max_row=3)))
        assert [(cell.value, cell.number_format) for cell in cells] == [
            (datetime.datetime(2025, 1, 31), "yyyy-mm-dd"),  # noqa: DTZ001 - openpyxl reads dates so
            (moment, "yyyy-mm-dd hh:mm"),
            (1.5, "0.00"),
            (12, "0"),
        ]

    def test_makes_each_column_as_wide_as_its_longest_cell(self) -> None:
        rows = [("上海市两新组织党建示范点", datetime.date(2025, 1, 31), "长" * 100), ("甲", None, None)]
        sheet = load_workbook(io.BytesIO(write_rows("导出", ("单位", "日期", "说明"), rows)))["导出"]
        widths = [round(sheet.column_dimensions[letter].width) for letter in "ABC"]
        assert widths == pytest.approx([26, 12, 60], abs=1)

    def test_writes_integers_no_cell_can_hold_as_text(self) -> None:
        assert b"<t>990101199001010011</t>" in sheet_xml(write_rows("导出", ("a",), [(990101199001010011,)]))

    def test_writes_headings_when_there_is_no_row(self) -> None:
        assert b"<t>a</t>" in sheet_xml(write_rows("导出", ("a",), []))

    def test_cuts_what_no_cell_can_hold(self) -> None:
        xml = sheet_xml(write_rows("导出", ("a",), [("长" * 40_000,), ("a\x00\x08\ud800b",)]))
        assert "…".encode() in xml
        assert b"<t>ab</t>" in xml

    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
    def test_holds_no_formula_whatever_is_written(self, texts: list[str]) -> None:
        assert not FORMULA.search(sheet_xml(write_rows("导出", ("a",), [(text,) for text in texts])))


class TestCsvExport:
    def test_defuses_what_a_spreadsheet_would_run(self) -> None:
        data = b"".join(write_csv(("列",), [(text,) for text in HOSTILE])).decode("utf-8-sig")
        cells = [row[0] for row in csv.reader(io.StringIO(data))][1:]
        assert [cell[0] for cell in cells] == ["'", "'", "'", "'", "'", "{", "'", "'", "h"]

    def test_begins_with_a_byte_order_mark_once(self) -> None:
        data = b"".join(write_csv(("列",), [("值" * 500,)] * 200))
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.count(b"\xef\xbb\xbf") == 1
        assert data.decode("utf-8-sig").count("\r\n") == 201

    @pytest.mark.parametrize("digits", ["913100000000000000", "9901005000134", "00123"])
    def test_keeps_digits_a_spreadsheet_would_change(self, digits: str) -> None:
        assert b"".join(write_csv(("n",), [(digits,)])).endswith(f"\t{digits}\r\n".encode())

    @pytest.mark.parametrize("text", ["12", "0", "13900001111", "2025-01-31", "91310000MA1FL0000X"])
    def test_leaves_other_texts_as_they_are(self, text: str) -> None:
        assert b"".join(write_csv(("n",), [(text,)])).endswith(f"\n{text}\r\n".encode())

    def test_keeps_the_zeros_of_a_decimal(self) -> None:
        assert b"".join(write_csv(("n",), [(Decimal("1.50"),)])).endswith(b"1.50\r\n")

    def test_leaves_negative_numbers_alone(self) -> None:
        assert b"".join(write_csv(("n",), [(-5,)])).endswith(b"-5\r\n")
