"""What a file really is, and the form of it that may be kept. Blocking: runs in the store's thread pool.

The library for images is loaded with the first of them.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from xml.parsers import expat

import filetype

from attachments.errors import FileContentError, FileTooLargeError, FileTypeError

if TYPE_CHECKING:
    import pyvips

PDF_TAIL = 2048
PDF_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)\b")
PDF_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
PDF_STREAM = re.compile(rb"(?<!end)stream\r?\n")
PDF_OBJECTS = re.compile(rb"/ObjStm\b|/First\s+\d+\s*(/|>>)")
PDF_PIECE = 4096
LONGEST_NAME = 120
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
CHUNK = 1024**2


@dataclass(frozen=True, slots=True)
class Limits:
    file_bytes: int = 20 * 1024**2
    pixels: int = 50_000_000
    unpacked_bytes: int = 200 * 1024**2


@dataclass(frozen=True, slots=True)
class Inspected:
    data: bytes
    extension: str
    media_type: str


EXTENSIONS = {"jpg": "jpg", "jpeg": "jpg", "png": "png", "pdf": "pdf", "xlsx": "xlsx", "docx": "docx"}
OFFICE = "application/vnd.openxmlformats-officedocument."
MEDIA_TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "pdf": "application/pdf",
    "xlsx": OFFICE + "spreadsheetml.sheet",
    "docx": OFFICE + "wordprocessingml.document",
}
MAIN_PARTS = {"xlsx": "xl/workbook.xml", "docx": "word/document.xml"}


def inspect(data: bytes, filename: str, limits: Limits) -> Inspected:
    if len(data) > limits.file_bytes:
        raise FileTooLargeError(f"文件超过 {limits.file_bytes // 1024**2} MiB")
    claimed = EXTENSIONS.get(PurePosixPath(filename).suffix.lower().lstrip("."))
    if claimed is None:
        raise FileTypeError("只接受 jpg、png、pdf、xlsx、docx 文件")
    if _found(data) != claimed:
        raise FileTypeError("文件内容与扩展名不符")
    return Inspected(CLEANERS[claimed](data, limits), claimed, MEDIA_TYPES[claimed])


def safe_name(filename: str) -> str:
    """The last component without anything a header, a path or a reader's eye could stumble over."""
    name = UNPRINTABLE.sub("", filename.replace("\\", "/")).rsplit("/", 1)[-1].strip(". ")
    stem, dot, suffix = name.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(suffix) - 1]}{dot}{suffix}" if dot else name[:LONGEST_NAME]


def _found(data: bytes) -> str | None:
    guess = filetype.guess(data)
    extension: str | None = guess.extension if guess else None
    if extension in {"zip", "docx", "xlsx", "pptx"}:
        return _office_kind(data)
    return extension


def _office_kind(data: bytes) -> str | None:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, RuntimeError):
        return None
    if "[Content_Types].xml" not in names:
        return None
    return next((kind for kind, part in MAIN_PARTS.items() if part in names), None)


def _jpeg(data: bytes, limits: Limits) -> bytes:
    import pyvips

    try:
        image = _bounded(pyvips.Image.jpegload_buffer(data, access="sequential", fail_on="error"), limits)
        encoded: bytes = image.autorot().jpegsave_buffer(Q=88, keep="none")
    except pyvips.Error as error:
        raise FileContentError("图片已损坏,无法解码") from error
    return encoded


def _png(data: bytes, limits: Limits) -> bytes:
    import pyvips

    try:
        image = _bounded(pyvips.Image.pngload_buffer(data, access="sequential", fail_on="error"), limits)
        encoded: bytes = image.pngsave_buffer(keep="none")
    except pyvips.Error as error:
        raise FileContentError("图片已损坏,无法解码") from error
    return encoded


def _bounded(image: "pyvips.Image", limits: Limits) -> "pyvips.Image":
    """Only the header has been read here: a bomb is refused before a pixel is unpacked."""
    if image.width * image.height > limits.pixels:
        raise FileTooLargeError(f"图片超过 {limits.pixels // 10_000} 万像素")
    return image


def _pdf(data: bytes, limits: Limits) -> bytes:
    if b"%%EOF" not in data[-PDF_TAIL:] or b"startxref" not in data[-PDF_TAIL:]:
        raise FileContentError("PDF 不完整")
    _judge(data)
    left = limits.unpacked_bytes
    for start in _object_streams(data):
        objects = _unpacked(memoryview(data)[start:], left)
        left -= len(objects)
        _judge(objects)
    return data


def _judge(written: bytes) -> None:
    """A name may be written with any of its letters as a number: `/J#53` is `/JS`."""
    text = _plain(written)
    if b"/Encrypt" in text:
        raise FileContentError("PDF 已加密")
    if PDF_ACTIVE.search(text):
        raise FileContentError("PDF 含有脚本、嵌入文件或启动动作")


def _plain(written: bytes) -> bytes:
    return PDF_ESCAPE.sub(lambda escape: bytes.fromhex(escape[1].decode()), written)


def _object_streams(data: bytes) -> Iterator[int]:
    """Where the content of each compressed object stream begins; what images unpack to is no text and not judged."""
    before = 0
    for marker in PDF_STREAM.finditer(data):
        described = _plain(data[before : marker.start()])
        if b"/Filter" in described and PDF_OBJECTS.search(described):
            yield marker.end()
        before = marker.end()


def _unpacked(packed: memoryview, most: int) -> bytes:
    """The input is fed piecewise, so that a file of many small streams is not copied once for each of them."""
    unpacking, objects = zlib.decompressobj(), bytearray()
    try:
        for at in range(0, len(packed), PDF_PIECE):
            objects += unpacking.decompress(packed[at : at + PDF_PIECE], most + 1 - len(objects))
            if len(objects) > most:
                raise FileTooLargeError("PDF 解压后过大")
            if unpacking.eof:
                return bytes(objects)
    except zlib.error as error:
        raise FileContentError("PDF 中的压缩对象无法解读") from error
    raise FileContentError("PDF 中的压缩对象无法解读")


def _office(data: bytes, limits: Limits) -> bytes:
    left = limits.unpacked_bytes
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for part in package.infolist():
                name = part.filename.lower()
                if name.endswith("vbaproject.bin") or "/embeddings/" in name or "/activex/" in name:
                    raise FileContentError("文档含有宏或嵌入对象")
                relations = _relations() if name.endswith(".rels") else None
                with package.open(part) as stream:
                    while chunk := stream.read(CHUNK):
                        left -= len(chunk)
                        if left < 0:
                            raise FileTooLargeError(f"解压后超过 {limits.unpacked_bytes // 1024**2} MiB")
                        if relations:
                            relations.Parse(chunk, False)
                if relations:
                    relations.Parse(b"", True)
    except expat.ExpatError as error:
        raise FileContentError("文档内部的引用无法解析") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise FileContentError("文档已损坏或已加密") from error
    return data


def _relations() -> expat.XMLParserType:
    """Reads a part of relationships; what a reader would fetch from elsewhere is refused, a link to click is not."""

    def start(_name: str, attributes: dict[str, str]) -> None:
        outside = attributes.get("TargetMode", "").strip().lower() == "external"
        if outside and not attributes.get("Type", "").endswith("/hyperlink"):
            raise FileContentError("文档引用了外部的模板或内容,打开时会自动联网")

    def declared(*_: object) -> None:
        raise FileContentError("文档内部的引用含有 XML 实体或文档类型声明")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = declared
    return parser


CLEANERS: Mapping[str, Callable[[bytes, Limits], bytes]] = {
    "jpg": _jpeg,
    "png": _png,
    "pdf": _pdf,
    "xlsx": _office,
    "docx": _office,
}
