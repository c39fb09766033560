import datetime
import io
import resource
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import pyvips
from hypothesis import given
from hypothesis import strategies as st

from attachments import (
    AttachmentError,
    FileContentError,
    FileMissingError,
    FileTooLargeError,
    FileTypeError,
    Limits,
    LinkError,
    StorageFullError,
    Store,
    media_type_of,
)
from attachments.inspection import safe_name

pytestmark = pytest.mark.anyio
NOW = datetime.datetime(2025, 1, 31, 12, tzinfo=datetime.UTC)
LATER = NOW + datetime.timedelta(minutes=10)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\nxref\n0 1\ntrailer<<>>\nstartxref\n9\n%%EOF\n"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "files", b"k" * 32, limits=Limits(1024**2, 1_000_000, 4 * 1024**2))
    yield store
    store.close()


def photo(width: int = 60, height: int = 40) -> bytes:
    """A JPEG that tells where it was taken."""
    image = pyvips.Image.black(width, height, bands=3).copy()
    image.set_type(pyvips.GValue.gstr_type, "exif-ifd3-GPSLatitude", "30/1 20/1 10/1")
    image.set_type(pyvips.GValue.gstr_type, "exif-ifd0-Model", "canary-camera")
    encoded: bytes = image.jpegsave_buffer()
    return encoded


def drawing(width: int = 60, height: int = 40) -> bytes:
    encoded: bytes = pyvips.Image.black(width, height).pngsave_buffer()
    return encoded


def office(*parts: str, main: str = "word/document.xml", size: int = 10) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for part in ("[Content_Types].xml", main, *parts):
            package.writestr(part, bytes(size))
    return buffer.getvalue()


def packed(content: bytes) -> bytes:
    """An object whose content is compressed, as every writer of PDF 1.5 packs its objects."""
    return b"<</Type/ObjStm/Filter/FlateDecode>>stream\n" + zlib.compress(content) + b"\nendstream endobj"


def related(kind: str, *, mode: str = "External", encoding: str = "utf-8", declared: str = "") -> bytes:
    """A document with one relationship to somewhere else."""
    base = "http://schemas.openxmlformats.org"
    relation = f'<Relationship Id="a" Type="{base}/officeDocument/2006/relationships/{kind}" '
    relation += f'Target="http://203.0.113.9/a" TargetMode="{mode}"/>'
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{declared}<Relationships>{relation}</Relationships>'
    buffer = io.BytesIO(office())
    with zipfile.ZipFile(buffer, "a") as package:
        package.writestr("word/_rels/settings.xml.rels", xml.encode(encoding))
    return buffer.getvalue()


class TestPut:
    @pytest.mark.parametrize(
        ("data", "name", "refusal"),
        [
            (b"", "a.jpg", FileTypeError),
            (photo(), "a.png", FileTypeError),
            (photo(), "a.exe", FileTypeError),
            (photo(), "a", FileTypeError),
            (b"<svg onload='x'/>", "a.jpg", FileTypeError),
            (b"GIF89a" + bytes(50), "a.jpg", FileTypeError),
            (office(main="other.xml"), "a.docx", FileTypeError),
            (office(), "a.xlsx", FileTypeError),
            (photo()[:400], "a.jpg", FileContentError),
            (drawing()[:60], "a.png", FileContentError),
            (b"%PDF-1.4 cut", "a.pdf", FileContentError),
            (PDF.replace(b"<<>>endobj", b"<</JavaScript 2>>endobj"), "a.pdf", FileContentError),
            (PDF.replace(b"<<>>endobj", b"<</J#61vaScript 2>>endobj"), "a.pdf", FileContentError),
            (PDF.replace(b"<<>>endobj", b"<</#4a#53 2>>endobj"), "a.pdf", FileContentError),
            (PDF.replace(b"<<>>endobj", packed(b"<</Launch 2>>")), "a.pdf", FileContentError),
            (PDF.replace(b"<<>>endobj", packed(b"<</L#61unch 2>>")), "a.pdf", FileContentError),
            (PDF.replace(b"<<>>endobj", packed(bytes(5 * 1024**2))), "a.pdf", FileTooLargeError),
            (PDF.replace(b"<<>>endobj", packed(b"<</JS 2>>")[:-30]), "a.pdf", FileContentError),
            (
                PDF.replace(b"<<>>endobj", packed(b"<</JS 2>>").replace(b"/ObjStm", b"/O#62jStm")),
                "a.pdf",
                FileContentError,
            ),
            (PDF.replace(b"trailer<<>>", b"trailer<</#45ncrypt 3>>"), "a.pdf", FileContentError),
            (related("attachedTemplate"), "a.docx", FileContentError),
            (related("image"), "a.docx", FileContentError),
            (related("attachedTemplate", encoding="utf-16"), "a.docx", FileContentError),
            (related("attachedTemplate", mode="&#69;xternal"), "a.docx", FileContentError),
            (related("hyperlink", declared="<!DOCTYPE a>"), "a.docx", FileContentError),
            (office("word/_rels/document.xml.rels"), "a.docx", FileContentError),
            (PDF.replace(b"trailer<<>>", b"trailer<</Encrypt 3>>"), "a.pdf", FileContentError),
            (office("word/vbaProject.bin"), "a.docx", FileContentError),
            (office("word/embeddings/oleObject1.bin"), "a.docx", FileContentError),
            (office(size=3 * 1024**2), "a.docx", FileTooLargeError),
            (drawing(1001, 1000), "a.png", FileTooLargeError),
            (photo(1001, 1000), "a.jpg", FileTooLargeError),
            (PDF + bytes(1024**2), "a.pdf", FileTooLargeError),
        ],
    )
    async def test_refuses(self, store: Store, data: bytes, name: str, refusal: type[AttachmentError]) -> None:
        with pytest.raises(refusal):
            await store.put(data, name)

    async def test_strips_place_and_camera_from_photos(self, store: Store) -> None:
        stored = await store.put(photo(), "照片.JPG")
        kept = await store.get(stored.key)
        assert b"canary-camera" in photo()
        assert b"canary-camera" not in kept
        assert not [field for field in pyvips.Image.jpegload_buffer(kept).get_fields() if "GPS" in field]

    @pytest.mark.parametrize(
        ("data", "name", "media_type"),
        [
            (photo(), "a.jpeg", "image/jpeg"),
            (drawing(), "a.png", "image/png"),
            (PDF, "a.pdf", "application/pdf"),
            (PDF.replace(b"<<>>endobj", packed(b"<</Type/Page>>")), "a.pdf", "application/pdf"),
            (related("hyperlink"), "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            (office(), "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            (
                office(main="xl/workbook.xml"),
                "a.xlsx",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ),
        ],
    )
    async def test_keeps_what_is_allowed(self, store: Store, data: bytes, name: str, media_type: str) -> None:
        stored = await store.put(data, name)
        assert stored.media_type == media_type == media_type_of(stored.key)
        assert stored.size == len(await store.get(stored.key))

    async def test_stores_the_same_content_once(self, store: Store, tmp_path: Path) -> None:
        first, second = await store.put(PDF, "一.pdf"), await store.put(PDF, "二.pdf")
        assert first.key == second.key
        assert (first.name, second.name) == ("一.pdf", "二.pdf")
        assert len([path for path in (tmp_path / "files").rglob("*") if path.is_file()]) == 1


class TestGet:
    @pytest.mark.parametrize("key", ["", "../keys.json", "aa/" + "0" * 64 + ".pdf", "/etc/passwd", "aa/b.pdf"])
    async def test_answers_a_foreign_key_like_a_missing_one(self, store: Store, key: str) -> None:
        with pytest.raises(FileMissingError):
            await store.get(key)


class TestLink:
    async def test_refuses_after_its_time(self, store: Store) -> None:
        link = store.link((await store.put(PDF, "a.pdf")).key, LATER, "甲 a.pdf")
        with pytest.raises(LinkError):
            store.open_link(link, LATER)

    async def test_refuses_any_changed_character(self, store: Store) -> None:
        link = store.link((await store.put(PDF, "a.pdf")).key, LATER, "甲 a.pdf")
        for place, letter in enumerate(link):
            with pytest.raises(LinkError):
                store.open_link(link[:place] + ("1" if letter != "1" else "2") + link[place + 1 :], NOW)

    async def test_refuses_the_link_of_another_store(self, store: Store, tmp_path: Path) -> None:
        key = (await store.put(PDF, "a.pdf")).key
        with pytest.raises(LinkError):
            store.open_link(Store(tmp_path, b"x" * 32).link(key, LATER, "a.pdf"), NOW)

    def test_refuses_a_moment_without_zone(self, store: Store) -> None:
        with pytest.raises(ValueError, match="时区"):
            store.link("aa/a.pdf", NOW.replace(tzinfo=None), "a.pdf")

    async def test_leads_to_its_file(self, store: Store) -> None:
        stored = await store.put(PDF, "a.pdf")
        key, name = store.open_link(store.link(stored.key, LATER, "证明 & 材料.pdf"), NOW)
        assert (await store.get(key), name) == (PDF, "证明 & 材料.pdf")


class TestNames:
    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ("../../etc/passwd.pdf", "passwd.pdf"),
            ("C:\\照片\\a.jpg", "a.jpg"),
            ("a\r\nSet-Cookie: b.pdf", "aSet-Cookie: b.pdf"),
            ("fdp\u202egpj.pdf", "fdpgpj.pdf"),
            ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
        ],
    )
    def test_are_made_safe(self, given: str, kept: str) -> None:
        assert safe_name(given) == kept

    @given(st.text(max_size=300))
    def test_never_hold_a_path(self, text: str) -> None:
        name = safe_name(text)
        assert len(name) <= 120
        assert not set("/\\\r\n\x00") & set(name)


def test_a_short_signing_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32"):
        Store(tmp_path, b"short")


class TestFullDisk:
    async def test_keeps_nothing_of_a_file_and_everything_before_it(self, store: Store, tmp_path: Path) -> None:
        """A limit of the system stands for the disk: the store sees the same refusal in the middle of writing."""
        before = await store.put(PDF, "a.pdf")
        usual = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, usual[1]))
        try:
            with pytest.raises(StorageFullError):
                await store.put(PDF + bytes(500_000) + PDF, "b.pdf")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, usual)

        assert await store.get(before.key) == PDF
        assert len([path for path in (tmp_path / "files").rglob("*") if path.is_file()]) == 1
        assert (await store.put(PDF + bytes(500_000) + PDF, "b.pdf")).size == 2 * len(PDF) + 500_000
