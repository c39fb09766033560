"""What the operator's tool does to a house that people work in."""

import pytest

from tests.deployment.house import House
from tests.support.branches import REGISTRY, Branch

pytestmark = pytest.mark.deployment
WORKER = "training-worker"


def levels(house: House, command: str) -> dict[str, str]:
    _, found = house.operator(command)
    return {one["check"]: one["level"] for one in found["findings"]}


class TestStatus:
    def test_names_everything_that_runs(self, house: House) -> None:
        found = levels(house, "status")

        assert {"registry", "gateway", "edge", "postgres", "backup", WORKER} <= set(found)
        assert set(found.values()) == {"ok"}

    def test_sees_a_worker_that_is_gone_and_one_that_hangs(self, house: House) -> None:
        house.compose("stop", WORKER)
        stopped = levels(house, "status")[WORKER]
        house.up("--no-deps", WORKER)
        house.container(WORKER).pause()
        house.wait(lambda: house.health(WORKER) == "unhealthy")
        hanging = levels(house, "status")[WORKER]
        house.container(WORKER).unpause()
        house.wait(lambda: house.health(WORKER) == "healthy")

        assert (stopped, hanging) == ("failed", "failed")
        assert levels(house, "status")[WORKER] == "ok"


class TestRotatedKey:
    @pytest.mark.parametrize("kind", ["signing", "data"])
    def test_leaves_everybody_signed_in_and_everything_readable(self, house: House, branch: Branch, kind: str) -> None:
        code, said = house.operator("rotate-keys", kind)

        assert code == 0, said
        assert kind == "signing" or said["resealed"] >= len(branch.members)
        assert len(branch.officer.every(f"{REGISTRY}/members")) == len(branch.members)
        assert levels(house, "doctor")["密钥:齐备"] == "ok"


class TestEvents:
    def test_are_read_again_without_counting_twice(self, house: House) -> None:
        code, said = house.operator("replay-events", "scoring", "training", "--from-start")

        assert code == 0, said
        assert house.operator("verify-ledger")[0] == 0
