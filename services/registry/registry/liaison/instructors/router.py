from functools import cache
from typing import Annotated

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from records.registers import Register
from records.voiding import VoidCreate
from registry.liaison.instructors import models, service
from registry.liaison.instructors.models import Instructor
from registry.liaison.instructors.schemas import (
    AssignmentId,
    InstructorAssignmentCreate,
    InstructorAssignmentEnd,
    InstructorAssignmentListing,
    InstructorAssignmentRead,
    InstructorCreate,
    InstructorId,
    InstructorListing,
    InstructorRead,
)
from registry.liaison.instructors.service import ASSIGNMENTS, CONSTRAINT_ERRORS, INSTRUCTORS
from registry.seals import CurrentSeals, Seals

router = business_router("/api/v1/registry", ["党建指导员"])
Wanted = Annotated[InstructorListing, Depends(query_of(InstructorListing))]
WantedAssignments = Annotated[InstructorAssignmentListing, Depends(query_of(InstructorAssignmentListing))]


@cache
def masked(seals: Seals) -> Register[Instructor, InstructorRead]:
    return INSTRUCTORS.shown_as(InstructorRead, readable=seals.masked)


async def _masked(seals: CurrentSeals) -> Register[Instructor, InstructorRead]:
    return masked(seals)


Instructors = Annotated[Register[Instructor, InstructorRead], Depends(_masked)]


@router.get("/instructors", summary="党建指导员列表")
async def list_instructors(
    wanted: Wanted, db: Db, actor: CurrentActor, instructors: Instructors
) -> Page[InstructorRead]:
    return await instructors.page(db, actor, wanted)


@router.get("/instructors/export", summary="导出党建指导员(部分隐藏)", response_class=Response, responses=FILE_ANSWER)
async def export_instructors(wanted: Wanted, instructors: Instructors, to: ExportTo) -> Response:
    return await instructors.export(wanted, to)


@router.get("/instructors/{instructor_id}", summary="党建指导员详情(部分隐藏)")
async def read_instructor(
    instructor_id: InstructorId, db: Db, actor: CurrentActor, instructors: Instructors, response: Response
) -> InstructorRead:
    return await instructors.show(db, actor, instructor_id, response)


@router.post("/instructors", summary="登记党建指导员", status_code=status.HTTP_201_CREATED)
async def create_instructor(
    *,
    body: InstructorCreate,
    db: Db,
    actor: CurrentActor,
    today: Today,
    seals: CurrentSeals,
    instructors: Instructors,
    response: Response,
) -> InstructorRead:
    made = await service.engage(db, body, actor=actor, today=today, seals=seals)
    return await instructors.answer(db, made, response)


@router.get("/instructor-assignments", summary="指导员服务关系列表")
async def list_instructor_assignments(
    wanted: WantedAssignments, db: Db, actor: CurrentActor
) -> Page[InstructorAssignmentRead]:
    return await ASSIGNMENTS.page(db, actor, wanted)


@router.get(
    "/instructor-assignments/export", summary="导出指导员服务关系", response_class=Response, responses=FILE_ANSWER
)
async def export_instructor_assignments(wanted: WantedAssignments, to: ExportTo) -> Response:
    return await ASSIGNMENTS.export(wanted, to)


@router.get("/instructor-assignments/{assignment_id}", summary="指导员服务关系详情")
async def read_instructor_assignment(
    assignment_id: AssignmentId, db: Db, actor: CurrentActor, response: Response
) -> InstructorAssignmentRead:
    return await ASSIGNMENTS.show(db, actor, assignment_id, response)


@router.post("/instructor-assignments", summary="指派指导员服务单位", status_code=status.HTTP_201_CREATED)
async def create_instructor_assignment(
    body: InstructorAssignmentCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> InstructorAssignmentRead:
    return await ASSIGNMENTS.answer(db, await service.assign(db, body, actor=actor, today=today), response)


@router.post("/instructor-assignments/{assignment_id}/end", summary="结束指导员服务关系")
async def end_instructor_assignment(
    *,
    assignment_id: AssignmentId,
    body: InstructorAssignmentEnd,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> InstructorAssignmentRead:
    assignment = await ASSIGNMENTS.require(db, actor, assignment_id, if_match=if_match)
    ended = await service.end_assignment(db, assignment, body.ended_on, actor=actor, today=today)
    return await ASSIGNMENTS.answer(db, ended, response)


@router.post("/instructor-assignments/{assignment_id}/void", summary="作废录入有误的服务关系(视为从未有过,记录保留)")
async def void_instructor_assignment(
    *,
    assignment_id: AssignmentId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> InstructorAssignmentRead:
    assignment = await ASSIGNMENTS.require(db, actor, assignment_id, if_match=if_match)
    voided = await service.void_assignment(db, assignment, body.reason, actor=actor, today=today)
    return await ASSIGNMENTS.answer(db, voided, response)


@router.get("/instructor-assignments/{assignment_id}/history", summary="指导员服务关系的变更历史")
async def read_instructor_assignment_history(
    assignment_id: AssignmentId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await ASSIGNMENTS.history(db, actor, assignment_id, page)


@router.get("/instructors/{instructor_id}/history", summary="党建指导员的变更历史(部分隐藏)")
async def read_instructor_history(
    *, instructor_id: InstructorId, page: PageOf, db: Db, actor: CurrentActor, seals: CurrentSeals
) -> Page[ChangeRead]:
    return await INSTRUCTORS.history(db, actor, instructor_id, page, opened=seals.shown)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
