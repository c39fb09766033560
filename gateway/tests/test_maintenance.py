import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

pytestmark = pytest.mark.anyio


@pytest.fixture
def flag(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("gateway.maintenance.LOOK_SECONDS", 0.0)
    return tmp_path / "maintenance"


def put(flag: Path, content: bytes = b"") -> None:
    flag.write_bytes(content)


def remove(flag: Path) -> None:
    flag.unlink()


class TestMaintenance:
    @pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
    async def test_refuses_every_write_until_the_file_is_gone(self, open_gateway, flag: Path, method: str) -> None:
        async with open_gateway(maintenance_file=flag) as gateway:
            put(flag, (datetime.now(UTC) + timedelta(minutes=30)).isoformat().encode())
            refused = await gateway.client.request(method, "/api/v1/scoring/claims")
            remove(flag)
            passed = await gateway.client.request(method, "/api/v1/scoring/claims")

            assert refused.status_code == 503
            assert refused.json()["code"] == "under-maintenance"
            assert "预计" in refused.json()["detail"]
            assert 1700 <= int(refused.headers["retry-after"]) <= 1800
            assert passed.status_code == 200
            assert len(gateway.scoring.seen) == 1

    async def test_lets_everybody_read(self, open_gateway, flag: Path) -> None:
        put(flag)
        async with open_gateway(maintenance_file=flag) as gateway:
            for path in ("/api/v1/scoring/claims", "/health", "/livez"):
                assert (await gateway.client.get(path)).status_code == 200

    @pytest.mark.parametrize("content", ["", "soon", "\udcff", "2020-01-01T00:00:00+08:00"])
    async def test_holds_whatever_the_file_says(self, open_gateway, flag: Path, content: str) -> None:
        put(flag, content.encode("utf-8", "surrogateescape"))
        async with open_gateway(maintenance_file=flag) as gateway:
            refused = await gateway.client.post("/api/v1/registry/logins")

            assert refused.status_code == 503
            assert int(refused.headers["retry-after"]) >= 10

    async def test_is_noticed_within_a_second(self, open_gateway, tmp_path: Path) -> None:
        """The default pace: a running gateway needs no restart."""
        flag = tmp_path / "flag"
        async with open_gateway(maintenance_file=flag) as gateway:
            assert (await gateway.client.post("/api/v1/scoring/claims")).status_code == 200
            put(flag)
            await asyncio.sleep(1.05)
            assert (await gateway.client.post("/api/v1/scoring/claims")).status_code == 503
