"""Who gets in: the access tables, read against every operation of every service."""

import base64
import json
import time
from collections.abc import Callable
from uuid import uuid4

import httpx2
import pytest
from joserfc.jwk import ECKey

from kit.problems import MEDIA_TYPE
from tests.support.applications import CLIENT_ROLES, ROLES, Operation, Service
from tests.support.tokens import IssueToken

pytestmark = pytest.mark.anyio


async def ask(client: httpx2.AsyncClient, operation: Operation, token: str | None = None) -> httpx2.Response:
    headers = {"Idempotency-Key": uuid4().hex} | ({"Authorization": f"Bearer {token}"} if token else {})
    return await client.request(operation.method.upper(), operation.address(), headers=headers)


def encoded(part: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


def unsigned(issue_token: IssueToken) -> str:
    _, claims, _ = issue_token(ROLES, client=False).split(".")
    return f"{encoded({'alg': 'none', 'typ': 'at+jwt', 'kid': 'test'})}.{claims}."


def with_a_right_added(issue_token: IssueToken) -> str:
    header, _, signature = issue_token(["member"]).split(".")
    _, claims, _ = issue_token(ROLES, client=False).split(".")
    return f"{header}.{claims}.{signature}"


FORGED: dict[str, Callable[[IssueToken], str]] = {
    "unsigned": unsigned,
    "with a right added": with_a_right_added,
    "of yesterday": lambda issue: issue(ROLES, client=False, lifetime=-86_400),
    "for somebody else": lambda issue: issue(ROLES, client=False, aud="elsewhere"),
    "of another issuer": lambda issue: issue(ROLES, client=False, iss="elsewhere"),
    "without an end": lambda issue: issue(ROLES, client=False, exp=None),
    "not yet issued": lambda issue: issue(ROLES, client=False, iat=int(time.time()) + 86_400, nbf=2**33),
    "not a token": lambda _: ".." + ECKey.generate_key("P-256").as_pem(private=False).hex(),
}


@pytest.mark.feature("G08")
class TestOperation:
    async def test_answers_no_stranger(self, service: Service, stranger: httpx2.AsyncClient) -> None:
        answers = {str(one): await ask(stranger, one) for one in service.closed_operations}

        assert {one: answer.status_code for one, answer in answers.items() if answer.status_code != 401} == {}
        assert {answer.headers["content-type"] for answer in answers.values()} == {MEDIA_TYPE}

    @pytest.mark.parametrize("kind", FORGED)
    async def test_trusts_no_token(
        self, service: Service, stranger: httpx2.AsyncClient, issue_token: IssueToken, kind: str
    ) -> None:
        token = FORGED[kind](issue_token)
        answers = {str(one): (await ask(stranger, one, token)).status_code for one in service.closed_operations}

        assert {operation: status for operation, status in answers.items() if status != 401} == {}

    @pytest.mark.parametrize("role", ROLES)
    async def test_is_open_exactly_to_the_roles_of_its_row(
        self, service: Service, stranger: httpx2.AsyncClient, issue_token: IssueToken, role: str
    ) -> None:
        """A row's role may still be refused for its own reason, by another code."""
        wrong = {}
        for operation in service.operations:
            token = issue_token(grants=[(role, uuid4())], person=uuid4(), client=role in CLIENT_ROLES)
            answer = await ask(stranger, operation, token)
            is_closed = answer.status_code == 403 and answer.json()["code"] == "forbidden"
            if is_closed is service.is_open_to(operation, role) or answer.status_code in {401, *range(500, 600)}:
                wrong[str(operation)] = answer.status_code

        assert wrong == {}
