from kit.clock import Today
from kit.database import Db
from kit.paging import Page, PageOf, paginate
from kit.routing import business_router
from training.actors import Caller
from training.make_ups import queries, service
from training.make_ups.models import MakeUp
from training.make_ups.queries import MakeUpFilters
from training.make_ups.schemas import MakeUpRead, MakeUpRecord

router = business_router("/api/v1/training", ["补课"])


@router.get("/make-ups", summary="查询应补课和已补课")
async def list_make_ups(db: Db, actor: Caller, today: Today, wanted: MakeUpFilters, page: PageOf) -> Page[MakeUpRead]:
    query = queries.filtered(queries.visible_to(actor), wanted, today)
    found = await paginate(db, query.order_by(MakeUp.due_on, MakeUp.id), page)
    return Page(items=[service.as_read(gap, today) for gap in found.items], next=found.next)


@router.post("/make-ups", summary="登记补课", status_code=201)
async def record_make_up(body: MakeUpRecord, db: Db, actor: Caller, today: Today) -> MakeUpRead:
    return service.as_read(await service.record_make_up(db, body, actor=actor, today=today), today)
