"""One cell's raw value to what its column means, or the reason why not."""

import datetime
import re
from collections.abc import Callable, Mapping

from kit.texts import code_of, name_of
from sheets.columns import NO, YES, Column

Cell = str | int | bool | datetime.date | None

YEARS = range(1900, 2101)
TEXT_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
WHOLE_NUMBER = re.compile(r"[+-]?\d{1,10}")
INTEGER_BOUND = 2**31


class CellRefusedError(Exception):
    pass


def convert(column: Column, raw: object) -> Cell:
    if isinstance(raw, str):
        raw = clean(column, raw) or None
    if raw is None:
        if column.required:
            raise CellRefusedError("必填")
        return None
    return CONVERTERS[column.kind](column, raw)


def clean(column: Column, text: str) -> str:
    try:
        return code_of(text) if column.is_code else name_of(text)
    except ValueError as error:
        raise CellRefusedError(str(error)) from error


def _text(column: Column, raw: object) -> str:
    if isinstance(raw, bool):
        raise CellRefusedError("应为文本,却是逻辑值")
    if isinstance(raw, int | float):
        raise CellRefusedError("应为文本,却以数字存储,位数或前导零可能已丢失;请把该列设为文本格式后重新填写")
    if not isinstance(raw, str):
        raise CellRefusedError("应为文本,却是日期")
    if len(raw) > column.longest:
        raise CellRefusedError(f"不得超过 {column.longest} 个字符")
    return raw


def _choice(column: Column, raw: object) -> str:
    text = _text(column, raw)
    if text not in column.choices:
        raise CellRefusedError(f"只能填:{'、'.join(column.choices)}")
    return text


def _yes_no(_column: Column, raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    if raw not in (YES, NO):
        raise CellRefusedError(f"只能填:{YES}、{NO}")
    return raw == YES


def _integer(_column: Column, raw: object) -> int:
    if (isinstance(raw, str) and WHOLE_NUMBER.fullmatch(raw)) or (isinstance(raw, float) and raw.is_integer()):
        number = int(raw)
    else:
        raise CellRefusedError("应为整数")
    if not -INTEGER_BOUND <= number < INTEGER_BOUND:
        raise CellRefusedError("整数过大")
    return number


def _date(_column: Column, raw: object) -> datetime.date:
    if isinstance(raw, list):
        day = _stored_date(raw)
    elif isinstance(raw, str):
        day = _written_date(raw)
    elif isinstance(raw, float | int) and not isinstance(raw, bool):
        raise CellRefusedError("应为日期,却以数字存储;请设为日期格式,或写成 2025-01-31")
    else:
        raise CellRefusedError("应为日期,例如 2025-01-31")
    if day.year not in YEARS:
        raise CellRefusedError(f"日期应在 {YEARS[0]} 至 {YEARS[-1]} 年之间")
    return day


def _stored_date(raw: list[str]) -> datetime.date:
    kind, text = raw
    if kind == "date":
        return datetime.date.fromisoformat(text)
    if kind == "moment":
        moment = datetime.datetime.fromisoformat(text)
        if moment.time() == datetime.time():
            return moment.date()
        raise CellRefusedError("应为日期,不要带时间")
    raise CellRefusedError("应为日期,例如 2025-01-31")


def _written_date(text: str) -> datetime.date:
    match = TEXT_DATE.fullmatch(text) or COMPACT_DATE.fullmatch(text)
    if match is None:
        raise CellRefusedError("应为日期,例如 2025-01-31")
    try:
        return datetime.date(*(int(part) for part in match.groups()))
    except ValueError as error:
        raise CellRefusedError("没有这一天") from error


CONVERTERS: Mapping[str, Callable[[Column, object], Cell]] = {
    "text": _text,
    "choice": _choice,
    "yes_no": _yes_no,
    "integer": _integer,
    "date": _date,
}
