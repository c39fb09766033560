"""What a stranger's request costs the service that refuses it: little, whatever is sent."""

import socket
import time
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from kit.permissions import PUBLIC
from tests.contracts.conftest import MakeService
from tests.support.applications import SERVICES, Operation, Service
from tests.support.databases import MakeDatabase
from tests.support.processes import ServiceProcess, serving

MOST_CPU_SECONDS, MOST_MEMORY_KIB = 0.1, 20 * 1024
TRIES = 3
KIB, MIB = 1024, 1024 * 1024
PATIENCE_SECONDS = 30.0
PART = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'


class Shape(NamedTuple):
    """Written piece by piece, a pause of seconds after each."""

    content: bytes
    kind: str = "application/json"
    is_announced: bool = True
    piece: int = 64 * 1024
    pause: float = 0.0

    @property
    def pieces(self) -> Iterator[bytes]:
        for start in range(0, len(self.content), self.piece):
            part = self.content[start : start + self.piece]
            yield part if self.is_announced else b"%x\r\n%s\r\n" % (len(part), part)


def wide(size: int) -> bytes:
    fields = ",".join(f'"k{number:07}":1' for number in range(size // 13))
    return b"{" + fields.encode() + b"}"


def wide_below(size: int) -> bytes:
    """Many objects of ten fields nobody knows, where a list of known ones is expected."""
    line = b"{" + b",".join(b'"k%d":1' % number for number in range(10)) + b"}"
    return b'{"choices":[' + b",".join([line] * (size // len(line + b",") - 1)) + b"]}"


def deep(opening: bytes, size: int) -> bytes:
    return opening * (size // len(opening))


def numbers(size: int) -> bytes:
    return b'{"username":[' + b",".join([b"9" * 4000] * (size // 4001)) + b"]}"


# The sizes lie on both sides of what is let in: 64 KiB, and 256 KiB for a vote.
SHAPES = {
    "wide, 31 MiB": Shape(wide(31 * MIB)),
    "wide, 4 MiB, in a stream": Shape(wide(4 * MIB), is_announced=False),
    "wide, as much as a vote may be": Shape(wide(255 * KIB)),
    "wide, as much as is let in": Shape(wide(63 * KIB)),
    "wide below, as much as a vote may be": Shape(wide_below(255 * KIB)),
    "wide below, as much as is let in": Shape(wide_below(63 * KIB)),
    "a long text": Shape(b'{"username":"' + b"\\u4e2d" * (10 * KIB) + b'"}'),
    "deep lists": Shape(deep(b"[", 63 * KIB)),
    "deep objects": Shape(deep(b'{"choices":', 255 * KIB)),
    "long numbers": Shape(numbers(60 * KIB)),
    "a form of many fields": Shape(deep(b"a&", 63 * KIB), "application/x-www-form-urlencoded"),
    "a form of many parts": Shape(deep(PART, 63 * KIB), "multipart/form-data; boundary=x"),
    "slow": Shape(wide(KIB), is_announced=False, piece=20, pause=0.01),
}


def request_head(operation: Operation, shape: Shape) -> bytes:
    length = f"Content-Length: {len(shape.content)}" if shape.is_announced else "Transfer-Encoding: chunked"
    line = f"{operation.method.upper()} {operation.address()} HTTP/1.1"
    return f"{line}\r\nHost: service\r\nContent-Type: {shape.kind}\r\nConnection: close\r\n{length}\r\n\r\n".encode()


def ask(process: ServiceProcess, operation: Operation, shape: Shape) -> int:
    """The status; the rest is not sent when the service has closed the connection."""
    with socket.create_connection(("127.0.0.1", process.port), PATIENCE_SECONDS) as connection:
        try:
            connection.sendall(request_head(operation, shape))
            for piece in shape.pieces:
                connection.sendall(piece)
                time.sleep(shape.pause)
            connection.sendall(b"" if shape.is_announced else b"0\r\n\r\n")
        except (BrokenPipeError, ConnectionResetError):
            pass
        try:
            return int(connection.recv(64 * KIB).split(b" ", 2)[1])
        except (ConnectionResetError, IndexError):
            return 0


def cost(process: ServiceProcess, operation: Operation, shape: Shape) -> tuple[int, float, int]:
    """Status, processor seconds and KiB above what the process held before."""
    process.forget_peak()
    memory, cpu = process.memory_kib("VmRSS"), process.cpu_seconds()
    status = ask(process, operation, shape)
    return status, process.cpu_seconds() - cpu, process.memory_kib("VmHWM") - memory


@pytest.fixture(scope="module", params=[name for name in SERVICES if name != "training"])
def attacked(
    request: pytest.FixtureRequest,
    make_service: MakeService,
    make_shared_database: MakeDatabase,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Service, ServiceProcess]]:
    """Training has no public operation."""
    name: str = request.param
    with serving(name, make_shared_database(name), tmp_path_factory.mktemp(name)) as process:
        yield make_service(name), process


def public_operations(service: Service) -> list[Operation]:
    return [one for one in service.operations if PUBLIC in service.rules[one.name].roles]


class TestStranger:
    @pytest.mark.parametrize("shape", SHAPES)
    def test_costs_a_tenth_of_a_second_and_twenty_mebibytes_at_most(
        self, attacked: tuple[Service, ServiceProcess], shape: str
    ) -> None:
        """The least of three tries is what the request itself costs: beats of the process fall into some of them."""
        service, process = attacked
        found = {}
        for operation in public_operations(service):
            tries = [cost(process, operation, SHAPES[shape]) for _ in range(TRIES)]
            statuses = {status for status, _, _ in tries}
            cpu, memory = min(one for _, one, _ in tries), min(one for _, _, one in tries)
            if cpu > MOST_CPU_SECONDS or memory > MOST_MEMORY_KIB or any(status >= 500 for status in statuses):
                found[operation.name] = (statuses, cpu, memory)

        assert found == {}
