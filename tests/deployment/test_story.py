"""One installation from its first start to its last, with the bad luck of years in between."""

import json
from collections.abc import AsyncIterator
from ipaddress import ip_address
from uuid import uuid4

import httpx2
import pytest

from tests.deployment.house import House, until
from tests.deployment.people import Administrator, first_administrator
from tests.support.branches import DIVISION, NAME, Branch
from tests.support.writers import assert_kept, writing

pytestmark = [pytest.mark.deployment, pytest.mark.anyio]
SERVICES = ("registry", "scoring", "training", "gateway", "edge")
WORKERS = ("registry-worker", "scoring-worker", "training-worker")
VICTIMS = (*WORKERS, *SERVICES, "postgres")
BETWEEN_KILLS = 2


@pytest.fixture
async def http(house: House) -> AsyncIterator[httpx2.AsyncClient]:
    async with house.http() as client:
        yield client


@pytest.fixture
async def administrator(house: House, http: httpx2.AsyncClient) -> Administrator:
    return await first_administrator(house, http)


class TestFirstStart:
    def test_finished_the_migration_that_was_killed(self, house: House) -> None:
        head = house.sql("scoring", "SELECT version_num FROM alembic_version")

        assert "" < house.interrupted_at < head
        assert house.container("migrate-scoring").attrs["State"]["ExitCode"] == 0

    def test_publishes_the_edge_alone(self, house: House) -> None:
        published = {name for name in (*SERVICES, *WORKERS, "postgres") if house.container(name).ports}
        bindings = house.container("edge").ports["8443/tcp"]

        assert published == {"edge"}
        assert {one["HostIp"] for one in bindings} == {"127.0.0.1"}

    def test_runs_everything_without_root_and_capabilities(self, house: House) -> None:
        for name in (*SERVICES, *WORKERS, "postgres", "keys", "databases", "migrate-registry"):
            attributes = house.container(name).attrs
            host = attributes["HostConfig"]
            assert attributes["Config"]["User"] == "10001:10001", name
            assert (host["ReadonlyRootfs"], host["CapDrop"], host["CapAdd"]) == (True, ["ALL"], None), name
            assert "no-new-privileges:true" in host["SecurityOpt"], name
            assert host["Memory"] > 0, name
            assert host["PidsLimit"] > 0, name

    def test_lets_no_secret_into_a_log(self, house: House) -> None:
        secrets = house.container("postgres").exec_run(["sh", "-c", "cat /run/keys/*-password"]).output.decode()
        logs = house.compose("logs", "--no-color").stdout

        assert len(secrets) > 200
        assert not any(secrets[at : at + 43] in logs for at in range(0, len(secrets), 43))


class TestDoor:
    async def test_answers_a_stranger_with_a_refusal(self, http: httpx2.AsyncClient) -> None:
        assert (await http.get("/api/v1/registry/overview")).status_code == 401

    @pytest.mark.parametrize("path", ["/internal/v1/events", "/metrics"])
    async def test_hides_what_is_internal(self, http: httpx2.AsyncClient, path: str) -> None:
        assert (await http.get(path)).status_code == 404

    async def test_shows_a_certificate_of_its_own_authority(self, http: httpx2.AsyncClient) -> None:
        answer = await http.get("/health")

        assert answer.json()["status"] == "ok"
        assert "strict-transport-security" in answer.headers

    @pytest.mark.parametrize("parts", ["none", "obs"])
    @pytest.mark.parametrize("tls", ["own", "none"])
    def test_is_configured_without_a_mistake(self, house: House, tls: str, parts: str) -> None:
        said = house.docker.containers.run(
            house.container("edge").image,
            ["validate", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"],
            entrypoint="caddy",
            environment={"EDGE_TLS": tls, "EDGE_PARTS": parts, "EDGE_NAME": "localhost"},
            network_mode="none",
            remove=True,
            stderr=True,
        )

        assert b"Valid configuration" in said

    async def test_notes_where_a_request_came_from_and_nothing_secret(
        self, house: House, http: httpx2.AsyncClient
    ) -> None:
        """Nor who voted when."""
        secret, ballot = f"canary{uuid4().hex}", uuid4()
        path = f"/api/v1/registry/bootstrap/{secret}?q={secret}"
        answer = await http.post(path, headers={"Authorization": f"Bearer {secret}"}, json={"password": secret})
        await http.post(f"/api/v1/scoring/ballots/{ballot}/votes", json={})

        noted = house.container("edge").logs().decode()

        lines = [json.loads(line) for line in noted.splitlines() if answer.headers["x-request-id"] in line]
        request = lines[0]["request"]
        assert (request["method"], request["uri"]) == ("POST", "/api/v1/registry/bootstrap/-")
        assert (lines[0]["status"], bool(ip_address(request["remote_ip"]))) == (answer.status_code, True)
        assert secret not in noted
        assert str(ballot) not in noted


class TestAcknowledged:
    def test_is_there_once_after_everything_was_killed(self, house: House, branch: Branch) -> None:
        """Meetings become points by events, so training, scoring and their workers are in it."""
        with writing(branch) as writer:
            for victim in VICTIMS:
                so_far = len(writer.claims)
                house.wait(lambda so_far=so_far: len(writer.claims) >= so_far + BETWEEN_KILLS)  # type: ignore[misc] # bound now
                house.crash(victim)
            house.wait(lambda: len(writer.claims) >= BETWEEN_KILLS * (len(VICTIMS) + 1))

        assert_kept(branch, writer)
        assert house.operator("verify-ledger")[0] == 0


class TestDatabase:
    def test_killed_comes_back_and_the_services_with_it(self, house: House) -> None:
        house.crash("postgres")

        until(lambda: all(house.health(name) == "healthy" for name in ("postgres", *SERVICES)), 60)

    def test_that_is_away_makes_unready_and_nothing_ends(self, house: House) -> None:
        starts = {name: house.container(name).attrs["State"]["StartedAt"] for name in WORKERS}
        house.compose("stop", "postgres")
        for name in ("registry", "scoring", "gateway"):
            house.crash(name)
        until(lambda: house.health("training") == "unhealthy", 60)

        until(lambda: house.readiness("registry", 8101) == "503", 30)
        house.compose("start", "postgres")
        until(lambda: house.readiness("registry", 8101) == "200", 30)
        until(lambda: all(house.health(name) == "healthy" for name in SERVICES), 60)
        assert {name: house.container(name).attrs["State"]["StartedAt"] for name in WORKERS} == starts


class TestScaling:
    async def test_doubles_gateway_and_scoring_and_bears_the_loss_of_one(
        self, house: House, http: httpx2.AsyncClient
    ) -> None:
        house.up("--no-deps", "--scale", "gateway=2", "--scale", "scoring=2", "gateway", "scoring")
        assert {name: len(house.containers(name)) for name in ("gateway", "scoring")} == {"gateway": 2, "scoring": 2}

        house.containers("gateway")[0].stop()
        answers = [(await http.get("/api/v1/scoring/overview")).status_code for _ in range(30)]

        assert set(answers) == {401}


class TestLogs:
    def test_name_nobody(self, house: House, branch: Branch) -> None:  # noqa: ARG002 - it was written about
        """Also the database's, of all that was written and killed."""
        logs = house.compose("logs", "--no-color").stdout

        assert "scoring-worker-1" in logs
        assert NAME not in logs
        assert f"{DIVISION}1985" not in logs


class TestRestart:
    async def test_keeps_keys_people_and_what_they_wrote(self, house: House, administrator: Administrator) -> None:
        await administrator.organization("重启前的区委", "district_committee")
        authority = house.authority()
        house.compose("down", "--timeout", "10")

        house.up()

        assert house.authority() == authority
        async with house.http() as client:
            administrator.http = client
            await administrator.sign_in()
        assert house.sql("registry", "SELECT name FROM party_organizations WHERE name LIKE '重启前%'") == "重启前的区委"
        assert house.operator("verify-ledger")[0] == 0
