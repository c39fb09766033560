from typing import Annotated

from fastapi import Depends, Response

from kit import problems
from kit.access import CurrentActor
from kit.database import Db
from kit.paging import Page
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.listing import query_of
from records.registers import Register
from registry.members.course_hours import queries
from registry.members.course_hours.models import CourseHours
from registry.members.course_hours.schemas import CourseHoursListing, CourseHoursRead
from registry.members.members import queries as member_queries
from registry.tree.organizations import queries as organization_queries

router = business_router("/api/v1/registry/course-hours", ["发展党员"])
Wanted = Annotated[CourseHoursListing, Depends(query_of(CourseHoursListing))]
COURSE_HOURS = Register(
    "发展对象培训学时",
    CourseHours,
    CourseHoursRead,
    problems.NotFound,
    queries.seen,
    derived={
        "member_name": member_queries.name_of(CourseHours.member_id),
        "organization_name": organization_queries.name_of(CourseHours.organization_id),
    },
)


@router.get("", summary="入党积极分子和发展对象的培训学时(由教育培训确认)")
async def list_course_hours(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[CourseHoursRead]:
    return await COURSE_HOURS.page(db, actor, wanted)


@router.get("/export", summary="导出发展对象培训学时", response_class=Response, responses=FILE_ANSWER)
async def export_course_hours(wanted: Wanted, to: ExportTo) -> Response:
    return await COURSE_HOURS.export(wanted, to)
