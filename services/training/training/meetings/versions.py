"""If-Match where it may be left out: a first writing."""

from typing import Annotated

from fastapi import Depends, Header

from kit.etags import WEAK_OR_STRONG, MalformedIfMatch


async def _given_version(
    if_match: Annotated[str | None, Header(description="读取所得的 ETag,修改已有内容时须带")] = None,
) -> int | None:
    if if_match is None:
        return None
    found = WEAK_OR_STRONG.match(if_match.strip())
    if found is None:
        raise MalformedIfMatch
    return int(found[1])


GivenVersion = Annotated[int | None, Depends(_given_version)]
