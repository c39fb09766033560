"""What is kept of a changed row is no secret: nothing that opens an account, and sealed what is sealed in the row."""

import re
from typing import Any

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapper

from kit.database import Versioned
from records.history import _is_recorded
from registry.app import DOMAINS
from registry.database import Base
from registry.resealing import COLUMNS

SECRET = re.compile(r"password|token|secret|hash|index|digest|nonce")
WHEN_AND_WHETHER = {("accounts", "password_changed_at"), ("accounts", "must_change_password")}
VERSIONED: list[Mapper[Any]] = [one for one in Base.registry.mappers if issubclass(one.class_, Versioned)]
KEPT = {
    (one.class_.__tablename__, name): column
    for one in VERSIONED
    for name, column in one.columns.items()
    if _is_recorded(name)
}


class TestKeptChanges:
    def test_hold_nothing_that_opens_an_account_or_finds_a_number(self) -> None:
        assert DOMAINS
        assert len(KEPT) > 50
        assert ("accounts", "password_hash") not in KEPT
        assert {place for place in KEPT if SECRET.search(place[1])} == WHEN_AND_WHETHER

    def test_are_sealed_anew_wherever_a_row_is_sealed(self) -> None:
        """Both numbers of a correction stay as they were written; those of people change."""
        sealed = {place for place, column in KEPT.items() if isinstance(column.type, LargeBinary)}
        of_people = {f"field = '{name}'" for table, name in sealed if table in {"members", "instructors"}}

        assert of_people == {one.only for one in COLUMNS if one.table == "field_changes"}
        assert {table for table, _ in sealed} == {"members", "instructors", "id_number_corrections"}
