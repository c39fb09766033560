"""Errors as RFC 9457 problem details: a stable English code and a Chinese sentence, never the caller's input."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

MEDIA_TYPE = "application/problem+json"
MAX_REPORTED_FIELDS = 50
NAME = re.compile(r"[A-Za-z_\-]{1,60}[0-9]?|[0-9]{1,5}")


class FieldError(NamedTuple):
    pointer: str
    message: str


class Problem(Exception):  # noqa: N818 - it is the answer itself, named as RFC 9457 names it
    """Subclass next to the cause; `code` and `detail` are class attributes, `detail` is a format string."""

    status_code: ClassVar[int] = 500
    code: ClassVar[str] = "internal-error"
    detail: ClassVar[str] = "系统内部错误,请稍后重试;若仍出现,请把请求编号告诉管理员"

    def __init__(
        self, *, fields: Sequence[FieldError] = (), headers: Mapping[str, str] | None = None, **values: object
    ) -> None:
        super().__init__(self.code)
        self.sentence = self.detail.format(**values) if values else self.detail
        self.fields = list(fields)
        self.headers = dict(headers or {})

    def body(self) -> dict[str, Any]:
        problem: dict[str, Any] = {
            "type": f"urn:liangxin:problem:{self.code}",
            "title": self.code.replace("-", " ").capitalize(),
            "status": self.status_code,
            "code": self.code,
            "detail": self.sentence,
        }
        if self.fields:
            problem["errors"] = [field._asdict() for field in self.fields]
        return problem

    def response(self) -> Response:
        return JSONResponse(self.body(), self.status_code, self.headers, media_type=MEDIA_TYPE)


class BadRequest(Problem):
    status_code = 400
    code = "bad-request"
    detail = "请求格式不正确,请检查后重试"


class Unauthenticated(Problem):
    status_code = 401
    code = "unauthenticated"
    detail = "请先登录"

    def __init__(self) -> None:
        super().__init__(headers={"WWW-Authenticate": "Bearer"})


class Forbidden(Problem):
    status_code = 403
    code = "forbidden"
    detail = "您的身份不能进行这项操作"


class NotFound(Problem):
    status_code = 404
    code = "not-found"
    detail = "没有找到,或不在您的管理范围内"


class MethodNotAllowed(Problem):
    status_code = 405
    code = "method-not-allowed"
    detail = "此地址不支持这种请求方法"


class Conflict(Problem):
    status_code = 409
    code = "conflict"
    detail = "与现有数据冲突,请刷新后重试"


class PreconditionFailed(Problem):
    status_code = 412
    code = "stale-version"
    detail = "内容已被他人修改,请刷新后再提交"


class TooLarge(Problem):
    status_code = 413
    code = "too-large"
    detail = "上传的内容过大,请压缩或分批提交"


class Unprocessable(Problem):
    status_code = 422
    code = "invalid-input"
    detail = "填写的内容不符合要求,请按字段提示修改"


class PreconditionRequired(Problem):
    status_code = 428
    code = "precondition-required"
    detail = "修改前须带上所见版本(If-Match),请先读取再提交"


class TooManyRequests(Problem):
    status_code = 429
    code = "too-many-requests"
    detail = "操作过于频繁,请稍后再试"

    def __init__(self, *, retry_after: int = 1, **values: Any) -> None:
        super().__init__(headers={"Retry-After": str(retry_after)}, **values)


class Unavailable(Problem):
    status_code = 503
    code = "unavailable"
    detail = "服务暂时繁忙,请稍后重试"

    def __init__(self, *, retry_after: int = 2, **values: Any) -> None:
        super().__init__(headers={"Retry-After": str(retry_after)}, **values)


BY_STATUS: dict[int, type[Problem]] = {
    kind.status_code: kind
    for kind in (BadRequest, Unauthenticated, Forbidden, NotFound, MethodNotAllowed, Conflict, TooLarge, Unprocessable)
}
INSTANT = "时间须写到时区,例如 2026-01-31T09:00:00+08:00"
MESSAGES = {
    "missing": "必填",
    "extra_forbidden": "不认识的字段,请删去",
    "json_invalid": "不是有效的 JSON",
    "string_too_short": "内容过短",
    "string_too_long": "内容过长",
    "string_pattern_mismatch": "格式不符",
    "enum": "不在可选范围内",
    "literal_error": "不在可选范围内",
    "finite_number": "必须是有限的数",
    "greater_than_equal": "小于允许的最小值",
    "less_than_equal": "大于允许的最大值",
    "date_from_datetime_parsing": "日期格式应为 2026-01-31",
    "timezone_aware": INSTANT,
    "datetime_parsing": INSTANT,
    "datetime_from_date_parsing": INSTANT,
    "datetime_object_invalid": INSTANT,
    "uuid_parsing": "编号格式不正确",
}


def pointer(location: Sequence[object]) -> str:
    """An unknown field's name is input too: unless it reads like a name, it does not travel back."""
    return "/" + "/".join(part if NAME.fullmatch(part) else "?" for part in map(str, location))


def from_validation(error: RequestValidationError) -> Problem:
    """Field locations and Chinese messages only: input values never travel back."""
    found = error.errors()[:MAX_REPORTED_FIELDS]
    if any(item["type"] == "json_invalid" for item in found):
        return BadRequest(fields=[FieldError("/body", MESSAGES["json_invalid"])])
    return Unprocessable(fields=list(dict.fromkeys(FieldError(pointer(item["loc"]), _message(item)) for item in found)))


def _message(item: Mapping[str, Any]) -> str:
    if item["type"] == "value_error" and not (reason := str(item.get("ctx", {}).get("error", ""))).isascii():
        return reason
    if not (sentence := str(item["msg"])).isascii():
        return sentence
    return MESSAGES.get(item["type"], "内容不符合要求")


def install(app: FastAPI) -> None:
    async def on_problem(_: Request, error: Exception) -> Response:
        if not isinstance(error, Problem):
            raise error
        return error.response()

    async def on_validation(_: Request, error: Exception) -> Response:
        if not isinstance(error, RequestValidationError):
            raise error
        return from_validation(error).response()

    async def on_http(_: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return BY_STATUS.get(status, BadRequest)().response()

    app.add_exception_handler(Problem, on_problem)
    app.add_exception_handler(RequestValidationError, on_validation)
    app.add_exception_handler(HTTPException, on_http)
