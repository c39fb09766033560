from typing import Annotated

from fastapi import Depends, File, Response, UploadFile, status

from kit.access import CurrentActor
from kit.database import Db
from kit.domains import Domain
from kit.edge import BusinessDate
from kit.etags import IfMatchUnlessNew, tag
from kit.paging import Page
from kit.routing import business_router
from records.columns import rows_of, shown
from records.files import FILE_ANSWER, XLSX, ExportTo, attachment
from records.listing import query_of, slice_of
from scoring.reference.working_days import models, service, years
from scoring.reference.working_days.models import WorkingDay
from scoring.reference.working_days.schemas import (
    DryRun,
    WorkingDayListing,
    WorkingDayRead,
    WorkingDayWrite,
    WorkingYearRead,
    WorkingYearReport,
    WorkingYearWrite,
    Year,
)
from scoring.reference.working_days.workbooks import TEMPLATE
from scoring.reference.working_days.years import Change
from sheets import write_template

router = business_router(prefix="/api/v1/scoring/working-days", tags=["工作日"])
Wanted = Annotated[WorkingDayListing, Depends(query_of(WorkingDayListing))]
ROWS = rows_of(WorkingDay, WorkingDayRead, {})


@router.get("", summary="某年的工作日安排")
async def list_working_days(wanted: Wanted, db: Db) -> Page[WorkingDayRead]:
    found = await slice_of(db, ROWS, wanted)
    items = [shown(WorkingDayRead, row) for row in found.rows]
    return Page[WorkingDayRead].model_construct(items=items, next=found.next, total=found.total)


@router.get("/export", summary="导出某年的工作日安排", response_class=Response, responses=FILE_ANSWER)
async def export_working_days(wanted: Wanted, to: ExportTo) -> Response:
    rows = await to.select(wanted.ordered(ROWS))
    return await to.file("工作日", WorkingDayRead, (row._mapping for row in rows))


@router.get("/template", summary="下载全年工作日模板", response_class=Response)
async def read_working_days_template() -> Response:
    return Response(write_template(TEMPLATE), media_type=XLSX, headers=attachment("工作日模板.xlsx"))


@router.get("/years/{year}", summary="某年工作日是否录全、各有几天")
async def read_working_year(year: Year, db: Db, response: Response) -> WorkingYearRead:
    found = await years.read_year(db, year)
    _tag_known(response, found)
    return found


@router.put("/years/{year}", summary="一次设定全年工作日:周一至周五上班,另列放假与调休(尚未录入的年份不带 If-Match)")
async def set_working_year(
    *,
    year: Year,
    body: WorkingYearWrite,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatchUnlessNew,
    response: Response,
    dry_run: DryRun = False,
) -> WorkingYearReport:
    report = await years.set_year(db, year, body, Change(actor, if_match, dry_run))
    _tag_known(response, report)
    return report


@router.post("/years/{year}/import", summary="上传全年工作日工作簿(或试运行)", status_code=status.HTTP_200_OK)
async def import_working_year(
    *,
    year: Year,
    file: Annotated[UploadFile, File(title="XLSX 工作簿")],
    db: Db,
    actor: CurrentActor,
    if_match: IfMatchUnlessNew,
    response: Response,
    dry_run: DryRun = False,
) -> WorkingYearReport:
    report = await years.import_year(db, year, await file.read(), Change(actor, if_match, dry_run))
    _tag_known(response, report)
    return report


def _tag_known(response: Response, year: WorkingYearRead) -> None:
    """A year of which no day is known has no version to name."""
    if year.version:
        tag(response, year)


@router.put("/{day}", summary="设定某日是否工作日(尚未录入的日期不带 If-Match)")
async def set_working_day(
    *,
    day: BusinessDate,
    body: WorkingDayWrite,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatchUnlessNew,
    response: Response,
) -> WorkingDayRead:
    row = await service.set_day(db, day, body, actor=actor, if_match=if_match)
    tag(response, row)
    return WorkingDayRead.model_validate(row)


DOMAIN = Domain(routers=[router], tables=models)
