from typing import Annotated

from fastapi import Depends, Response

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.paging import Page
from kit.routing import plain_router
from records.files import FILE_ANSWER, ExportTo
from records.listing import query_of
from registry.identity.accounts.schemas import AccountId
from registry.identity.authorities import accesses, readings, service
from registry.identity.authorities.accesses import AccessListing, AccessRead
from registry.identity.authorities.readings import ReadingListing, ReadingRead
from registry.identity.authorities.schemas import AccountRolesRead, OwnAccountRead

router = plain_router("/api/v1/registry/accounts", ["账号"])

Wanted = Annotated[ReadingListing, Depends(query_of(ReadingListing))]
WantedAccess = Annotated[AccessListing, Depends(query_of(AccessListing))]


@router.get("/me", summary="我的账号、身份和角色", response_model=OwnAccountRead)
async def read_own_account(db: Db, actor: CurrentActor) -> OwnAccountRead:
    return await service.describe_own_account(db, actor=actor)


@router.get("/me/disclosures", summary="谁查看或导出过我的个人信息")
async def list_own_disclosures(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[ReadingRead]:
    return await readings.page(db, wanted, actor=actor)


@router.get("/me/disclosures/export", summary="导出谁查看过我的信息", response_class=Response, responses=FILE_ANSWER)
async def export_own_disclosures(wanted: Wanted, to: ExportTo) -> Response:
    return await readings.export(wanted, to)


@router.get("/me/accesses", summary="谁能查看我的个人信息(凭哪项职务或授权)")
async def list_own_accesses(wanted: WantedAccess, db: Db, actor: CurrentActor, today: Today) -> Page[AccessRead]:
    return await accesses.page(db, wanted, actor=actor, today=today)


@router.get("/me/accesses/export", summary="导出谁能查看我的信息", response_class=Response, responses=FILE_ANSWER)
async def export_own_accesses(wanted: WantedAccess, to: ExportTo, today: Today) -> Response:
    return await accesses.export(wanted, to, today=today)


@router.get("/{account_id}/roles", summary="账号的角色及其由来(哪项职务、授权或身份)")
async def read_account_roles(account_id: AccountId, db: Db, actor: CurrentActor) -> AccountRolesRead:
    return await service.describe_roles(db, account_id, actor=actor)
