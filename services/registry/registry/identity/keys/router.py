from typing import Annotated, Any

from fastapi import Depends, Request

from kit.routing import plain_router
from registry.identity.keys.schemas import KeySetRead
from registry.identity.keys.signing import SigningKeys

router = plain_router("/api/v1/registry/jwks", ["登录与令牌"])


async def _signing_keys(request: Request) -> SigningKeys:
    keys: SigningKeys = request.app.state.signing_keys
    return keys


SigningKeysOfApp = Annotated[SigningKeys, Depends(_signing_keys)]


@router.get("", summary="验证访问令牌用的公钥", response_model=KeySetRead)
async def read_public_keys(keys: SigningKeysOfApp) -> dict[str, Any]:
    return keys.public()
