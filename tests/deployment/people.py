"""The first administrator of an installation, from the one-time token to the first organisations."""

import asyncio
from uuid import uuid4

import httpx2

from demo.passwords import new_password
from tests.deployment.house import House

REGISTRY = "/api/v1/registry"
CREATED = 201
PATIENCE = 90.0


class Administrator:
    def __init__(self, http: httpx2.AsyncClient, username: str, password: str) -> None:
        self.http, self._username, self._password = http, username, password
        self.token = ""

    @property
    def signed(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def sign_in(self) -> None:
        login = {"username": self._username, "password": self._password}
        answer = await self.http.post(f"{REGISTRY}/logins", json=login)
        answer.raise_for_status()
        self.token = answer.json()["access_token"]

    async def organization(self, name: str, kind: str, parent_id: str | None = None) -> httpx2.Response:
        body = {"name": name, "kind": kind, "parent_id": parent_id, "founded_on": "2020-01-01"}
        if parent_id is None:
            body["division"] = "990101"
        headers = self.signed | {"Idempotency-Key": uuid4().hex}
        return await self._until_created(body, headers)

    async def _until_created(self, body: dict[str, str | None], headers: dict[str, str]) -> httpx2.Response:
        """The same request again, under the same key, until it is acknowledged."""
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    answer = await self.http.post(f"{REGISTRY}/organizations", json=body, headers=headers)
                    if answer.status_code == CREATED:
                        return answer
                    assert answer.status_code in {401, 429, 502, 503, 504}, answer.text
                except httpx2.TransportError:
                    pass
                await asyncio.sleep(0.2)

    async def overview(self) -> httpx2.Response:
        return await self.http.get(f"{REGISTRY}/overview", headers=self.signed)


async def first_administrator(house: House, http: httpx2.AsyncClient) -> Administrator:
    token = house.bootstrap_token("system_administrator")
    username, password = f"admin{uuid4().hex[:8]}", new_password()
    answer = await http.post(f"{REGISTRY}/bootstrap/{token}", json={"username": username, "password": password})
    assert answer.status_code == CREATED, answer.text
    again = await http.post(f"{REGISTRY}/bootstrap/{token}", json={"username": username, "password": password})
    assert again.json()["code"] == "activation-link-invalid"
    administrator = Administrator(http, username, password)
    await administrator.sign_in()
    return administrator
