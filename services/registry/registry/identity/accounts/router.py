from typing import Annotated

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import plain_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from registry.identity.accounts import models, service
from registry.identity.accounts.passwords import PasswordsOfApp
from registry.identity.accounts.schemas import (
    AccountDecision,
    AccountId,
    AccountListing,
    AccountOpen,
    AccountOpened,
    AccountRead,
    PasswordChange,
    PasswordResetRead,
)
from registry.identity.accounts.service import ACCOUNTS, CONSTRAINT_ERRORS
from registry.identity.addresses import ClientAddress
from registry.identity.transactions import Transactions
from registry.settings import SettingsOfApp

router = plain_router("/api/v1/registry/accounts", ["账号"])
Wanted = Annotated[AccountListing, Depends(query_of(AccountListing))]


@router.get("", summary="账号列表")
async def list_accounts(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[AccountRead]:
    return await ACCOUNTS.page(db, actor, wanted)


@router.get("/export", summary="导出账号", response_class=Response, responses=FILE_ANSWER)
async def export_accounts(wanted: Wanted, to: ExportTo) -> Response:
    return await ACCOUNTS.export(wanted, to)


@router.post("", summary="开设账号", status_code=status.HTTP_201_CREATED)
async def open_account(
    body: AccountOpen, db: Db, actor: CurrentActor, settings: SettingsOfApp, response: Response
) -> AccountOpened:
    """答复中的激活码只出现这一次,本人凭它在 `/bootstrap/{token}` 设置口令。"""
    opened = await service.open_account(db, body, actor=actor, settings=settings)
    account = await ACCOUNTS.answer(db, opened.account, response)
    return AccountOpened(
        **dict(account), activation_token=opened.link.token, activation_expires_at=opened.link.expires_at
    )


@router.put("/me/password", summary="修改自己的口令", status_code=status.HTTP_204_NO_CONTENT)
async def change_password(
    transactions: Transactions,
    actor: CurrentActor,
    address: ClientAddress,
    passwords: PasswordsOfApp,
    settings: SettingsOfApp,
    body: PasswordChange,
) -> None:
    await service.change_password(
        transactions,
        actor=actor,
        current=body.current_password.get_secret_value(),
        new=body.new_password.get_secret_value(),
        address=address,
        passwords=passwords,
        settings=settings,
    )


@router.get("/{account_id}", summary="账号详情")
async def read_account(account_id: AccountId, db: Db, actor: CurrentActor, response: Response) -> AccountRead:
    return await ACCOUNTS.show(db, actor, account_id, response)


@router.post("/{account_id}/password-resets", summary="重置口令", status_code=status.HTTP_201_CREATED)
async def reset_password(
    account_id: AccountId, db: Db, actor: CurrentActor, settings: SettingsOfApp
) -> PasswordResetRead:
    """原口令立即失效,所有登录随之结束。"""
    link = await service.reset_password(db, account_id, actor=actor, settings=settings)
    return PasswordResetRead(activation_token=link.token, activation_expires_at=link.expires_at)


@router.post("/{account_id}/unlocks", summary="解除锁定")
async def unlock_account(account_id: AccountId, db: Db, actor: CurrentActor, response: Response) -> AccountRead:
    return await ACCOUNTS.answer(db, await service.unlock(db, account_id, actor=actor), response)


@router.post("/{account_id}/disabling", summary="停用账号", status_code=status.HTTP_201_CREATED)
async def disable_account(
    account_id: AccountId, body: AccountDecision, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> AccountRead:
    """不能再登录和续期,所有登录在 5 秒内失效。"""
    account = await service.disable(db, account_id, body.reason, actor=actor, if_match=if_match)
    return await ACCOUNTS.answer(db, account, response)


@router.post("/{account_id}/enabling", summary="恢复账号", status_code=status.HTTP_201_CREATED)
async def enable_account(
    account_id: AccountId, body: AccountDecision, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> AccountRead:
    """口令不变,须重新登录。"""
    account = await service.enable(db, account_id, body.reason, actor=actor, if_match=if_match)
    return await ACCOUNTS.answer(db, account, response)


@router.get("/{account_id}/history", summary="账号的变更历史")
async def read_account_history(account_id: AccountId, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await ACCOUNTS.history(db, actor, account_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
