from typing import Annotated
from uuid import UUID

from fastapi import Query, status

from kit.access import CurrentActor
from kit.database import Db
from kit.edge import Text
from kit.paging import Page, PageOf, paginate
from kit.routing import plain_router
from registry.identity.accounts import queries, service
from registry.identity.accounts.models import Account
from registry.identity.accounts.passwords import PasswordsOfApp
from registry.identity.accounts.schemas import (
    AccountOpen,
    AccountOpened,
    AccountRead,
    PasswordChange,
    PasswordResetRead,
)
from registry.identity.addresses import ClientAddress
from registry.identity.transactions import Transactions
from registry.settings import SettingsOfApp

router = plain_router("/api/v1/registry/accounts", ["账号"])


@router.get("", summary="账号列表", response_model=Page[AccountRead])
async def list_accounts(
    db: Db,
    actor: CurrentActor,
    page: PageOf,
    username: Annotated[Text | None, Query(description="用户名,完全匹配")] = None,
    member_id: Annotated[UUID | None, Query(description="党员")] = None,
) -> object:
    query = queries.visible_to(actor).order_by(Account.username, Account.id)
    if username is not None:
        query = query.where(Account.username == username.lower())
    if member_id is not None:
        query = query.where(Account.member_id == member_id)
    return await paginate(db, query, page)


@router.post("", summary="开设账号", status_code=status.HTTP_201_CREATED, response_model=AccountOpened)
async def open_account(db: Db, actor: CurrentActor, settings: SettingsOfApp, opening: AccountOpen) -> AccountOpened:
    """答复中的激活码只出现这一次,本人凭它在 `/bootstrap/{token}` 设置口令。"""
    opened = await service.open_account(db, opening, actor=actor, settings=settings)
    return AccountOpened(
        **AccountRead.model_validate(opened.account).model_dump(),
        activation_token=opened.link.token,
        activation_expires_at=opened.link.expires_at,
    )


@router.put("/me/password", summary="修改自己的口令", status_code=status.HTTP_204_NO_CONTENT)
async def change_password(
    transactions: Transactions,
    actor: CurrentActor,
    address: ClientAddress,
    passwords: PasswordsOfApp,
    settings: SettingsOfApp,
    change: PasswordChange,
) -> None:
    await service.change_password(
        transactions,
        actor=actor,
        current=change.current_password.get_secret_value(),
        new=change.new_password.get_secret_value(),
        address=address,
        passwords=passwords,
        settings=settings,
    )


@router.post(
    "/{account_id}/password-resets",
    summary="重置口令",
    status_code=status.HTTP_201_CREATED,
    response_model=PasswordResetRead,
)
async def reset_password(db: Db, actor: CurrentActor, settings: SettingsOfApp, account_id: UUID) -> PasswordResetRead:
    """原口令立即失效,所有登录随之结束。"""
    link = await service.reset_password(db, account_id, actor=actor, settings=settings)
    return PasswordResetRead(activation_token=link.token, activation_expires_at=link.expires_at)


@router.post("/{account_id}/unlocks", summary="解除锁定", response_model=AccountRead)
async def unlock_account(db: Db, actor: CurrentActor, account_id: UUID) -> Account:
    return await service.unlock(db, account_id, actor=actor)
