"""Every domain stands in the list of its service's application, lower ones first, with what its package holds."""

import ast
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from kit.domains import Domain
from tests.architecture.test_sizes import ROOT
from tests.support.applications import SERVICES

WORTH_A_PLACE = {"router.py", "models.py", "consumers.py", "jobs.py"}


def packages_of(service: str) -> list[Path]:
    root = ROOT / "services" / service / service
    return sorted(path.parent for path in root.glob("*/*/__init__.py"))


def declaring(package: Path) -> list[str]:
    """The modules of a package that assign `DOMAIN`."""
    return [
        ".".join(path.with_suffix("").relative_to(package.parents[2]).parts)
        for path in sorted(package.glob("*.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "DOMAIN"
    ]


def domain_of(package: Path) -> Domain:
    (module,) = declaring(package)
    found: Domain = import_module(module).DOMAIN
    return found


def listed(service: str) -> list[Domain]:
    """Those of the service itself; what a library gives to every service stands beside them."""
    own = {id(domain_of(one)) for one in packages_of(service) if declaring(one)}
    return [one for one in import_module(f"{service}.app").DOMAINS if id(one) in own or not is_shared(one)]


def is_shared(domain: Domain) -> bool:
    endpoints = [route.endpoint for router in domain.routers for route in router.routes if isinstance(route, APIRoute)]
    return bool(endpoints) and all(one.__module__.partition(".")[0] not in SERVICES for one in endpoints)


def layer_of(service: str) -> dict[str, int]:
    """By `group.domain`: how high the import contract puts it; the lowest is 0."""
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    contracts = tools["importlinter"]["contracts"]
    (layers,) = (one["layers"] for one in contracts if one.get("containers") == [service])
    return {name: height for height, layer in enumerate(reversed(layers)) for name in layer.split(" | ")}


@pytest.fixture(params=SERVICES)
def service(request: pytest.FixtureRequest) -> str:
    return str(request.param)


class TestDomains:
    def test_are_declared_once_by_every_package_that_holds_more_than_functions(self, service: str) -> None:
        due = [one for one in packages_of(service) if WORTH_A_PLACE & {path.name for path in one.iterdir()}]

        assert {str(one): len(declaring(one)) for one in packages_of(service) if len(declaring(one)) != 1} == {
            str(one): 0 for one in packages_of(service) if one not in due
        }

    def test_stand_in_the_list_of_the_application_and_nothing_else_does(self, service: str) -> None:
        declared = [domain_of(one) for one in packages_of(service) if declaring(one)]

        assert sorted(map(id, listed(service))) == sorted(map(id, declared))

    def test_are_listed_lowest_first(self, service: str) -> None:
        layers = layer_of(service)
        names = {id(domain_of(one)): f"{one.parent.name}.{one.name}" for one in packages_of(service) if declaring(one)}
        heights = [layers[names[id(one)]] for one in listed(service)]

        assert heights == sorted(heights)

    def test_give_the_tables_of_their_package(self, service: str) -> None:
        with_models = [one for one in packages_of(service) if (one / "models.py").exists()]

        told = {one.name: getattr(domain_of(one).tables, "__file__", None) for one in with_models}
        assert told == {one.name: str(one / "models.py") for one in with_models}
