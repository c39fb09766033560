from typing import Annotated

from fastapi import Path, status

from kit.domains import Domain
from kit.routing import plain_router
from registry.identity.accounts.models import Account
from registry.identity.accounts.passwords import PasswordsOfApp
from registry.identity.bootstrap import service
from registry.identity.bootstrap.schemas import ActivationRead, ActivationUse
from registry.identity.transactions import Transactions
from registry.settings import SettingsOfApp

router = plain_router("/api/v1/registry/bootstrap", ["账号"])


@router.post(
    "/{token}", summary="凭一次性激活码设置口令", status_code=status.HTTP_201_CREATED, response_model=ActivationRead
)
async def activate_account(
    transactions: Transactions,
    passwords: PasswordsOfApp,
    settings: SettingsOfApp,
    token: Annotated[str, Path(max_length=200, title="激活码")],
    body: ActivationUse,
) -> ActivationRead:
    account: Account = await service.activate(transactions, token, body, passwords=passwords, settings=settings)
    return ActivationRead(account_id=account.id, username=account.username)


DOMAIN = Domain(routers=[router])
