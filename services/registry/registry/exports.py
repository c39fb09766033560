"""A list as a file: the same filter, the same masks."""

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from fastapi import Response

from records.files import FileFormat
from sheets import write_csv, write_rows

__all__ = ["LARGEST_EXPORT", "FileFormat", "as_file", "attachment"]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGEST_EXPORT = 100_000


def attachment(name: str) -> dict[str, str]:
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}


def as_file(title: str, headings: Sequence[str], rows: Iterable[Sequence[object]], kind: str) -> Response:
    if kind == "csv":
        body, media_type = b"".join(write_csv(headings, rows)), "text/csv; charset=utf-8"
    else:
        body, media_type = write_rows(title, headings, rows), XLSX
    return Response(body, media_type=media_type, headers=attachment(f"{title}.{kind}"))
