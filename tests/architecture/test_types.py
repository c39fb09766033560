"""What travels is typed: no route takes or answers, and no schema or event holds, who knows what.

The gateway's composed views hold what services answer; the merged document gives them those services' shapes.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.test_sizes import ROOT, named

MODELS = frozenset({"BaseModel", "Schema", "Payload", "Listing", "Page"})
UNTYPED = frozenset({"Any", "object"})
TRAVELLING = ("services/*/*/**/router.py", "services/*/*/**/schemas.py", "services/*/*/**/events.py")
BESIDE = (
    *(f"gateway/gateway/{name}.py" for name in ("audit", "health", "parts")),
    *(f"libs/records/records/{name}.py" for name in ("auditing", "events", "files", "listing", "vocabulary")),
    *(f"libs/kit/kit/{name}.py" for name in ("edge", "events/feed", "paging")),
)


def travelling() -> list[Path]:
    found = {path for pattern in (*TRAVELLING, *BESIDE) for path in ROOT.glob(pattern)}
    return sorted(path for path in found if "tests" not in path.parts)


def annotations(tree: ast.Module) -> Iterator[ast.expr]:
    """Of the fields of models, of what routes take and answer, and of the names that stand for such types."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and is_model(node):
            fields = (one.annotation for one in node.body if isinstance(one, ast.AnnAssign))
            yield from (one for one in fields if not ast.unparse(one).startswith("ClassVar"))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and is_route(node):
            yield from (one.annotation for one in (*node.args.args, *node.args.kwonlyargs) if one.annotation)
            yield from [node.returns] if node.returns else []
    yield from (one.value for one in tree.body if isinstance(one, ast.Assign) and isinstance(one.value, ast.Subscript))


def is_model(node: ast.ClassDef) -> bool:
    bases = {name.id for base in node.bases for name in ast.walk(base) if isinstance(name, ast.Name)}
    return bool(bases & MODELS) or any(base.endswith(("Read", "Event", "Listing")) for base in bases)


def is_route(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(ast.unparse(one).startswith("router.") for one in node.decorator_list)


def untyped_in(text: str) -> list[str]:
    found = annotations(ast.parse(text))
    return [ast.unparse(one) for one in found if UNTYPED & {n.id for n in ast.walk(one) if isinstance(n, ast.Name)}]


class TestWhatTravels:
    def test_is_typed(self) -> None:
        untyped = {named(path): untyped_in(path.read_text(encoding="utf-8")) for path in travelling()}

        assert {name: found for name, found in untyped.items() if found} == {}

    def test_is_looked_at_wherever_it_is_declared(self) -> None:
        assert len(travelling()) > 100
        assert untyped_in("class A(Schema):\n    data: dict[str, Any]") == ["dict[str, Any]"]
        assert untyped_in('@router.get("")\nasync def read(a: Any) -> object: ...') == ["Any", "object"]
        assert untyped_in("JsonObject = dict[str, Any]") == ["dict[str, Any]"]
        assert (
            untyped_in("class A(Schema):\n    data: dict[str, str]\n    def check(self, given: Any) -> Any: ...") == []
        )
