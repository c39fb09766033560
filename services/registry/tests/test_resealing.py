"""After a rotation nothing is left under the old data key, and everything still opens."""

from typing import Any

import pytest

from registry.resealing import COLUMNS, reseal
from registry.seals import seals_of
from sealing import add_key, use_key

pytestmark = pytest.mark.anyio
PHONE = "15400002345"
SEALED_COLUMNS = (
    "SELECT table_name, column_name FROM information_schema.columns "
    "WHERE table_schema = 'public' AND column_name LIKE '%%sealed' ORDER BY 1, 2"
)


class TestResealing:
    async def test_knows_every_sealed_column(self, registers: Any) -> None:
        known = sorted({(column.table, column.column) for column in COLUMNS})
        assert [tuple(row) for row in registers.rows(SEALED_COLUMNS)] == known

    async def test_leaves_nothing_under_the_old_key(self, registers: Any) -> None:
        district = await registers.district()
        for _ in range(3):
            await registers.member(district.branches[0], phone=PHONE)
        keys = registers.app.state.settings.data_keys_file
        use_key(keys, add_key(keys))
        seals_of.cache_clear()
        seals = seals_of(keys)

        assert await reseal(registers.app.state.engine, seals) == 6
        assert await reseal(registers.app.state.engine, seals) == 0

        rows = registers.rows("SELECT id_number_sealed, phone_sealed, id_number_index FROM members")
        assert {bytes(row[0])[0] for row in rows} == {bytes(row[1])[0] for row in rows} == {2}
        for number, phone, index in rows:
            assert seals.index_id_number(seals.open_id_number(bytes(number))) == bytes(index)
            assert seals.open_phone(bytes(phone)) == PHONE
