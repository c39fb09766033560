from typing import ClassVar

from records.events import Payload


class ClientTokenOpened(Payload, title="服务取得令牌"):
    type: ClassVar[str] = "registry.client_token.opened.v1"
    client_id: str


class ClientTokenRefused(Payload, title="服务取令牌被拒绝"):
    type: ClassVar[str] = "registry.client_token.refused.v1"
    client_id: None
