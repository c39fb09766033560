"""What pgbench runs as the baseline of a read and of a list is what the service sends for them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

pytestmark = pytest.mark.anyio
SCRIPTS = Path(__file__).parents[3] / "bench"
PLACE = re.compile(r"%\((\w+)\)s")


@contextmanager
def statements_on_members(registers: Any) -> Iterator[list[str]]:
    """Those of the reading engine, with pgbench's names for what a run of pgbench varies."""
    found: list[str] = []

    def note(_: Any, __: Any, statement: str, parameters: dict[str, Any], *___: Any) -> None:
        if "FROM members" in statement:
            written = PLACE.sub(lambda place: said(place[1], parameters[place[1]]), statement)
            found.append(" ".join(written.split()))

    engine = registers.app.state.reading_engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


def said(name: str, value: Any) -> str:
    if name.startswith("path"):
        return ":high" if str(value).endswith("0") else ":low"
    return str(value) if isinstance(value, int) else f"'{value}'"


def shipped(name: str) -> str:
    """Without comments and variables; a read of pgbench finds the row by a number, the service by its id."""
    lines = (SCRIPTS / f"{name}.sql").read_text(encoding="utf-8").splitlines()
    return " ".join(one for one in lines if not one.startswith(("--", "\\"))).removesuffix(";")


class TestBaseline:
    async def test_of_a_list_is_the_statement_of_list_members(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("district_officer", district.root)
        with statements_on_members(registers) as sent:
            assert (await officer.get("/members", limit=50)).status_code == 200

        assert sent == [shipped("list")]

    async def test_of_a_read_is_the_statement_of_read_member(self, registers: Any) -> None:
        district = await registers.district()
        member = await registers.member(district.branches[0])
        officer = await registers.office("district_officer", district.root)
        with statements_on_members(registers) as sent:
            assert (await officer.get(f"/members/{member['id']}")).status_code == 200

        assert [one.replace(f"members.id = '{member['id']}'::UUID", "members.member_no = :number") for one in sent] == [
            shipped("read")
        ]
