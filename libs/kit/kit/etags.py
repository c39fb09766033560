"""Optimistic writes over HTTP: ETag out, If-Match in."""

import re
from typing import Annotated, Protocol

from fastapi import Depends, Header, Response

from kit import problems

WEAK_OR_STRONG = re.compile(r'^(?:W/)?"([1-9][0-9]{0,9})"$')


class HasVersion(Protocol):
    @property
    def version(self) -> int: ...


class MalformedIfMatch(problems.BadRequest):
    code = "malformed-if-match"
    detail = '版本格式应为读取时返回的 ETag,例如 "3"'


def etag_of(version: int) -> str:
    return f'"{version}"'


def tag(response: Response, row: HasVersion) -> None:
    response.headers["ETag"] = etag_of(row.version)


async def _if_match(if_match: Annotated[str | None, Header(description="读取时返回的 ETag")] = None) -> int:
    if if_match is None:
        raise problems.PreconditionRequired
    found = WEAK_OR_STRONG.match(if_match.strip())
    if found is None:
        raise MalformedIfMatch
    return int(found[1])


IfMatch = Annotated[int, Depends(_if_match)]


def check_version(row: HasVersion, expected: int) -> None:
    if row.version != expected:
        raise problems.PreconditionFailed
