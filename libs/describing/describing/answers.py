"""The one shape of every refusal (RFC 9457), and where an application declares it."""

from typing import Any

from pydantic import Field
from pydantic.json_schema import models_json_schema

from kit import problems
from kit.edge import Schema


class FieldErrorRead(Schema):
    pointer: str = Field(title="位置", examples=["/body/occurred_on"])
    message: str = Field(title="问题")


class ProblemRead(Schema):
    """RFC 9457 error answer."""

    type: str = Field(title="类型", examples=["urn:liangxin:problem:not-found"])
    title: str = Field(title="英文标题", examples=["Not found"])
    status: int = Field(title="状态码", examples=[404])
    code: str = Field(
        title="代码", description="稳定不变,供程序判断;接口可能的代码见其 x-problem-codes,含义见 components.x-problems"
    )
    detail: str = Field(title="说明", examples=["没有找到,或不在您的管理范围内"])
    errors: list[FieldErrorRead] | None = Field(default=None, title="逐项说明")


PROBLEM = {"content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemRead"}}}}
RESPONSES: dict[int | str, dict[str, Any]] = {
    "4XX": {"description": "请求有误或不被允许,见 code 与 detail", **PROBLEM},
    "5XX": {"description": "服务暂不可用", **PROBLEM},
}
# Given once a document: a model named with every route would cost each of them two validators.
SHAPES: dict[str, Any] = models_json_schema(
    [(ProblemRead, "serialization")], ref_template="#/components/schemas/{model}"
)[1]["$defs"]
