"""What docker-compose.yml promises of every container; read without starting anything."""

import json
import subprocess
from functools import cache
from typing import Any

import pytest

from tests.deployment.house import ROOT

pytestmark = pytest.mark.deployment


@cache
def services() -> dict[str, dict[str, Any]]:
    """Those of every profile."""
    profiles = compose("config", "--profiles").split()
    options = [word for name in profiles for word in ("--profile", name)]
    found: dict[str, dict[str, Any]] = json.loads(compose(*options, "config", "--format", "json"))["services"]
    return found


def compose(*arguments: str) -> str:
    command = ["docker", "compose", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def without(condition: Any) -> list[str]:
    return sorted(name for name, service in services().items() if not condition(service))


class TestTheFile:
    @pytest.mark.feature("G07")
    def test_is_valid_in_every_profile_and_has_the_four_deployables(self) -> None:
        assert {"registry", "scoring", "training", "gateway"} <= services().keys()


class TestEveryService:
    def test_runs_without_root(self) -> None:
        assert without(lambda one: not str(one.get("user", "0")).startswith("0")) == []

    def test_writes_nowhere_but_in_its_volumes(self) -> None:
        assert without(lambda one: one.get("read_only")) == []

    def test_drops_capabilities_and_gains_none(self) -> None:
        assert without(lambda one: one.get("cap_drop") == ["ALL"] and not one.get("cap_add")) == []
        assert without(lambda one: "no-new-privileges:true" in one.get("security_opt", [])) == []
        assert without(lambda one: not one.get("privileged")) == []

    def test_has_limits(self) -> None:
        assert without(lambda one: one.get("mem_limit") and one.get("pids_limit")) == []
        assert without(lambda one: one["logging"]["options"].get("max-size")) == []

    def test_mounts_no_socket_of_the_engine(self) -> None:
        mounted = [volume["source"] for one in services().values() for volume in one.get("volumes", [])]
        assert not [source for source in mounted if source.endswith(".sock")]


class TestPorts:
    def test_are_published_by_the_edge_alone_on_this_machine(self) -> None:
        published = {name: one["ports"] for name, one in services().items() if one.get("ports")}

        assert list(published) == ["edge"]
        assert {port["host_ip"] for port in published["edge"]} == {"127.0.0.1"}

    def test_of_the_database_are_reached_by_services_only(self) -> None:
        assert "data" not in services()["edge"]["networks"]
        assert "data" not in services()["gateway"]["networks"]


class TestWayOut:
    def test_is_open_to_the_edge_and_to_what_sends_alerts(self) -> None:
        inner = {"front", "services", "data", "watching"}
        outside = {name for name, one in services().items() if set(one.get("networks", {})) - inner}

        assert outside == {"edge", "alertmanager"}


class TestSecrets:
    def test_are_files_and_never_values(self) -> None:
        words = ("PASSWORD", "SECRET", "TOKEN", "KEY")
        found = [
            f"{name}.{variable}"
            for name, one in services().items()
            for variable, value in (one.get("environment") or {}).items()
            if any(word in variable for word in words) and value and not str(value).startswith("/run/")
        ]
        assert found == []
