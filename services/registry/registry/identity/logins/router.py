from typing import Annotated

from fastapi import Depends, status

from kit.access import CurrentActor
from kit.database import Db
from kit.domains import Domain
from kit.routing import plain_router
from registry.identity.accounts.passwords import PasswordsOfApp
from registry.identity.addresses import ClientAddress
from registry.identity.keys.router import SigningKeysOfApp
from registry.identity.logins import service
from registry.identity.logins.schemas import LoginOpen, LoginRead, LoginRefresh
from registry.identity.transactions import Transactions
from registry.settings import SettingsOfApp

router = plain_router("/api/v1/registry/logins", ["登录与令牌"])


async def _issuing(keys: SigningKeysOfApp, settings: SettingsOfApp) -> service.Issuing:
    return service.Issuing(keys, settings)


IssuingOfApp = Annotated[service.Issuing, Depends(_issuing)]


@router.post("", summary="登录", status_code=status.HTTP_201_CREATED, response_model=LoginRead)
async def open_login(
    transactions: Transactions,
    address: ClientAddress,
    passwords: PasswordsOfApp,
    issuing: IssuingOfApp,
    body: LoginOpen,
) -> LoginRead:
    return await service.open_login(
        transactions,
        username=body.username,
        password=body.password.get_secret_value(),
        address=address,
        passwords=passwords,
        issuing=issuing,
    )


@router.post("/refresh", summary="刷新访问令牌", response_model=LoginRead)
async def refresh_login(transactions: Transactions, issuing: IssuingOfApp, body: LoginRefresh) -> LoginRead:
    token = body.refresh_token.get_secret_value()
    return await service.refresh_login(transactions, refresh_token=token, issuing=issuing)


@router.delete("/current", summary="退出登录", status_code=status.HTTP_204_NO_CONTENT)
async def close_login(db: Db, actor: CurrentActor) -> None:
    await service.close_login(db, actor=actor)


DOMAIN = Domain(routers=[router])
