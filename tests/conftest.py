"""Which worker runs what."""

import pytest

from tests.support.applications import SERVICES


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of one file here share what it builds of one service: they go to one worker, where it is built once."""
    for item in items:
        if item.nodeid.startswith("tests/"):
            asked = (
                item.callspec.params.values() if isinstance(item, pytest.Function) and hasattr(item, "callspec") else ()
            )
            service = next((one for one in asked if one in SERVICES), "")
            item.add_marker(pytest.mark.xdist_group(f"{item.path.stem} {service}"))
