"""A FastAPI application whose document says everything a front end needs."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from describing import examples, operations, refusals, shapes
from describing.answers import SHAPES
from kit.permissions import Rule
from kit.problems import Problem

Document = dict[str, Any]
BEARER = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "JWT",
    "description": "先用「登录」接口(`POST /api/v1/registry/logins`)取得 `access_token`,填在这里,不必写 Bearer。",
}


class DescribedApp(FastAPI):
    """`described_by` is set once the routes are there; before, the document is FastAPI's own."""

    described_by: Callable[[Document], Document] | None = None

    def openapi(self) -> Document:
        if self.openapi_schema is None:
            plain = super().openapi()
            self.openapi_schema = self.described_by(plain) if self.described_by else plain
        return self.openapi_schema


def describe(
    app: DescribedApp,
    rules: Mapping[str, Rule],
    constraints: Mapping[str, type[Problem]],
    everywhere: Collection[type[Problem]] = (),
    *,
    played: Path,
) -> None:
    """`constraints`: what the database's own refusals are called; `everywhere`: what stands before every operation.

    `played`: the file of the examples.
    """

    def described(document: Document) -> Document:
        components = document.setdefault("components", {})
        components["securitySchemes"] = {"bearer": BEARER}
        kinds = set(everywhere)
        shown = examples.read_examples(played)
        for route in iter_route_contexts(app.routes):
            for method in sorted(route.methods or ()):
                operation = document["paths"].get(route.path_format, {}).get(method.lower())
                if operation is not None and "operationId" in operation:
                    kinds |= operations.describe(operation, route, method, rules.get(route.name or ""), constraints)
                    if operation["operationId"] in shown:
                        examples.show(operation, shown[operation["operationId"]])
        components["x-problems"] = refusals.table(kinds)
        components.setdefault("schemas", {}).update(SHAPES)
        shapes.name_properties(components.get("schemas", {}))
        if everywhere:
            document["x-problem-codes"] = refusals.codes(everywhere)
        return document

    app.described_by = described
