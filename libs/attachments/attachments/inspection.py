"""What a file really is, and the form of it that may be kept. Blocking: runs in the store's thread pool."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

import filetype
import pyvips

from attachments.errors import FileContentError, FileTooLargeError, FileTypeError

PDF_TAIL = 2048
PDF_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)\b")
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
    try:
        image = _bounded(pyvips.Image.jpegload_buffer(data, access="sequential", fail_on="error"), limits)
        encoded: bytes = image.autorot().jpegsave_buffer(Q=88, keep="none")
    except pyvips.Error as error:
        raise FileContentError("图片已损坏,无法解码") from error
    return encoded


def _png(data: bytes, limits: Limits) -> bytes:
    try:
        image = _bounded(pyvips.Image.pngload_buffer(data, access="sequential", fail_on="error"), limits)
        encoded: bytes = image.pngsave_buffer(keep="none")
    except pyvips.Error as error:
        raise FileContentError("图片已损坏,无法解码") from error
    return encoded


def _bounded(image: pyvips.Image, limits: Limits) -> pyvips.Image:
    """Only the header has been read here: a bomb is refused before a pixel is unpacked."""
    if image.width * image.height > limits.pixels:
        raise FileTooLargeError(f"图片超过 {limits.pixels // 10_000} 万像素")
    return image


def _pdf(data: bytes, _limits: Limits) -> bytes:
    if b"%%EOF" not in data[-PDF_TAIL:] or b"startxref" not in data[-PDF_TAIL:]:
        raise FileContentError("PDF 不完整")
    if b"/Encrypt" in data:
        raise FileContentError("PDF 已加密")
    if PDF_ACTIVE.search(data):
        raise FileContentError("PDF 含有脚本、嵌入文件或启动动作")
    return data


def _office(data: bytes, limits: Limits) -> bytes:
    left = limits.unpacked_bytes
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for part in package.infolist():
                name = part.filename.lower()
                if name.endswith("vbaproject.bin") or "/embeddings/" in name or "/activex/" in name:
                    raise FileContentError("文档含有宏或嵌入对象")
                with package.open(part) as stream:
                    while chunk := stream.read(CHUNK):
                        left -= len(chunk)
                        if left < 0:
                            raise FileTooLargeError(f"解压后超过 {limits.unpacked_bytes // 1024**2} MiB")
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise FileContentError("文档已损坏或已加密") from error
    return data


CLEANERS: Mapping[str, Callable[[bytes, Limits], bytes]] = {
    "jpg": _jpeg,
    "png": _png,
    "pdf": _pdf,
    "xlsx": _office,
    "docx": _office,
}
