"""What an operator sees when something is missing or wrong: one sentence and a code, or a red health check in time."""

import datetime as dt
import json
import re
import ssl
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from docker.models.containers import Container

from deploy.operator.composed import ASK
from hosting.refusals import UNUSABLE
from tests.deployment.house import House, free_port, until

pytestmark = [pytest.mark.deployment, pytest.mark.usefixtures("watchers")]
SHOWS_WITHIN = 20.0
START_EDGE = ("up", "-d", "--wait", "--no-build", "--no-deps", "edge")
WRONG = "postgresql+psycopg://registry_owner:wrong@postgres/registry"
NOWHERE = "postgresql+psycopg://registry_app@127.0.0.1:1/registry"
STRANGER = "postgresql+psycopg://registry_app:wrong@postgres/registry"
FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"
TWO_HOURS_AHEAD = {"FAKETIME": "+2h", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}

FILL = """
import asyncio, os, pathlib
from attachments import Store, StorageFullError
PDF = b"%PDF-1.4\\n1 0 obj<<>>endobj\\nxref\\n0 1\\ntrailer<<>>\\nstartxref\\n9\\n%%EOF\\n"
async def fill():
    store = Store(pathlib.Path("/full"), b"k" * 32)
    await store.put(PDF + bytes(600_000) + PDF, "a.pdf")
    print("kept")
    try:
        await store.put(PDF + bytes(700_000) + PDF, "b.pdf")
    except StorageFullError as error:
        print(type(error).__name__)
asyncio.run(fill())
print(sum(path.is_file() for path in pathlib.Path("/full").rglob("*")), flush=True)
os._exit(0)  # the store's own threads are still at work; how an interpreter unloads them is not asked here
"""


class TestSecret:
    @pytest.mark.parametrize(
        ("service", "setting", "sentence"),
        [
            ("registry", "REGISTRY_CLIENT_SECRET_FILE", "读不到密钥文件 /run/keys/none"),
            ("registry", "REGISTRY_DATA_KEYS_FILE", "读不到密钥文件 none"),
            ("registry", "REGISTRY_SIGNING_KEYS_DIR", "/run/keys/none 中没有签名密钥"),
            ("scoring", "SCORING_ATTACHMENTS_KEY_FILE", "读不到密钥文件 /run/keys/none"),
            ("training-worker", "TRAINING_CLIENT_SECRET_FILE", "读不到密钥文件 /run/keys/none"),
            ("gateway", "GATEWAY_CLIENT_SECRET_FILE", "读不到密钥文件 /run/keys/none"),
        ],
    )
    def test_missing_is_named_in_one_sentence(self, house: House, service: str, setting: str, sentence: str) -> None:
        container = house.container(service)
        command = ["python", "-m", *container.attrs["Config"]["Cmd"]]
        code, said = container.exec_run(command, environment={setting: "/run/keys/none"})

        assert code == UNUSABLE
        assert sentence in said.decode()

    def test_wrong_stops_a_migration(self, house: House) -> None:
        answer = house.run("migrate-registry", options=("-e", f"REGISTRY_OWNER_DATABASE_URL={WRONG}"))

        assert answer.returncode == UNUSABLE
        assert "password authentication failed" in answer.stderr

    def test_lost_beside_a_filled_database_is_not_replaced(self, house: House) -> None:
        command = ["registry", "install-keys", "/tmp/keys", "--cluster", "/var/lib/liangxin/database/cluster"]  # noqa: S108 - inside the container

        answer = house.run("keys", *command)

        assert answer.returncode == UNUSABLE
        assert "先从备份恢复密钥" in answer.stderr


@pytest.fixture(scope="module")
def odd(house: House) -> Iterator[dict[str, Container]]:
    """Containers of which something is wrong, started together."""
    ahead = [part for key, value in TWO_HOURS_AHEAD.items() for part in ("-e", f"{key}={value}")]
    ahead += ["-v", f"{FAKETIME}:/faketime.so:ro", "-e", "LD_PRELOAD=/faketime.so"]
    wrong = {
        "nowhere": ("registry", ["-e", f"REGISTRY_DATABASE_URL={NOWHERE}"]),
        "stranger": ("registry", ["-e", f"REGISTRY_DATABASE_URL={STRANGER}"]),
        "registry": ("registry", ahead),
        "gateway": ("gateway", ahead),
    }
    started = {}
    for what, (service, options) in wrong.items():
        name = f"odd-{what}-{uuid4().hex[:8]}"
        house.compose(
            "run", "-d", "--no-deps", "--name", name, *options, service, START_PERIOD="4s", PROBE_INTERVAL="1s"
        )
        started[what] = house.docker.containers.get(name)
    yield started
    for container in started.values():
        container.remove(force=True)


def health(container: Container) -> str:
    container.reload()
    return str(container.attrs["State"]["Health"]["Status"])


class TestService:
    @pytest.mark.parametrize("what", ["nowhere", "stranger"])
    def test_that_never_becomes_ready_shows_it(self, odd: dict[str, Container], what: str) -> None:
        """There is no database, or it does not take the password."""
        until(lambda: health(odd[what]) == "unhealthy", SHOWS_WITHIN)


class TestClock:
    @pytest.mark.parametrize(("service", "port"), [("registry", 8101), ("gateway", 8000)])
    def test_that_is_wrong_turns_red_and_says_by_how_much(
        self, house: House, odd: dict[str, Container], service: str, port: int
    ) -> None:
        def says() -> str:
            code, output = odd[service].exec_run(["python", "-c", ASK, str(port), "/readyz"])
            return "" if code else str(json.loads(output)["checks"]["clock"])

        until(lambda: health(odd[service]) == "unhealthy", SHOWS_WITHIN)
        until(lambda: re.fullmatch(r"differs by (719\d|720\d) s", says()) is not None, SHOWS_WITHIN)
        assert house.readiness(service, port) == "200"

    def test_of_this_machine_is_found_by_the_doctor(self, house: House) -> None:
        code, found = house.operator("doctor", LD_PRELOAD=FAKETIME, **TWO_HOURS_AHEAD)

        wrong = {one["check"]: one["detail"] for one in found["findings"] if one["level"] == "failed"}
        assert code == 1
        assert wrong["时钟:数据库与本机"].startswith(("相差 7199", "相差 7200"))


class GivenCertificate:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.chmod(0o755)

    def write(self, *, days: int) -> None:
        """Self-signed for localhost, valid until so many days from now."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        now = dt.datetime.now(dt.UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=90))
            .not_valid_after(now + dt.timedelta(days=days))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256())
        )
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        (self.folder / "edge.key").write_bytes(pem)
        (self.folder / "edge.crt").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


@pytest.fixture
def given(tmp_path: Path) -> GivenCertificate:
    return GivenCertificate(tmp_path)


class Edge:
    """A second gateway beside the first."""

    def __init__(self, house: House, tls: str, certificates: Path) -> None:
        self.port, name = free_port(), f"edge-{uuid4().hex[:8]}"
        options = ["--no-deps", "--name", name, "--publish", f"127.0.0.1:{self.port}:8443"]
        house.compose(
            "run",
            "-d",
            *options,
            "edge",
            EDGE_TLS=tls,
            CERTIFICATES=str(certificates),
            START_PERIOD="4s",
            PROBE_INTERVAL="1s",
        )
        self.container = house.docker.containers.get(name)

    def get(self, scheme: str, trusted: Path | None = None) -> int:
        verify = ssl.create_default_context(cafile=str(trusted)) if trusted else ssl.create_default_context()
        url = f"{scheme}://localhost:{self.port}/health"
        return httpx2.get(url, verify=verify, timeout=10, trust_env=False).status_code


@pytest.fixture
def edges(house: House) -> Iterator[list[Edge]]:
    opened: list[Edge] = []
    yield opened
    for edge in opened:
        edge.container.remove(force=True)


class TestCertificate:
    @pytest.mark.parametrize(("tls", "sentence"), [("given", "读不到证书文件 edge.crt"), ("both", "EDGE_TLS 只能是")])
    def test_missing_stops_the_edge(self, house: House, tls: str, sentence: str) -> None:
        answer = house.run("edge", options=("-e", f"EDGE_TLS={tls}"))

        assert answer.returncode == UNUSABLE
        assert sentence in answer.stderr

    def test_expired_turns_the_edge_red_until_a_new_one_is_there(
        self, house: House, edges: list[Edge], given: GivenCertificate
    ) -> None:
        given.write(days=-1)
        edge = Edge(house, "given", given.folder)
        edges.append(edge)

        until(lambda: health(edge.container) == "unhealthy", SHOWS_WITHIN)
        assert "证书已过期" in edge.container.attrs["State"]["Health"]["Log"][-1]["Output"]
        with pytest.raises(httpx2.ConnectError, match="expired"):
            edge.get("https", given.folder / "edge.crt")

        given.write(days=30)
        edge.container.restart()
        until(lambda: health(edge.container) == "healthy", SHOWS_WITHIN)
        assert edge.get("https", given.folder / "edge.crt") == 200


class TestStart:
    def test_that_fails_is_no_success_and_says_why(self, house: House, given: GivenCertificate) -> None:
        refused = house.compose(*START_EDGE, refused=True, EDGE_TLS="both")

        assert refused.returncode != 0
        assert "EDGE_TLS 只能是" in house.compose("logs", "edge").stdout

        given.write(days=10)
        house.compose(*START_EDGE, EDGE_TLS="given", CERTIFICATES=str(given.folder))
        _, found = house.operator("doctor")
        assert [one["detail"] for one in found["findings"] if one["check"] == "入口证书"] == ["还有 10 天"]
        house.compose(*START_EDGE)


class TestFullDisk:
    def test_for_files_is_told_and_leaves_no_half_of_one(self, house: House) -> None:
        image = house.container("scoring").image
        output = house.docker.containers.run(
            image, ["-c", FILL], entrypoint="python", remove=True, network_mode="none",
            tmpfs={"/full": "size=1m,uid=10001,gid=10001"},
        )  # fmt: skip

        assert output.decode().split() == ["kept", "StorageFullError", "1"]


class TestPlainHttp:
    def test_is_spoken_by_explicit_choice_only(self, house: House, edges: list[Edge], given: GivenCertificate) -> None:
        edge = Edge(house, "none", given.folder)
        edges.append(edge)

        until(lambda: health(edge.container) == "healthy", SHOWS_WITHIN)

        assert edge.get("http") == 200
