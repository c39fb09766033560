"""Types at the edge: what neither PostgreSQL nor the next reader could hold is refused here, once."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PlainSerializer,
    StringConstraints,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from kit.texts import code_of, name_of, printable

FIRST_YEAR, LAST_YEAR = 1900, 2100
LARGEST_COUNT = 2**31 - 1
MOST_UNKNOWN_FIELDS = 10
YEAR_AND_MONTH = re.compile(r"\s*[0-9]{4}-[0-9]{2}")


def in_form(form: Callable[[str], str]) -> BeforeValidator:
    """Brings a text into its form before its length and pattern are judged."""
    return BeforeValidator(lambda given: form(given) if isinstance(given, str) else given)


def written_out(moment: Any) -> Any:
    """A number would be read as seconds since 1970, and so would a text of digits."""
    if isinstance(moment, int | float | Decimal) or (isinstance(moment, str) and not YEAR_AND_MONTH.match(moment)):
        raise PydanticCustomError("not_a_date", "日期须写成 2026-01-31,时刻须写成 2026-01-31T09:00:00+08:00")
    return moment


def within_century(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError("日期须在 1900 年至 2100 年之间")
    return day


def to_utc(moment: datetime) -> datetime:
    within_century(moment)
    return moment.astimezone(UTC)


stripped = partial(StringConstraints, strip_whitespace=True, strict=True)
Text = Annotated[str, stripped(min_length=1, max_length=200), AfterValidator(printable)]
LongText = Annotated[str, stripped(min_length=1, max_length=4000), AfterValidator(printable)]
OptionalText = Annotated[str, stripped(max_length=200), AfterValidator(printable)]
Name = Annotated[str, stripped(min_length=1, max_length=200), in_form(name_of)]
OptionalName = Annotated[str, stripped(max_length=200), in_form(name_of)]
AS_CODE = in_form(code_of)
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}$", strict=True), AS_CODE]
Points = Annotated[
    Decimal,
    Field(allow_inf_nan=False, max_digits=12, decimal_places=2),
    PlainSerializer("{:.2f}".format, return_type=str, when_used="json"),
]
Count = Annotated[int, Field(ge=0, le=LARGEST_COUNT, strict=True)]
BusinessDate = Annotated[date, BeforeValidator(written_out), AfterValidator(within_century)]
Instant = Annotated[AwareDatetime, BeforeValidator(written_out), AfterValidator(to_utc)]


class Schema(BaseModel):
    """Base of everything that travels; unknown fields are refused, many of them in one sentence."""

    model_config = ConfigDict(extra="forbid", from_attributes=True, str_strip_whitespace=True, ser_json_inf_nan="null")

    @model_validator(mode="before")
    @classmethod
    def count_fields(cls, content: Any) -> Any:
        """An error for each of 100,000 unknown fields would cost seconds and gigabytes."""
        if isinstance(content, dict) and len(content) > len(cls.model_fields) + MOST_UNKNOWN_FIELDS:
            counts = {"given": len(content), "known": len(cls.model_fields)}
            raise PydanticCustomError("too_many_fields", "这里有 {given} 个字段,认识的至多 {known} 个", counts)
        return content


class LabelledEnum(StrEnum):
    """`OPEN = "open", "进行中"`: the value is stored and travels, the label is shown."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        entry = str.__new__(cls, value)
        entry._value_ = value
        entry.label = label
        return entry

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        described = handler(core)
        handler.resolve_ref_schema(described)["x-enum-labels"] = {entry.value: entry.label for entry in cls}
        return described

    @classmethod
    def from_label(cls, label: str) -> Self:
        for entry in cls:
            if entry.label == label:
                return entry
        raise ValueError(label)
