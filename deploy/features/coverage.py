"""Which tests say by `@pytest.mark.feature("R14")` that they show a capability; read from their source."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

TEST_FOLDERS = ("libs", "services", "gateway", "deploy", "demo", "tests")
Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def marked_tests(root: Path) -> Mapping[str, Sequence[str]]:
    """Feature id → node ids, sorted."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for folder in TEST_FOLDERS:
        for path in sorted((root / folder).rglob("test_*.py")):
            name = path.relative_to(root).as_posix()
            for feature, node_id in _in_module(ast.parse(path.read_text(encoding="utf-8")), name):
                found[feature].append(node_id)
    return {feature: sorted(set(node_ids)) for feature, node_ids in found.items()}


def _in_module(module: ast.Module, name: str) -> Iterator[tuple[str, str]]:
    everywhere = [
        feature
        for statement in module.body
        if isinstance(statement, ast.Assign) and _names(statement.targets, "pytestmark")
        for feature in _features(statement.value)
    ]
    yield from ((feature, name) for feature in everywhere)
    yield from _in_body(module.body, name)


def _in_body(body: Sequence[ast.stmt], outer: str) -> Iterator[tuple[str, str]]:
    for statement in body:
        if not isinstance(statement, Definition):
            continue
        node_id = f"{outer}::{statement.name}"
        for decorator in statement.decorator_list:
            yield from ((feature, node_id) for feature in _features(decorator))
        if isinstance(statement, ast.ClassDef):
            yield from _in_body(statement.body, node_id)


def _names(targets: Sequence[ast.expr], name: str) -> bool:
    return any(isinstance(target, ast.Name) and target.id == name for target in targets)


def _features(expression: ast.expr) -> Iterator[str]:
    for node in ast.walk(expression):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "feature":
            yield from (str(one.value) for one in node.args if isinstance(one, ast.Constant))
