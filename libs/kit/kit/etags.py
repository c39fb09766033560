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


async def read_if_match(if_match: Annotated[str | None, Header(description="读取时返回的 ETag")] = None) -> int:
    if if_match is None:
        raise problems.PreconditionRequired
    return _version_in(if_match)


async def _if_match_or_none(
    if_match: Annotated[str | None, Header(description="读取时返回的 ETag,新建时不填")] = None,
) -> int | None:
    return None if if_match is None else _version_in(if_match)


def _version_in(if_match: str) -> int:
    found = WEAK_OR_STRONG.match(if_match.strip())
    if found is None:
        raise MalformedIfMatch
    return int(found[1])


IfMatch = Annotated[int, Depends(read_if_match)]
IfMatchUnlessNew = Annotated[int | None, Depends(_if_match_or_none)]


def check_version(row: HasVersion, expected: int) -> None:
    if row.version != expected:
        raise problems.PreconditionFailed


def check_version_unless_new(row: HasVersion | None, expected: int | None) -> None:
    """What a PUT writes at its address: nothing is there and no version named, or exactly the version named."""
    if row is not None and expected is None:
        raise problems.PreconditionRequired
    if (row.version if row else None) != expected:
        raise problems.PreconditionFailed
