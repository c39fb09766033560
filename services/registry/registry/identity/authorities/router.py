from kit.access import CurrentActor
from kit.database import Db
from kit.domains import Domain
from kit.routing import plain_router
from registry.identity.authorities import service
from registry.identity.authorities.consumers import consumer
from registry.identity.authorities.schemas import OwnAccountRead

router = plain_router("/api/v1/registry/accounts", ["账号"])


@router.get("/me", summary="我的账号、身份和角色", response_model=OwnAccountRead)
async def read_own_account(db: Db, actor: CurrentActor) -> OwnAccountRead:
    return await service.describe_own_account(db, actor=actor)


DOMAIN = Domain(routers=[router], consumers=[consumer])
