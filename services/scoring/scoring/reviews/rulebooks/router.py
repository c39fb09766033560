from uuid import UUID

from kit.access import CurrentActor
from kit.database import Db
from kit.domains import Domain
from kit.routing import business_router
from scoring.reviews.rulebooks import service
from scoring.reviews.rulebooks.schemas import RulebookRead

router = business_router(prefix="/api/v1/scoring/cycles", tags=["评议年度"])


@router.get("/{cycle_id}/rulebook", summary="评分规则全文(照此可以自行复算)")
async def read_rulebook(cycle_id: UUID, db: Db, actor: CurrentActor) -> RulebookRead:
    return await service.rulebook(db, cycle_id, actor=actor)


DOMAIN = Domain(routers=[router])
