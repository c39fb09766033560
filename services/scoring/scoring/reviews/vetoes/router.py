from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.routing import business_router
from scoring.reviews.reviews.standing import enter
from scoring.reviews.vetoes import schemas, service
from scoring.reviews.vetoes.models import Veto

router = business_router(prefix="/api/v1/scoring/vetoes", tags=["一票否决"])


@router.post("", summary="登记一票否决(上级党组织)", response_model=schemas.VetoRead, status_code=201)
async def record_veto(db: Db, actor: CurrentActor, given: schemas.VetoRecord, today: Today) -> Veto:
    return await service.record(db, given, today=today, actor=actor)


@router.get("", summary="一票否决列表", response_model=schemas.VetoList)
async def list_vetoes(db: Db, actor: CurrentActor, review_id: UUID) -> dict[str, Sequence[Veto]]:
    await enter(db, actor, review_id)
    query = select(Veto).where(Veto.review_id == review_id).order_by(Veto.id)
    return {"items": (await db.scalars(query)).all()}


@router.post("/{veto_id}/lifting", summary="解除一票否决", response_model=schemas.VetoRead)
async def lift_veto(db: Db, actor: CurrentActor, veto_id: UUID, given: schemas.VetoLifting, today: Today) -> Veto:
    return await service.lift(db, veto_id, given.reason, today=today, actor=actor)
