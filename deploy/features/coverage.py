"""Which tests say by `@pytest.mark.feature("R14")` that they show a capability; read from their source."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

TEST_FOLDERS = ("libs", "services", "gateway", "deploy", "demo", "tests")
FIGURE = re.compile(r"[0-9]+\.[0-9]+|[0-9]{2,}")
THOUSANDS = re.compile(r"(?<=[0-9])[_,](?=[0-9]{3})")
Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def _sources(root: Path, node_ids: Sequence[str]) -> str:
    """The text of these tests: of the function, of the class, or of the whole module where that is marked."""
    return "\n".join(_source(root, node_id) for node_id in node_ids)


def _source(root: Path, node_id: str) -> str:
    name, *inner = node_id.split("::")
    text = (root / name).read_text(encoding="utf-8")
    body: Sequence[ast.stmt] = ast.parse(text).body
    found = text
    for part in inner:
        [definition] = [one for one in body if isinstance(one, Definition) and one.name == part]
        decorators = [ast.get_source_segment(text, one) or "" for one in definition.decorator_list]
        found = "\n".join([*decorators, ast.get_source_segment(text, definition) or ""])
        body = definition.body
    return found


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


def unproven_figures(root: Path, row: Mapping[str, str], tests: Mapping[str, Sequence[str]]) -> str | None:
    """A marked test holds the acceptance's own figures, or the row says what is missing."""
    if row["missing"] or row["id"] not in tests:
        return None
    said = set(FIGURE.findall(THOUSANDS.sub("", _sources(root, tests[row["id"]]))))
    lacking = [one for one in FIGURE.findall(THOUSANDS.sub("", row["acceptance"])) if one not in said]
    if not lacking:
        return None
    return f"{row['id']}:标注的测试里没有验收的数字 {'、'.join(lacking)};请补上,或在 missing 一栏写明尚缺什么"
