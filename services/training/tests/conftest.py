"""A training service on a fresh database, with a small district projected into it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI

from hosting.tokens import Verifier
from services.training.tests.district import Client, District, Hold, Planned, SignIn, Town, found_town, plan
from tests.support.clients import ServiceClient, service_settings
from tests.support.databases import MakeDatabase
from tests.support.tokens import IssueToken
from training.app import create_app
from training.settings import Settings


@pytest.fixture
def app(make_database: MakeDatabase, test_verifier: Verifier) -> FastAPI:
    return create_app(service_settings(Settings, make_database("training"), pool_size=10), verifier=test_verifier)


@pytest.fixture
async def district(app: FastAPI, service_client: ServiceClient) -> AsyncIterator[District]:
    async with service_client(app):
        found = District(app)
        await found.organization("district_committee", level=1)
        await found.clock("2025-03-20T12:00:00")
        yield found


@pytest.fixture
async def sign_in(
    app: FastAPI,
    district: District,
    issue_token: IssueToken,
    service_client: ServiceClient,
) -> AsyncIterator[SignIn]:
    """`await sign_in(("branch_secretary", branch), person=member)`."""
    async with AsyncExitStack() as stack:

        async def open_client(*grants: tuple[str, UUID], person: UUID | None = None) -> Client:
            token = issue_token(grants=grants, person=person)
            return Client(await stack.enter_async_context(service_client(app, token)))

        yield open_client


@pytest.fixture
async def town(district: District, sign_in: SignIn) -> Town:
    return await found_town(district, sign_in)


@pytest.fixture
async def other_town(district: District, sign_in: SignIn) -> Town:
    return await found_town(district, sign_in)


@pytest.fixture
def planned() -> Planned:
    return plan


@pytest.fixture
def hold() -> Hold:
    """Plan, list and confirm a meeting where exactly `present` attended; answers its id."""

    async def hold_meeting(caller: Client, organization: UUID, present: list[UUID], **changes: Any) -> str:
        made = await caller.post("/meetings", plan(organization, **changes))
        assert made.status_code == 201, made.text
        meeting = made.json()["id"]
        lines = [{"member_id": str(one), "attended": True} for one in present]
        listed = await caller.list_present(meeting, lines)
        assert listed.status_code == 200, listed.text
        confirmed = await caller.confirm(meeting)
        assert confirmed.status_code == 201, confirmed.text
        return str(meeting)

    return hold_meeting
