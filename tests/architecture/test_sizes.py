"""The house stays readable: small files, small functions, a kit that knows no domain."""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FUNCTION = 50
MOST_LINES_OF_A_FLOOR = {"kit": 1750, "hosting": 1150, "describing": 500}
MOST_COMMENTS_PER_HUNDRED_LINES = 3
PACKAGES = ("libs", "services", "gateway", "deploy", "demo", "tests")
DOMAIN_WORDS = re.compile(
    r"\b(party|members?|units?|posts?|stars?|reviews?|meetings?|ledger|indicators?|branch(es)?|instructors?|pledges?)\b"
)


@cache
def sources() -> tuple[Path, ...]:
    rooms = [path for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")]
    ours = (path for room in rooms for path in room.rglob("*.py") if "node_modules" not in path.parts)
    return tuple(sorted([*ROOT.glob("*.py"), *ours]))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def lines_of(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def modules_of_groups(service: str) -> list[str]:
    """What stands in the group folders of a service, as `tree.posts`: its domains, and single modules of a group."""
    package = ROOT / "services" / service / service
    groups = [path.parent for path in package.glob("*/__init__.py")]
    found = [path for group in groups for path in group.iterdir() if path.stem not in ("__init__", "__pycache__")]
    return [f"{path.parent.name}.{path.stem}" for path in found if path.suffix in ("", ".py")]


class TestFiles:
    def test_are_short(self):
        found = {named(path): lines_of(path) for path in sources() if "migrations" not in path.parts}
        assert {name: lines for name, lines in found.items() if lines > MOST_LINES_OF_A_FILE} == {}

    def test_live_in_known_rooms(self):
        outside = [named(path) for path in sources() if path.relative_to(ROOT).parts[0] not in PACKAGES]
        assert outside in ([], ["conftest.py"])

    def test_explain_by_names_rather_than_by_comments(self):
        code = [path for path in sources() if "tests" not in path.parts and "migrations" not in path.parts]
        text = [line.strip() for path in code for line in path.read_text(encoding="utf-8").splitlines()]
        comments = [line for line in text if line.startswith("#")]
        assert len(comments) * 100 <= MOST_COMMENTS_PER_HUNDRED_LINES * len(text)


class TestFunctions:
    def test_are_short(self):
        long = []
        for path in sources():
            if "migrations" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    length = (node.end_lineno or node.lineno) - node.lineno + 1
                    if length > MOST_LINES_OF_A_FUNCTION:
                        long.append(f"{named(path)}:{node.lineno} {node.name} {length}")
        assert long == []


@pytest.mark.parametrize("floor", MOST_LINES_OF_A_FLOOR)
class TestFloors:
    def test_stay_within_their_budget(self, floor):
        assert sum(map(lines_of, (ROOT / "libs" / floor / floor).rglob("*.py"))) <= MOST_LINES_OF_A_FLOOR[floor]

    def test_know_no_word_of_the_domain(self, floor):
        found = []
        for path in (ROOT / "libs" / floor / floor).rglob("*.py"):
            identifiers = {
                word.lower()
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                for name in (getattr(node, "id", None), getattr(node, "name", None), getattr(node, "arg", None))
                if isinstance(name, str)
                for word in name.split("_")
            }
            found += [f"{named(path)}: {word}" for word in sorted(identifiers) if DOMAIN_WORDS.fullmatch(word)]
        assert found == []


@pytest.mark.parametrize("service", ["registry", "scoring", "training"])
class TestDomains:
    def test_are_in_the_glossary(self, service):
        glossary = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
        named_words = set(re.findall(r"`([A-Za-z_]+)`", glossary))
        folders = {path.parent.name for path in (ROOT / "services" / service / service).glob("*/**/__init__.py")}
        assert sorted(folders - named_words) == []

    def test_are_placed_in_the_layers_of_their_service(self, service):
        contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
            "contracts"
        ]
        (layers,) = [one["layers"] for one in contracts if one.get("containers") == [service]]
        placed = [name for layer in layers for name in layer.split(" | ") if "." in name]
        assert sorted(placed) == sorted(modules_of_groups(service))


class TestPostponements:
    def test_do_not_exist(self):
        words = re.compile(r"\b(TO" r"DO|FIX" r"ME|X{3}|NotImplemented" r"Error)\b|assert True\b")
        found = [
            f"{named(path)}:{number}"
            for path in sources()
            if path != Path(__file__)
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
            if words.search(line)
        ]
        assert found == []

    def test_every_silenced_check_says_why(self):
        silent = re.compile(r"#\s*(noqa(?::\s*[A-Z0-9, ]+)?|type:\s*ignore(?:\[[^\]]*\])?)\s*$")
        found = [
            f"{named(path)}:{number}"
            for path in sources()
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
            if silent.search(line)
        ]
        assert found == []
