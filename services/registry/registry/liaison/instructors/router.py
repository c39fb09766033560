from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.edge import BusinessDate
from kit.paging import Page, PageOf, paginate
from kit.routing import business_router
from registry.liaison.instructors import queries, service
from registry.liaison.instructors.schemas import (
    InstructorAssignmentCreate,
    InstructorAssignmentEnd,
    InstructorAssignmentRead,
    InstructorCreate,
    InstructorRead,
)
from registry.seals import CurrentSeals
from registry.tree.organizations.schemas import SearchText
from registry.tree.posts.kinds import AppointmentSource

router = business_router("/api/v1/registry", ["党建指导员"])
AsOf = Annotated[BusinessDate | None, Query(description="该日在任")]


async def _filter(
    *,
    organization_id: UUID | None = None,
    source: AppointmentSource | None = None,
    as_of: AsOf = None,
    q: SearchText | None = None,
) -> queries.InstructorFilter:
    return queries.InstructorFilter(organization_id=organization_id, source=source, as_of=as_of, q=q)


Wanted = Annotated[queries.InstructorFilter, Depends(_filter)]


@router.get("/instructors", summary="党建指导员列表")
async def list_instructors(
    db: Db, actor: CurrentActor, seals: CurrentSeals, page: PageOf, wanted: Wanted
) -> Page[InstructorRead]:
    found = await paginate(db, queries.listed_for(actor, wanted), page)
    return Page(items=[service.describe(row, seals) for row in found.items], next=found.next)


@router.post("/instructors", summary="登记党建指导员", status_code=status.HTTP_201_CREATED)
async def create_instructor(
    entry: InstructorCreate, db: Db, actor: CurrentActor, today: Today, seals: CurrentSeals
) -> InstructorRead:
    made = await service.engage(db, entry, actor=actor, today=today, seals=seals)
    return service.describe(made, seals)


@router.get("/instructor-assignments", summary="指导员服务关系列表")
async def list_instructor_assignments(
    *,
    db: Db,
    actor: CurrentActor,
    page: PageOf,
    instructor_id: UUID | None = None,
    unit_id: UUID | None = None,
    as_of: AsOf = None,
) -> Page[InstructorAssignmentRead]:
    query = queries.assignments_listed_for(actor, instructor_id=instructor_id, unit_id=unit_id, as_of=as_of)
    found = await paginate(db, query, page)
    return Page(items=[InstructorAssignmentRead.model_validate(row) for row in found.items], next=found.next)


@router.post("/instructor-assignments", summary="指派指导员服务单位", status_code=status.HTTP_201_CREATED)
async def create_instructor_assignment(
    entry: InstructorAssignmentCreate, db: Db, actor: CurrentActor, today: Today
) -> InstructorAssignmentRead:
    return InstructorAssignmentRead.model_validate(await service.assign(db, entry, actor=actor, today=today))


@router.post(
    "/instructor-assignments/{assignment_id}/end", summary="结束指导员服务关系", status_code=status.HTTP_201_CREATED
)
async def end_instructor_assignment(
    assignment_id: UUID, ending: InstructorAssignmentEnd, db: Db, actor: CurrentActor, today: Today
) -> InstructorAssignmentRead:
    ended = await service.end_assignment(db, assignment_id, ending.ended_on, actor=actor, today=today)
    return InstructorAssignmentRead.model_validate(ended)
