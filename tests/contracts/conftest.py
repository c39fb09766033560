"""Each contract is checked against every service: the real application on a real database."""

from collections.abc import AsyncIterator, Callable, Iterator

import httpx2
import pytest

from hosting.tokens import Verifier
from tests.contracts.attackers import Attacker, attacking
from tests.support.applications import SERVICES, Service, build_service
from tests.support.clients import ServiceClient, running
from tests.support.databases import MakeDatabase
from tests.support.tokens import IssueToken

MakeService = Callable[[str], Service]


@pytest.fixture(scope="module")
def make_service(
    make_shared_database: MakeDatabase, tmp_path_factory: pytest.TempPathFactory, test_verifier: Verifier
) -> MakeService:
    def make(name: str) -> Service:
        folder = tmp_path_factory.mktemp(name)
        return build_service(name, make_shared_database(name), folder, test_verifier)

    return make


@pytest.fixture(scope="module", params=SERVICES)
def service(request: pytest.FixtureRequest, make_service: MakeService) -> Service:
    return make_service(request.param)


@pytest.fixture
async def stranger(service: Service) -> AsyncIterator[httpx2.AsyncClient]:
    """Nobody yet; each request may carry its own token."""
    transport = httpx2.ASGITransport(app=service.app, raise_app_exceptions=False)
    async with running(service.app), httpx2.AsyncClient(transport=transport, base_url="http://service") as client:
        yield client


@pytest.fixture(scope="module")
def attacker(service: Service, issue_token: IssueToken, service_client: ServiceClient) -> Iterator[Attacker]:
    with attacking(service, issue_token, service_client) as attacker:
        yield attacker
