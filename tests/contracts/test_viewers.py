"""One answer to who asks: an office opens its subtree, being a member opens one's own things, in every service alike.

The table is the intent, written by hand: role and place of the caller down, whose thing is asked for across.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from tests.contracts.conftest import MakeService
from tests.contracts.places import World
from tests.contracts.worlds import make_world
from tests.support.applications import SERVICES
from tests.support.clients import ServiceClient
from tests.support.tokens import IssueToken

pytestmark = [pytest.mark.anyio, pytest.mark.feature("G08")]
PEOPLE = ("own", "colleague", "sibling", "foreign")
Grants = tuple[tuple[str, str | None], ...]


@dataclass(frozen=True)
class Caller:
    """Grants as (role, place); `sees` are the people of PEOPLE, in order."""

    grants: Grants
    sees: str


CALLERS = {
    "nobody's officer": Caller((), "----"),
    "member": Caller((("member", "branch"),), "x---"),
    "member of another branch": Caller((("member", "sibling"),), "x-x-"),
    "secretary of the branch": Caller((("branch_secretary", "branch"),), "xx--"),
    "secretary and member of the branch": Caller((("branch_secretary", "branch"), ("member", "branch")), "xx--"),
    "member here, secretary there": Caller((("member", "branch"), ("branch_secretary", "sibling")), "x-x-"),
    "officer of the town": Caller((("town_officer", "town"),), "xx--"),
    "officer of the district": Caller((("district_officer", "root"),), "xxx-"),
    "officer of another district": Caller((("district_officer", "foreign"),), "x--x"),
    "secretary and officer of another district": Caller(
        (("branch_secretary", "branch"), ("district_officer", "foreign")), "xx-x"
    ),
    "instructor of the branch": Caller((("instructor", "branch"),), "----"),
    "administrator of the system": Caller((("system_administrator", None),), "----"),
    "administrator of the audit": Caller((("audit_administrator", None),), "----"),
}
READS = {
    "registry": "/api/v1/registry/members/{}",
    "scoring": "/api/v1/scoring/balances/{}?year=2025",
    "training": "/api/v1/training/study-hours/{}?year=2025",
}


@pytest.fixture(scope="module", params=SERVICES)
async def world(
    request: pytest.FixtureRequest, make_service: MakeService, issue_token: IssueToken, service_client: ServiceClient
) -> AsyncIterator[World]:
    async with AsyncExitStack() as stack:
        yield await make_world(make_service(request.param), issue_token, service_client, stack)


class TestCaller:
    @pytest.mark.parametrize("name", CALLERS)
    async def test_sees_what_offices_and_the_own_person_open(self, world: World, name: str) -> None:
        caller, members = CALLERS[name], world.objects["member_id"]
        own = members["sibling" if caller.grants == (("member", "sibling"),) else "branch"]
        grants = [(role, world.objects["organization_id"][place] if place else None) for role, place in caller.grants]
        token = world.issue_token(grants=grants, person=UUID(own))
        client: Any = await world.stack.enter_async_context(world.service_client(world.service.app, token))

        asked = {"own": own} | {one: members[one] for one in PEOPLE[1:]}
        statuses = {who: (await client.get(READS[world.service.name].format(asked[who]))).status_code for who in PEOPLE}

        assert set(statuses.values()) <= {200, 403, 404}
        assert "".join("x" if statuses[who] == 200 else "-" for who in PEOPLE) == caller.sees
