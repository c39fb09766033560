from typing import Annotated, NamedTuple
from urllib.parse import parse_qs

from fastapi import Depends, Request

from kit import problems
from kit.domains import Domain
from kit.routing import plain_router
from registry.identity.clients import service
from registry.identity.clients.schemas import ClientTokenRead
from registry.identity.keys.router import SigningKeysOfApp
from registry.identity.transactions import Transactions
from registry.settings import SettingsOfApp

FORM_TYPE = "application/x-www-form-urlencoded"
LARGEST_FORM = 4096
MOST_FIELDS = 10
FORM_SCHEMA = {
    "requestBody": {
        "required": True,
        "content": {
            FORM_TYPE: {
                "schema": {
                    "type": "object",
                    "required": ["grant_type", "client_id", "client_secret"],
                    "properties": {
                        "grant_type": {
                            "type": "string",
                            "enum": ["client_credentials"],
                            "title": "授权方式",
                            "x-enum-labels": {"client_credentials": "客户端凭证"},
                        },
                        "client_id": {"type": "string", "maxLength": 100, "title": "客户端编号"},
                        "client_secret": {"type": "string", "maxLength": 200, "title": "客户端密钥"},
                    },
                }
            }
        },
    }
}

router = plain_router("/api/v1/registry/tokens", ["登录与令牌"])


class TokenRequestInvalid(problems.BadRequest):
    code = "invalid-token-request"
    detail = "须以表单提交 grant_type=client_credentials、client_id 和 client_secret 各一个"


class Credentials(NamedTuple):
    grant_type: str
    client_id: str
    client_secret: str


async def _credentials(request: Request) -> Credentials:
    """RFC 6749 §4.4 as a form; each field exactly once."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM_TYPE:
        raise TokenRequestInvalid
    body = await request.body()
    if len(body) > LARGEST_FORM:
        raise problems.TooLarge
    try:
        fields = parse_qs(body.decode("ascii"), strict_parsing=True, max_num_fields=MOST_FIELDS, errors="strict")
        (grant_type,), (client_id,), (client_secret,) = (fields[name] for name in Credentials._fields)
    except (ValueError, KeyError) as error:
        raise TokenRequestInvalid from error
    if grant_type != "client_credentials":
        raise TokenRequestInvalid
    return Credentials(grant_type, client_id, client_secret)


async def _clients(request: Request) -> service.ServiceClients:
    clients: service.ServiceClients = request.app.state.service_clients
    return clients


@router.post("", summary="以客户端凭据换取访问令牌", response_model=ClientTokenRead, openapi_extra=FORM_SCHEMA)
async def open_client_token(
    transactions: Transactions,
    credentials: Annotated[Credentials, Depends(_credentials)],
    clients: Annotated[service.ServiceClients, Depends(_clients)],
    keys: SigningKeysOfApp,
    settings: SettingsOfApp,
) -> ClientTokenRead:
    token, seconds = await service.open_token(
        transactions,
        client_id=credentials.client_id,
        client_secret=credentials.client_secret,
        clients=clients,
        keys=keys,
        settings=settings,
    )
    return ClientTokenRead(access_token=token, expires_in=seconds)


DOMAIN = Domain(routers=[router])
