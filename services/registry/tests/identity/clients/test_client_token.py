import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.anyio
URL = "/api/v1/registry/tokens"
GOOD = {"grant_type": "client_credentials", "client_id": "scoring", "client_secret": "s3cret"}


@pytest.fixture
async def registry(open_registry: Any, tmp_path: Path) -> Any:
    file = tmp_path / "clients.json"
    file.write_text(json.dumps({"scoring": hashlib.sha256(b"s3cret").hexdigest()}))
    async with open_registry(service_clients_file=file) as opened:
        yield opened


class TestClientToken:
    @pytest.mark.parametrize(
        "change", [{"client_secret": "wrong"}, {"client_id": "stranger"}, {"client_id": "", "client_secret": "x"}]
    )
    async def test_is_refused_with_wrong_credentials(self, registry: Any, change: dict[str, str]) -> None:
        answer = await registry.http.post(URL, data=GOOD | change)

        assert answer.status_code in (400, 401)

    @pytest.mark.parametrize(
        ("content", "kind"),
        [
            (b"", "application/x-www-form-urlencoded"),
            (b"grant_type=password&client_id=scoring&client_secret=s3cret", "application/x-www-form-urlencoded"),
            (b"grant_type=client_credentials&client_id=scoring", "application/x-www-form-urlencoded"),
            (
                b"grant_type=client_credentials&client_id=a&client_id=scoring&client_secret=s3cret",
                "application/x-www-form-urlencoded",
            ),
            (b"\xff\xfe", "application/x-www-form-urlencoded"),
            (b"client_id=%ff&client_secret=%00&grant_type=client_credentials", "application/x-www-form-urlencoded"),
            (b"a=1&" * 900, "application/x-www-form-urlencoded"),
            (b"a" * 5000, "application/x-www-form-urlencoded"),
            (json.dumps(GOOD).encode(), "application/json"),
        ],
    )
    async def test_is_refused_when_malformed(self, registry: Any, content: bytes, kind: str) -> None:
        answer = await registry.http.post(URL, content=content, headers={"Content-Type": kind})

        assert 400 <= answer.status_code < 500

    async def test_opens_what_only_siblings_may(self, registry: Any) -> None:
        token = (await registry.http.post(URL, data=GOOD)).json()
        headers = {"Authorization": f"Bearer {token['access_token']}"}

        internal = await registry.http.get("/internal/v1/revocations", headers=headers)
        personal = await registry.http.get("/api/v1/registry/accounts/me", headers=headers)

        assert (token["token_type"], token["expires_in"]) == ("Bearer", 600)
        assert (internal.status_code, personal.status_code) == (200, 403)

    async def test_is_recorded_without_the_secret(self, registry: Any) -> None:
        await registry.http.post(URL, data=GOOD)
        await registry.http.post(URL, data=GOOD | {"client_secret": "canary"})

        assert registry.events("registry.client_token.opened.v1") == [{"client_id": "scoring"}]
        assert registry.events("registry.client_token.refused.v1") == [{"client_id": None}]
