from enum import Enum
from typing import Annotated

import pytest
from pydantic import Field
from sqlalchemy import Column, Integer, MetaData, Table, Text, select

from records.listing import Listing, UnknownSort, at_least, at_most, contains, equals

things = Table("things", MetaData(), Column("id", Integer), Column("name", Text), Column("size", Integer))


class ThingListing(Listing, sortable=(things.c.name, things.c.size), order=(things.c.id.desc(),)):
    name: Annotated[list[str], equals(things.c.name)] = Field(default=[], title="名称")
    least: Annotated[int | None, at_least(things.c.size)] = Field(default=None, title="至少")
    most: Annotated[int | None, at_most(things.c.size)] = Field(default=None, title="至多")
    q: Annotated[str | None, contains(things.c.name)] = Field(default=None, title="搜索")


def sql(wanted: Listing) -> str:
    query = wanted.ordered(select(things.c.id))
    return str(query.compile(compile_kwargs={"literal_binds": True})).replace("\n", "")


class TestListing:
    def test_without_wishes_keeps_its_own_order(self) -> None:
        assert sql(ThingListing()) == "SELECT things.id FROM things ORDER BY things.id DESC"

    def test_narrows_by_what_stands_beside_each_field(self) -> None:
        found = sql(ThingListing(name=["a", "b"], least=0, most=9))

        assert "things.name IN ('a', 'b') AND things.size >= 0 AND things.size <= 9" in found

    def test_searches_a_text_as_it_stands(self) -> None:
        assert "LIKE '%' || lower('5/%') || '%' ESCAPE '/'" in sql(ThingListing(q="5%"))

    def test_orders_by_several_columns_and_ends_in_its_own(self) -> None:
        assert sql(ThingListing(sort="-size,name")).endswith(
            "ORDER BY things.size DESC, things.name ASC, things.id DESC"
        )

    @pytest.mark.parametrize("sort", ["nmae", "name,,size", "-", "name,name", "id"])
    def test_refuses_other_orders(self, sort: str) -> None:
        with pytest.raises(UnknownSort):
            sql(ThingListing(sort=sort))

    def test_names_the_nearest_order(self) -> None:
        with pytest.raises(UnknownSort) as refused:
            ThingListing(sort="nmae").ordering()

        assert "可用:name(" in refused.value.sentence

    def test_tells_the_document_what_can_be_ordered(self) -> None:
        assert ThingListing.model_fields["sort"].json_schema_extra == {"x-sortable": ["name", "size"]}
        assert Listing.model_fields["sort"].json_schema_extra is None


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class ColourListing(Listing, sortable=(things.c.name,), order=(things.c.id,)):
    colours: Annotated[list[Colour], equals(things.c.name)] = Field(default=[], title="颜色")
    is_new: Annotated[bool | None, equals(things.c.size)] = Field(default=True, title="新的")
    q: Annotated[str | None, contains(things.c.name)] = Field(default=None, title="搜索")


class OtherListing(ColourListing):
    pass


class TestManner:
    def test_differs_wherever_the_statement_does(self) -> None:
        wishes = [
            ColourListing(),
            OtherListing(),
            ColourListing(after="x"),
            ColourListing(sort="name"),
            ColourListing(sort="-name"),
            ColourListing(is_new=False),
            ColourListing(is_new=None),
            ColourListing(colours=[Colour.RED]),
            ColourListing(colours=[Colour.RED, Colour.BLUE]),
        ]

        assert len({one.manner() for one in wishes}) == len(wishes)

    def test_is_the_same_for_pages_of_any_size_and_place(self) -> None:
        assert ColourListing(limit=1).manner() == ColourListing(limit=200).manner()
        assert ColourListing(after="x").manner() == ColourListing(after="y").manner()

    @pytest.mark.parametrize("wanted", [ColourListing(q="x"), ColourListing(with_total=True)])
    def test_is_none_where_nobody_else_asks_the_same(self, wanted: Listing) -> None:
        assert wanted.manner() is None
