"""Everything the gateway itself answers when it does not pass a request on."""

from kit import problems


class MalformedPath(problems.BadRequest):
    code = "malformed-path"
    detail = "请求地址含有不允许的写法"


class MalformedHeaders(problems.BadRequest):
    code = "malformed-headers"
    detail = "请求头格式不正确或有重复"


class UnknownHost(problems.Problem):
    status_code = 421
    code = "unknown-host"
    detail = "请用本系统公布的网址访问"


class UnknownAddress(problems.NotFound):
    code = "unknown-address"
    detail = "没有这个地址"


class InvalidToken(problems.Unauthenticated):
    code = "invalid-token"
    detail = "登录凭证无效或已过期,请重新登录"


class BodyTooSlow(problems.Problem):
    status_code = 408
    code = "request-timeout"
    detail = "请求内容发送过慢,连接已关闭"


class RateLimited(problems.TooManyRequests):
    code = "rate-limited"


class GatewayBusy(problems.Unavailable):
    code = "gateway-busy"
    detail = "访问人数较多,请稍后重试"


class ServiceBusy(problems.Unavailable):
    code = "service-busy"
    detail = "该项服务正忙,请稍后重试"


class ServiceSuspended(problems.Unavailable):
    code = "service-suspended"
    detail = "该项服务暂时无法使用,正在自动恢复,请稍后重试"


class UnderMaintenance(problems.Unavailable):
    code = "under-maintenance"
    detail = "系统正在维护,暂时只能查看,不能登录和提交{until}"

    def __init__(self, *, retry_after: int, until: str = "") -> None:
        super().__init__(retry_after=retry_after, until=until or ",请稍后再试")


class KeysUnknown(problems.Unavailable):
    code = "keys-unknown"
    detail = "暂时无法核对登录凭证,请稍后重试"


class ServiceUnreachable(problems.Problem):
    status_code = 502
    code = "service-unreachable"
    detail = "该项服务暂时连接不上,请稍后重试"

    def __init__(self, *, retry_after: int = 2) -> None:
        super().__init__(headers={"Retry-After": str(retry_after)})


class ServiceAnswerBroken(ServiceUnreachable):
    code = "service-answer-broken"
    detail = "该项服务的应答不完整,请稍后重试"


class ServiceTimedOut(problems.Problem):
    status_code = 504
    code = "service-timeout"
    detail = "该项服务应答超时,请稍后重试"

    def __init__(self, *, retry_after: int = 5) -> None:
        super().__init__(headers={"Retry-After": str(retry_after)})


def everywhere() -> frozenset[type[problems.Problem]]:
    """Whatever is asked, the gateway may refuse it like this."""
    own = {kind for kind in globals().values() if isinstance(kind, type) and issubclass(kind, problems.Problem)}
    return frozenset(own | {problems.MethodNotAllowed, problems.TooLarge, problems.NotFound, problems.Problem})


class CallerGone(Exception):  # noqa: N818 # not an error of ours: nobody is left to answer
    """The caller closed the connection before the request was complete."""
