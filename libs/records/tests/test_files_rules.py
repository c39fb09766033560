from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

import pytest
from pydantic import BaseModel, Field

from kit.edge import LabelledEnum
from records.files import UNPRINTED, attachment, cell, headings_of


class Colour(LabelledEnum):
    RED = "red", "红"
    BLUE = "blue", "蓝"


class Inner(BaseModel):
    number: int


class Shown(BaseModel):
    id: UUID = Field(title="编号")
    owner_id: UUID | None = Field(title="单位编号")
    owner_name: str | None = Field(title="单位")
    colours: list[Colour] = Field(title="颜色")
    others: list[UUID] = Field(title="其他")
    parts: list[Inner] | None = Field(title="组成")
    hours: Decimal = Field(title="学时")
    link: Annotated[str, UNPRINTED] = Field(title="链接")
    version: int = Field(title="版本")


class TestHeadings:
    def test_are_the_titles_of_what_people_read(self) -> None:
        assert headings_of(Shown) == {"owner_name": "单位", "colours": "颜色", "hours": "学时"}


class TestCell:
    @pytest.mark.parametrize(
        ("value", "written"),
        [
            (True, "是"),
            (False, "否"),
            (Colour.RED, "红"),
            ([Colour.RED, Colour.BLUE], "红、蓝"),
            (date(2025, 1, 31), date(2025, 1, 31)),
            (datetime(2025, 1, 31, 16, 30, tzinfo=UTC), datetime(2025, 2, 1, 0, 30)),  # noqa: DTZ001 - a cell has no zone
            (Decimal("1.50"), Decimal("1.50")),
            (None, None),
        ],
    )
    def test_holds_what_people_read(self, value: object, written: object) -> None:
        assert cell(value) == written


class TestAttachment:
    def test_keeps_a_chinese_name(self) -> None:
        assert attachment("示范点.xlsx")["Content-Disposition"].endswith("%E7%A4%BA%E8%8C%83%E7%82%B9.xlsx")
