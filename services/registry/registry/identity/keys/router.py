from typing import Annotated

from fastapi import Depends, FastAPI, Request

from kit.domains import Domain
from kit.routing import plain_router
from registry.identity.keys.schemas import KeySetRead
from registry.identity.keys.signing import SigningKeys

router = plain_router("/api/v1/registry/jwks", ["登录与令牌"])


def trust_own_keys(app: FastAPI) -> None:
    """Without a signing key the service must not start; a verifier that tests bring knows its keys already."""
    keys: SigningKeys = app.state.signing_keys
    if keys.key_set and not app.state.verifier.keys.keys:
        app.state.verifier.replace_keys(keys.key_set)


async def _signing_keys(request: Request) -> SigningKeys:
    keys: SigningKeys = request.app.state.signing_keys
    return keys


SigningKeysOfApp = Annotated[SigningKeys, Depends(_signing_keys)]


@router.get("", summary="验证访问令牌用的公钥")
async def read_public_keys(keys: SigningKeysOfApp) -> KeySetRead:
    return KeySetRead.model_validate(keys.public())


DOMAIN = Domain(routers=[router], prepare=trust_own_keys)
