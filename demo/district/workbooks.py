"""The district as the four import workbooks."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from demo.district.entries import District, MemberEntry, OrganizationEntry, PostEntry, UnitEntry
from sheets import write_rows

MOMENT = re.compile(rb">\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z<")
Cells = Sequence[str | int | None]


class Workbook(NamedTuple):
    kind: str
    title: str
    headings: tuple[str, ...]
    rows: Callable[[District], Iterable[Cells]]


def _yes(value: bool) -> str:
    return "是" if value else "否"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _organization(entry: OrganizationEntry) -> Cells:
    return (
        entry.code,
        entry.name,
        entry.kind,
        entry.parent_code,
        entry.host_kind,
        _yes(entry.is_directly_managed),
        entry.set_up_mode,
        _day(entry.founded_on),
        _day(entry.term_ends_on),
        entry.demonstration_level,
    )


def _unit(entry: UnitEntry) -> Cells:
    return (
        entry.code,
        entry.name,
        entry.kind,
        entry.jurisdiction_code,
        entry.staff_count,
        "、".join(entry.covering_codes) or None,
        entry.set_up_mode,
        _day(entry.covered_from),
        _yes(entry.has_union),
        _yes(entry.has_league),
        _yes(entry.has_women),
    )


DEGREES = {"研究生": "硕士", "大学本科": "学士"}


def _member(entry: MemberEntry) -> Cells:
    return (
        entry.name,
        entry.id_number,
        entry.ethnicity,
        entry.education,
        DEGREES.get(entry.education),
        entry.stage,
        _day(entry.joined_on),
        _day(entry.confirmed_on),
        entry.organization_code,
        entry.phone,
        entry.unit_code,
    )


def _post(entry: PostEntry) -> Cells:
    return (
        entry.name,
        entry.id_number,
        entry.kind,
        entry.organization_code,
        "、".join(entry.unit_codes) or None,
        _day(entry.begins_on),
        _day(entry.ends_on),
        entry.source,
    )


def _headings(text: str) -> tuple[str, ...]:
    return tuple(text.split())


WORKBOOKS = (
    Workbook(
        "organizations",
        "组织",
        _headings("组织代码 组织名称 组织类型 上级组织代码 依托 直管 组建模式 成立日期 届满日期 示范点级别"),
        lambda district: map(_organization, district.organizations),
    ),
    Workbook(
        "units",
        "单位",
        _headings(
            "统一社会信用代码 单位名称 单位类别 属地组织代码 职工人数 "
            "覆盖组织代码 组建模式 覆盖起始日期 工会 共青团 妇女组织"
        ),
        lambda district: map(_unit, district.units),
    ),
    Workbook(
        "members",
        "党员",
        _headings("姓名 公民身份号码 民族 学历 学位 党员类别 入党日期 转正日期 所在组织代码 手机号 工作单位代码"),
        lambda district: map(_member, district.members),
    ),
    Workbook(
        "posts",
        "职务",
        _headings("姓名 公民身份号码 职务 组织代码 服务单位代码 任职日期 届满日期 来源"),
        lambda district: map(_post, district.posts),
    ),
)


def write_workbooks(district: District) -> Mapping[str, bytes]:
    """Kind → workbook, in the order in which they must be imported; the same bytes at every writing."""
    return {book.kind: _timeless(write_rows(book.title, book.headings, book.rows(district))) for book in WORKBOOKS}


def _timeless(data: bytes) -> bytes:
    """Without the moments of writing that a workbook carries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as written, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in written.namelist():
            content = MOMENT.sub(b">2025-01-01T00:00:00Z<", written.read(name))
            kept.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def save_workbooks(district: District, folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    titles = {book.kind: book.title for book in WORKBOOKS}
    paths = []
    for number, (kind, data) in enumerate(write_workbooks(district).items(), start=1):
        path = folder / f"{number}-{titles[kind]}.xlsx"
        path.write_bytes(data)
        paths.append(path)
    return paths
