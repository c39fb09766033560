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
from records.voiding import VoidCreate
from training.messages.publications import models, service
from training.messages.publications.schemas import (
    IssueId,
    PublicationCorrect,
    PublicationCreate,
    PublicationId,
    PublicationIssueCorrect,
    PublicationIssueCreate,
    PublicationIssueListing,
    PublicationIssueRead,
    PublicationListing,
    PublicationRead,
)
from training.messages.publications.service import CONSTRAINT_ERRORS, PUBLICATION_ISSUES, PUBLICATIONS

router = business_router("/api/v1/training", ["报刊"])
Wanted = Annotated[PublicationListing, Depends(query_of(PublicationListing))]
WantedIssues = Annotated[PublicationIssueListing, Depends(query_of(PublicationIssueListing))]


@router.get("/publications", summary="报刊")
async def list_publications(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[PublicationRead]:
    return await PUBLICATIONS.page(db, actor, wanted)


@router.get("/publications/export", summary="导出报刊", response_class=Response, responses=FILE_ANSWER)
async def export_publications(wanted: Wanted, to: ExportTo) -> Response:
    return await PUBLICATIONS.export(wanted, to)


@router.get("/publications/{publication_id}", summary="报刊详情")
async def read_publication(
    publication_id: PublicationId, db: Db, actor: CurrentActor, response: Response
) -> PublicationRead:
    return await PUBLICATIONS.show(db, actor, publication_id, response)


@router.post("/publications", summary="登记报刊", status_code=status.HTTP_201_CREATED)
async def create_publication(
    body: PublicationCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> PublicationRead:
    return await PUBLICATIONS.answer(db, await service.found(db, body, actor=actor, today=today), response)


@router.patch("/publications/{publication_id}", summary="更正报刊")
async def correct_publication(
    *,
    publication_id: PublicationId,
    body: PublicationCorrect,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> PublicationRead:
    found = await PUBLICATIONS.require(db, actor, publication_id, if_match=if_match)
    corrected = await service.correct(db, found, body, actor=actor, today=today)
    return await PUBLICATIONS.answer(db, corrected, response)


@router.post("/publications/{publication_id}/void", summary="作废录入有误的报刊(视为从未有过,记录保留)")
async def void_publication(
    *,
    publication_id: PublicationId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> PublicationRead:
    found = await PUBLICATIONS.require(db, actor, publication_id, if_match=if_match)
    return await PUBLICATIONS.answer(db, await service.void(db, found, body.reason, actor=actor), response)


@router.get("/publications/{publication_id}/history", summary="报刊的变更历史")
async def read_publication_history(
    publication_id: PublicationId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await PUBLICATIONS.history(db, actor, publication_id, page)


@router.get("/publication-issues", summary="报刊期次")
async def list_publication_issues(wanted: WantedIssues, db: Db, actor: CurrentActor) -> Page[PublicationIssueRead]:
    return await PUBLICATION_ISSUES.page(db, actor, wanted)


@router.get("/publication-issues/export", summary="导出报刊期次", response_class=Response, responses=FILE_ANSWER)
async def export_publication_issues(wanted: WantedIssues, to: ExportTo) -> Response:
    return await PUBLICATION_ISSUES.export(wanted, to)


@router.get("/publication-issues/{publication_issue_id}", summary="报刊期次详情")
async def read_publication_issue(
    publication_issue_id: IssueId, db: Db, actor: CurrentActor, response: Response
) -> PublicationIssueRead:
    return await PUBLICATION_ISSUES.show(db, actor, publication_issue_id, response)


@router.post("/publication-issues", summary="登记报刊期次", status_code=status.HTTP_201_CREATED)
async def create_publication_issue(
    body: PublicationIssueCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> PublicationIssueRead:
    return await PUBLICATION_ISSUES.answer(db, await service.publish(db, body, actor=actor, today=today), response)


@router.patch("/publication-issues/{publication_issue_id}", summary="更正报刊期次")
async def correct_publication_issue(
    *,
    publication_issue_id: IssueId,
    body: PublicationIssueCorrect,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> PublicationIssueRead:
    found = await PUBLICATION_ISSUES.require(db, actor, publication_issue_id, if_match=if_match)
    return await PUBLICATION_ISSUES.answer(
        db, await service.correct_issue(db, found, body, actor=actor, today=today), response
    )


@router.post("/publication-issues/{publication_issue_id}/void", summary="作废录入有误的报刊期次(视为从未有过,记录保留)")
async def void_publication_issue(
    *,
    publication_issue_id: IssueId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> PublicationIssueRead:
    found = await PUBLICATION_ISSUES.require(db, actor, publication_issue_id, if_match=if_match)
    return await PUBLICATION_ISSUES.answer(db, await service.void_issue(db, found, body.reason, actor=actor), response)


@router.get("/publication-issues/{publication_issue_id}/history", summary="报刊期次的变更历史")
async def read_publication_issue_history(
    publication_issue_id: IssueId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await PUBLICATION_ISSUES.history(db, actor, publication_issue_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
