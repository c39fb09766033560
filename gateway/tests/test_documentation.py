import json
import re
from pathlib import Path

import pytest

from gateway.app import create_app
from gateway.merging import merge
from gateway.settings import Settings
from gateway.tests.conftest import DOWN

pytestmark = pytest.mark.anyio

OUTSIDE = re.compile(r"(?:https?:)?//(?!www\.w3\.org/2000/svg)[a-z]")


def document(service: str, **schemas: object) -> dict:
    operation = {"operationId": "list_members", "responses": {"200": {"$ref": "#/components/schemas/Page"}}}
    return {
        "openapi": "3.1.0",
        "tags": [{"name": "共用"}],
        "paths": {f"/api/v1/{service}/members": {"get": operation}, "/internal/v1/events": {"get": {}}},
        "components": {"schemas": schemas},
    }


class TestMerge:
    OWN: dict = {"openapi": "3.1.0", "info": {"title": "x"}, "paths": {"/livez": {}}}  # noqa: RUF012 # read only

    def test_keeps_a_schema_all_mean_alike(self) -> None:
        merged = merge(self.OWN, {name: document(name, Page={"type": "object"}) for name in ("registry", "scoring")})

        assert set(merged["components"]["schemas"]) == {"Page"}

    def test_prefixes_what_two_services_mean_differently(self) -> None:
        parts = {
            "registry": document("registry", Page={"type": "object"}),
            "scoring": document("scoring", Page={"type": "array"}),
        }
        merged = merge(self.OWN, parts)

        assert set(merged["components"]["schemas"]) == {"RegistryPage", "ScoringPage"}
        used = merged["paths"]["/api/v1/scoring/members"]["get"]["responses"]["200"]["$ref"]
        assert used == "#/components/schemas/ScoringPage"

    def test_looks_behind_equal_names(self) -> None:
        page = {"items": {"$ref": "#/components/schemas/Row"}}
        parts = {name: document(name, Page=page, Row={"title": name}) for name in ("registry", "scoring")}
        merged = merge(self.OWN, parts)

        assert set(merged["components"]["schemas"]) == {"RegistryPage", "ScoringPage", "RegistryRow", "ScoringRow"}
        assert merged["components"]["schemas"]["ScoringPage"]["items"]["$ref"].endswith("/ScoringRow")

    def test_shows_no_internal_path_and_no_operation_twice(self) -> None:
        merged = merge(self.OWN, {name: document(name) for name in ("registry", "scoring")})

        assert set(merged["paths"]) == {"/livez", "/api/v1/registry/members", "/api/v1/scoring/members"}
        ids = [item["get"]["operationId"] for path, item in merged["paths"].items() if path != "/livez"]
        assert ids == ["registry_list_members", "scoring_list_members"]

    def test_gives_a_composed_part_the_shape_of_the_answer_it_is(self) -> None:
        part = {"anyOf": [{"type": "object"}, {"type": "null"}], "x-answer-of": "/api/v1/registry/members"}
        own = {**self.OWN, "components": {"schemas": {"Me": {"properties": {"a": part}}}}}
        given = document("registry", Page={"type": "object"})
        shape = {"$ref": "#/components/schemas/Page"}
        content = {"content": {"application/json": {"schema": shape}}}
        given["paths"]["/api/v1/registry/members"]["get"]["responses"]["200"] = content
        known = merge(own, {"registry": given})["components"]["schemas"]["Me"]["properties"]["a"]
        unknown = merge(own, {})["components"]["schemas"]["Me"]["properties"]["a"]

        assert known == {"anyOf": [shape, {"type": "null"}]}
        assert unknown == {"anyOf": [{"type": "object"}, {"type": "null"}]}

    def test_leaves_what_it_was_given_alone(self) -> None:
        given = document("registry", Page={"type": "object"})
        before = json.dumps(given)
        merge(self.OWN, {"registry": given, "scoring": document("scoring", Page={"type": "array"})})

        assert json.dumps(given) == before


class TestOpenapi:
    async def test_shows_all_services(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            for name in ("registry", "scoring", "training"):
                getattr(gateway, name).answers["/openapi.json"] = (200, document(name, Page={"type": "object"}))
            merged = (await gateway.client.get("/openapi.json")).json()

            assert {"/api/v1/registry/members", "/api/v1/training/members", "/api/v1/overview"} <= set(merged["paths"])
            assert "x-missing" not in merged

    async def test_names_a_missing_service(self, open_gateway) -> None:
        async with open_gateway(scoring_url=DOWN) as gateway:
            merged = (await gateway.client.get("/openapi.json")).json()

            assert merged["x-missing"] == [{"service": "scoring", "reason": "service-unreachable", "shown": "nothing"}]

    async def test_keeps_the_last_known_part(self, open_gateway) -> None:
        async with open_gateway(documentation_seconds=0.0) as gateway:
            gateway.scoring.answers["/openapi.json"] = (200, document("scoring", Page={"type": "object"}))
            await gateway.client.get("/openapi.json")
            gateway.scoring.answers["/openapi.json"] = (500, {})
            merged = (await gateway.client.get("/openapi.json")).json()

            assert "/api/v1/scoring/members" in merged["paths"]
            assert merged["x-missing"][0]["shown"] == "last-known"

    async def test_is_not_sent_again_to_who_has_it(self, open_gateway) -> None:
        async with open_gateway(documentation_seconds=0.0) as gateway:
            first = await gateway.client.get("/openapi.json")
            known = {"If-None-Match": f'"other", {first.headers["etag"]}'}
            again = await gateway.client.get("/openapi.json", headers=known)
            gateway.scoring.answers["/openapi.json"] = (200, document("scoring", Page={"type": "object"}))
            changed = await gateway.client.get("/openapi.json", headers=known)

            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == first.headers["etag"]
            assert changed.status_code == 200
            assert changed.headers["etag"] != first.headers["etag"]

    def test_of_the_gateway_itself_is_committed(self) -> None:
        committed = json.loads((Path(__file__).parent.parent / "openapi.json").read_text(encoding="utf-8"))

        assert create_app(Settings()).openapi() == committed


class TestDocumentationPage:
    async def test_asks_no_outside_address(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            page = await gateway.client.get("/docs")
            script = await gateway.client.get("/docs/assets/documentation.js")
            icon = await gateway.client.get("/favicon.ico")

            assert [OUTSIDE.findall(one.text) for one in (page, script, icon)] == [[], [], []]
            assert "default-src 'self'" in page.headers["content-security-policy"]
            assert "script-src 'self';" in page.headers["content-security-policy"]
            assert "validatorUrl: null" in script.text

    async def test_finds_everything_it_names(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            page = (await gateway.client.get("/docs")).text
            named = re.findall(r'(?:src|href)="([^"]+)"', page)

            assert len(named) == 4
            for address in named:
                assert (await gateway.client.get(address)).status_code == 200
