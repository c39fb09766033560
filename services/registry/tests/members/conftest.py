from typing import Any

import pytest

from services.registry.tests.members.relations import Relations, relate


@pytest.fixture
async def relations(registers: Any) -> Relations:
    return await relate(registers)
