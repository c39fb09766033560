"""What is checked about the zip package before any spreadsheet parser sees it."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple
from xml.parsers import expat

from sheets.columns import Limits

CHUNK = 1024**2
LONGEST_MARK = 16
REQUIRED_PARTS = ("[content_types].xml", "xl/workbook.xml")
FORBIDDEN_MARKUP = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)
OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
FORMULAS_REPORTED = 50
CONTENT = {"v", "is", "f"}
TRUE = {"1", "true"}


class PackageRefusedError(Exception):
    pass


class FoundCell(NamedTuple):
    row: int
    column: int


def check_package(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """Unpacks everything once, counting: declared sizes in a zip are only a claim."""
    if len(data) > limits.file_bytes:
        raise PackageRefusedError(f"文件超过 {limits.file_bytes // 1024**2} MiB")
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, RuntimeError) as error:
        raise PackageRefusedError("不是 XLSX 工作簿") from error
    _check_parts(package, limits)
    left = limits.unpacked_bytes
    for part in package.infolist():
        tail = b""
        for chunk in _chunks(package, part):
            left -= len(chunk)
            if left < 0:
                raise PackageRefusedError(f"解压后超过 {limits.unpacked_bytes // 1024**2} MiB")
            if part.filename.lower().endswith((".xml", ".rels")):
                if not tail and chunk.startswith(OTHER_ENCODINGS):
                    raise PackageRefusedError("工作簿内的 XML 不是 UTF-8 编码")
                if FORBIDDEN_MARKUP.search(tail + chunk):
                    raise PackageRefusedError("工作簿内含有 XML 实体或文档类型声明")
                tail = chunk[-LONGEST_MARK:]
    return package


def _check_parts(package: zipfile.ZipFile, limits: Limits) -> None:
    names = [part.filename.lower() for part in package.infolist()]
    if len(names) > limits.parts:
        raise PackageRefusedError(f"工作簿的部件超过 {limits.parts} 个")
    if len(set(names)) != len(names):
        raise PackageRefusedError("工作簿的部件重名")
    if any(part.flag_bits & 1 for part in package.infolist()):
        raise PackageRefusedError("工作簿已加密")
    if any(name not in names for name in REQUIRED_PARTS):
        raise PackageRefusedError("不是 XLSX 工作簿")
    if any(name.endswith("vbaproject.bin") for name in names):
        raise PackageRefusedError("工作簿含有宏")


def _chunks(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with package.open(part) as stream:
            while chunk := stream.read(CHUNK):
                yield chunk
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError) as error:
        raise PackageRefusedError("工作簿已损坏") from error


class _SheetScan:
    """Walks a sheet's elements: where its content reaches (a cell of nothing but colour is none), which cells hold a
    formula or an error, and which rows with content nobody sees."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._row = self._column = 0
        self._is_hidden = False
        self.hidden: list[FoundCell] = []
        self.formulas: list[FoundCell] = []
        self.errors: list[FoundCell] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name[name.rfind(":") + 1 :]
        if tag == "c":
            self._cell(attributes)
        elif tag == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
            self._is_hidden = attributes.get("hidden") in TRUE
        elif tag in CONTENT:
            self._content(tag)

    def _cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            letters = reference.rstrip("0123456789")
            self._row, self._column = int(reference[len(letters) :]), column_number(letters)
        if attributes.get("t") == "e" and len(self.errors) < FORMULAS_REPORTED:
            self.errors.append(FoundCell(self._row, self._column))

    def _content(self, tag: str) -> None:
        if self._row > self._limits.rows + 1:
            raise PackageRefusedError(f"工作表超过 {self._limits.rows} 行")
        if self._column > self._limits.columns:
            raise PackageRefusedError(f"工作表超过 {self._limits.columns} 列")
        if tag == "f" and len(self.formulas) < FORMULAS_REPORTED:
            self.formulas.append(FoundCell(self._row, self._column))
        row = FoundCell(self._row, 0)
        if self._is_hidden and row not in self.hidden[-1:] and len(self.hidden) < FORMULAS_REPORTED:
            self.hidden.append(row)


def column_number(letters: str) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def scan_sheet(package: zipfile.ZipFile, name: str, limits: Limits) -> dict[str, list[FoundCell]]:
    """What of one worksheet part cannot be imported, by its reason."""
    scan = _SheetScan(limits)
    _parse(package, name, scan.start)
    return {
        "单元格是公式,请改为数值或文本": scan.formulas,
        "单元格是错误值": scan.errors,
        "这一行被筛选或隐藏;请取消筛选、显示该行后再导入,或删除该行": scan.hidden,
    }


def sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Sheet title → name of its worksheet part."""
    titles: dict[str, str] = {}
    targets: dict[str, str] = {}

    def workbook(name: str, attributes: dict[str, str]) -> None:
        if name[name.rfind(":") + 1 :] == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            titles[attributes.get("name", "")] = relation

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name[name.rfind(":") + 1 :] == "Relationship":
            target = attributes.get("Target", "")
            absolute = target.lstrip("/") if target.startswith(("/", "xl/")) else f"xl/{target}"
            targets[attributes.get("Id", "")] = absolute

    _parse(package, "xl/workbook.xml", workbook)
    _parse(package, "xl/_rels/workbook.xml.rels", relation)
    return {title: targets[identity] for title, identity in titles.items() if identity in targets}


def _parse(package: zipfile.ZipFile, name: str, start: Callable[[str, dict[str, str]], None]) -> None:
    part = next((part for part in package.infolist() if part.filename.lower() == name.lower()), None)
    if part is None:
        raise PackageRefusedError("工作簿已损坏")
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        for chunk in _chunks(package, part):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError) as error:
        raise PackageRefusedError("工作簿已损坏") from error
