"""`python -m deploy.bench.generator < job.json`: keep-alive connections that ask as fast as they are answered.

Raw bytes on asyncio: the generator shares the machine with what it measures, so it has to cost next to nothing.
"""

import asyncio
import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from uuid import uuid4

import uvloop

from deploy.launcher.layout import HOST

KEY = "{idempotency-key}"
HEAD_END, LENGTH = b"\r\n\r\n", b"\r\ncontent-length: "
WARM_UP_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Job:
    """`requests` are complete HTTP/1.1 requests, dealt out to the connections; `rate` a second in all, 0 = no limit."""

    port: int
    requests: Sequence[str]
    connections: int
    seconds: float
    rate: float = 0.0


@dataclass(slots=True)
class Outcome:
    per_second: float = 0.0
    p50_ms: float = 0.0
    p99_ms: float = 0.0
    cpu_share: float = 0.0
    statuses: dict[str, int] = field(default_factory=dict)

    @property
    def failed(self) -> int:
        return sum(number for status, number in self.statuses.items() if not status.startswith("2"))


def measure(job: Job) -> Outcome:
    """In a process of its own."""
    answer = subprocess.run(
        [sys.executable, "-m", "deploy.bench.generator"],
        input=json.dumps(asdict(job)), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return Outcome(**json.loads(answer.stdout))


class Connection(asyncio.Protocol):
    """One request at a time; its answer is read to the announced length and dropped."""

    def __init__(self, requests: Sequence[bytes], pause: float, record: "Record") -> None:
        self._requests = requests
        self._next = 0
        self._pause = pause
        self._due = 0.0
        self._asked_at = 0.0
        self._record = record
        self._received = bytearray()
        self._loop = asyncio.get_running_loop()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # a TCP connection has no other
        self._transport = transport
        self._due = self._loop.time()
        self._ask()

    def _ask(self) -> None:
        if self._transport.is_closing():
            return
        request = self._requests[self._next % len(self._requests)]
        self._next += 1
        if KEY.encode() in request:
            request = request.replace(KEY.encode(), uuid4().hex.encode())
        self._asked_at = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._received += data
        end = self._received.find(HEAD_END)
        if end < 0:
            return
        at = self._received.lower().find(LENGTH, 0, end + 2) + len(LENGTH)
        length = int(self._received[at : self._received.find(b"\r\n", at)])
        if len(self._received) < end + len(HEAD_END) + length:
            return
        self._record.add(self._received[9:12].decode("ascii"), time.perf_counter(), self._asked_at)
        self._received.clear()
        self._go_on()

    def _go_on(self) -> None:
        if not self._pause:
            self._ask()
            return
        self._due = max(self._due + self._pause, self._loop.time())
        self._loop.call_at(self._due, self._ask)

    def connection_lost(self, _: Exception | None) -> None:
        self._record.lost += not self._record.is_over


class Record:
    """What was answered after the warm-up."""

    def __init__(self, begins_at: float) -> None:
        self._begins_at = begins_at
        self.is_over = False
        self.lost = 0
        self.milliseconds: list[float] = []
        self.statuses: dict[str, int] = {}

    def add(self, status: str, now: float, asked_at: float) -> None:
        if now < self._begins_at or self.is_over:
            return
        self.milliseconds.append((now - asked_at) * 1000)
        self.statuses[status] = self.statuses.get(status, 0) + 1


async def run(job: Job) -> Outcome:
    loop = asyncio.get_running_loop()
    warm_up = job.seconds * WARM_UP_SHARE
    record = Record(time.perf_counter() + warm_up)
    requests = [request.encode() for request in job.requests]
    pause = job.connections / job.rate if job.rate else 0.0
    transports = []
    for number in range(job.connections):
        own = requests[number :: job.connections]
        transport, _ = await loop.create_connection(partial(Connection, own, pause, record), HOST, job.port)
        transports.append(transport)
        await asyncio.sleep(pause / job.connections)
    await asyncio.sleep(max(0.0, warm_up - pause))
    cpu, started = _cpu_seconds(), time.monotonic()
    await asyncio.sleep(job.seconds)
    record.is_over = True
    elapsed, used = time.monotonic() - started, _cpu_seconds() - cpu
    for transport in transports:
        transport.abort()
    return _outcome(record, elapsed, used)


def _cpu_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _outcome(record: Record, elapsed: float, used: float) -> Outcome:
    taken = sorted(record.milliseconds) or [0.0]
    statuses = record.statuses | ({"lost": record.lost} if record.lost else {})
    return Outcome(
        per_second=len(record.milliseconds) / elapsed,
        p50_ms=taken[len(taken) // 2],
        p99_ms=taken[min(len(taken) - 1, int(len(taken) * 0.99))],
        cpu_share=used / elapsed,
        statuses=statuses,
    )


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(uvloop.run(run(Job(**json.load(sys.stdin)))))))
