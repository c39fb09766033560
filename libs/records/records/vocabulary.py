"""Every value a service knows with its Chinese name, for whoever builds a form; who has it already is told so."""

import re
from collections.abc import Iterable
from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Header, Response, status
from pydantic import Field

from kit.edge import LabelledEnum, Schema
from kit.routing import plain_router

WORD_START = re.compile(r"(?<!^)(?=[A-Z])")


class Term(Schema):
    value: str = Field(title="值")
    label: str = Field(title="名称")


class VocabularyRead(Schema):
    terms: dict[str, list[Term]] = Field(title="词汇", description="按类别列出接口里的取值及其中文名称")


def vocabulary_of(kinds: Iterable[type[LabelledEnum]]) -> VocabularyRead:
    """Keyed by the enum's name in snake case; its values in the order of their definition."""
    return VocabularyRead(
        terms={
            WORD_START.sub("_", kind.__name__).lower(): [Term(value=one.value, label=one.label) for one in kind]
            for kind in kinds
        }
    )


def vocabulary_router(service: str, kinds: Iterable[type[LabelledEnum]]) -> APIRouter:
    router = plain_router(f"/api/v1/{service}/vocabulary", ["词汇"])
    content = vocabulary_of(kinds).model_dump_json()
    headers = {"ETag": f'"{sha256(content.encode()).hexdigest()}"', "Cache-Control": "private, no-cache"}
    tagged = {"ETag": {"description": "内容的版本,再读时放入 If-None-Match", "schema": {"type": "string"}}}

    @router.get(
        "",
        summary="各类取值及其中文名称",
        response_model=VocabularyRead,
        responses={200: {"headers": tagged}, 304: {"description": "与手中的版本相同,没有内容"}},
    )
    async def read_vocabulary(
        if_none_match: Annotated[str, Header(max_length=1000, description="手中版本的 ETag")] = "",
    ) -> Response:
        if headers["ETag"] in if_none_match:
            return Response(status_code=status.HTTP_304_NOT_MODIFIED, headers=headers)
        return Response(content, media_type="application/json", headers=headers)

    return router
