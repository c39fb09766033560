"""Every count of every overview is taken over what its reader may see, and nothing else."""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack
from typing import Any

import pytest

from services.training.tests.district import Client as TrainingClient
from services.training.tests.district import plan
from tests.contracts.conftest import MakeService
from tests.contracts.places import BRANCHES, World, answered
from tests.contracts.worlds import make_world
from tests.support.applications import SERVICES
from tests.support.clients import ServiceClient
from tests.support.tokens import IssueToken

pytestmark = pytest.mark.anyio
ARE_NO_COUNTS = {"year", "points_year"}
MISSED_BEFORE = {
    "registry": ("demonstration_points.total", 1),
    "scoring": ("claims_pending", 1),
    "training": ("make_ups_open", 2),  # the assembly of the world, half of two being a quorum, and the study
}


async def miss_a_meeting(world: World) -> None:
    """Of the two members of each branch one does not come to a study, which needs no quorum."""
    for place in BRANCHES:
        root = "foreign root" if place == "foreign" else "root"
        officer = TrainingClient(await world.client("district_officer", root))
        made = await answered(officer.post("/meetings", plan(world.at("organization_id", place), kind="branch_study")))
        meeting, absent = made["id"], world.objects["member_id"][place]
        expected = (await answered(officer.get(f"/meetings/{meeting}/attendances")))["items"]
        lines = [{"member_id": one["member_id"], "attended": one["member_id"] != absent} for one in expected]
        await answered(officer.list_present(meeting, lines))
        await answered(officer.confirm(meeting))


@pytest.fixture(scope="module", params=SERVICES)
async def world(
    request: pytest.FixtureRequest, make_service: MakeService, issue_token: IssueToken, service_client: ServiceClient
) -> AsyncIterator[World]:
    async with AsyncExitStack() as stack:
        world = await make_world(make_service(request.param), issue_token, service_client, stack)
        if world.service.name == "training":
            await miss_a_meeting(world)
        yield world


def counts(answer: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, int]]:
    for name, value in answer.items():
        if isinstance(value, Mapping):
            yield from counts(value, f"{above}{name}.")
        elif isinstance(value, int) and name not in ARE_NO_COUNTS:
            yield f"{above}{name}", value


async def counted(world: World, role: str, place: str) -> dict[str, int]:
    client = await world.client(role, place)
    answer = await client.get(f"/api/v1/{world.service.name}/overview", params={"as_of": "2025-04-02"})
    assert answer.status_code == 200, answer.text
    return dict(counts(answer.json()))


class TestOverview:
    async def test_of_the_whole_holds_those_of_its_parts(self, world: World) -> None:
        """Two branches, and a third in another district: who saw too much would see as much as the whole."""
        whole = await counted(world, "district_officer", "root")
        one, other = [await counted(world, "branch_secretary", place) for place in ("branch", "sibling")]

        assert {name for name, value in whole.items() if value < one[name] + other[name]} == set()
        name, expected = MISSED_BEFORE[world.service.name]
        assert one[name] == expected
