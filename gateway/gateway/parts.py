"""Asking the services for the parts of one composed answer, at the same time and within one deadline."""

import asyncio
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from gateway.headers import Pairs
from gateway.refusals import InvalidToken, ServiceAnswerBroken, ServiceTimedOut
from gateway.upstreams import Upstream, Upstreams, named_failures
from kit.edge import Schema
from kit.problems import Forbidden, NotFound, Problem

BY_STATUS: dict[int, type[Problem]] = {401: InvalidToken, 403: Forbidden, 404: NotFound}
OK = 200


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    service: str
    target: str


class MissingPart(Schema):
    part: str = Field(title="缺少的部分")
    service: str = Field(title="所属服务")
    reason: str = Field(title="原因代码", examples=["service-timeout"])
    detail: str = Field(title="原因说明")


@dataclass(frozen=True, slots=True)
class Gathered:
    found: dict[str, Any]
    missing: list[MissingPart]


class PartFailed(Problem):
    status_code = 502
    code = "service-failed"
    detail = "该项服务处理失败,请稍后重试"


async def gather(parts: list[Part], upstreams: Upstreams, headers: Pairs, *, seconds: float) -> Gathered:
    """What could be had in time, and why the rest could not; only a refused token refuses the whole."""
    deadline = asyncio.get_running_loop().time() + seconds
    answers = await asyncio.gather(
        *(ask(upstreams[part.service], part.target, headers, deadline=deadline) for part in parts)
    )
    found: dict[str, Any] = {}
    missing: list[MissingPart] = []
    for part, answer in zip(parts, answers, strict=True):
        if isinstance(answer, InvalidToken):
            raise answer
        if isinstance(answer, Problem):
            missing.append(
                MissingPart(part=part.name, service=part.service, reason=type(answer).code, detail=answer.detail)
            )
        else:
            found[part.name] = answer
    return Gathered(found, missing)


async def ask(upstream: Upstream, target: str, headers: Pairs, *, deadline: float) -> Any:
    """The service's JSON, or the problem that kept us from it, as a value."""
    try:
        with upstream.turn():
            return await _ask(upstream, target, headers, deadline)
    except Problem as problem:
        return problem


async def _ask(upstream: Upstream, target: str, headers: Pairs, deadline: float) -> Any:
    try:
        async with asyncio.timeout_at(deadline), upstream.answer("GET", target, headers) as response:
            if response.status != OK:
                raise BY_STATUS.get(response.status, PartFailed)
            with named_failures():
                content = await response.json()
            if not isinstance(content, dict):
                raise ServiceAnswerBroken
            return content
    except TimeoutError as error:
        raise ServiceTimedOut from error
    except ValueError as error:
        raise ServiceAnswerBroken from error
