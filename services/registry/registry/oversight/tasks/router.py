from typing import Annotated

from fastapi import Depends, Response

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.paging import Page
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.listing import query_of
from registry.oversight.tasks import service
from registry.oversight.tasks.schemas import TaskListing, TaskRead

router = business_router("/api/v1/registry/tasks", ["待办事项"])
Wanted = Annotated[TaskListing, Depends(query_of(TaskListing))]


@router.get("", summary="待办事项:谁、何时之前、办什么")
async def list_tasks(wanted: Wanted, db: Db, actor: CurrentActor, today: Today) -> Page[TaskRead]:
    return await service.page(db, actor, wanted, today=today)


@router.get("/export", summary="导出待办事项", response_class=Response, responses=FILE_ANSWER)
async def export_tasks(wanted: Wanted, to: ExportTo, today: Today) -> Response:
    return await service.export(wanted, to, today=today)


DOMAIN = Domain(routers=[router])
