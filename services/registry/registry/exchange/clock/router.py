from kit.access import CurrentActor
from kit.database import Db
from kit.domains import Domain
from kit.routing import plain_router
from registry.exchange.clock import service
from registry.exchange.clock.schemas import ClockRead, ClockSet
from registry.settings import SettingsOfApp

router = plain_router("/api/v1/registry/clock", ["业务时间"])


@router.get("", summary="读取业务时间", response_model=ClockRead)
async def read_clock(db: Db, settings: SettingsOfApp) -> ClockRead:
    return await service.read_clock(db, settings=settings)


@router.put("", summary="拨动业务时间(仅演示环境)", response_model=ClockRead)
async def move_clock(db: Db, actor: CurrentActor, settings: SettingsOfApp, body: ClockSet) -> ClockRead:
    return await service.move_clock(db, body.now, actor=actor, settings=settings)


DOMAIN = Domain(routers=[router])
