from typing import Any

import pytest

pytestmark = pytest.mark.anyio
URL = "/api/v1/registry/vocabulary"


class TestVocabulary:
    async def test_refuses_a_stranger(self, registry: Any) -> None:
        assert (await registry.http.get(URL)).status_code == 401

    async def test_names_every_value_in_chinese(self, registry: Any) -> None:
        security = await registry.administrator()

        terms = (await registry.http.get(URL, headers=security)).json()["terms"]

        assert {"value": "joint_branch", "label": "联合党支部"} in terms["organization_kind"]
        assert all(not term["label"].isascii() or "+" in term["label"] for kind in terms.values() for term in kind)
