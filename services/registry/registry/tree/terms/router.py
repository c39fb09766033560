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
from registry.tree.terms import models, service
from registry.tree.terms.schemas import ElectionCreate, ElectionId, ElectionListing, ElectionRead
from registry.tree.terms.service import ELECTIONS

router = business_router("/api/v1/registry/elections", ["换届选举"])
Wanted = Annotated[ElectionListing, Depends(query_of(ElectionListing))]


@router.get("", summary="换届选举记录")
async def list_elections(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[ElectionRead]:
    return await ELECTIONS.page(db, actor, wanted)


@router.get("/export", summary="导出换届选举记录", response_class=Response, responses=FILE_ANSWER)
async def export_elections(wanted: Wanted, to: ExportTo) -> Response:
    return await ELECTIONS.export(wanted, to)


@router.get("/{election_id}", summary="换届选举详情")
async def read_election(election_id: ElectionId, db: Db, actor: CurrentActor, response: Response) -> ElectionRead:
    return await ELECTIONS.show(db, actor, election_id, response)


@router.post("", summary="登记换届选举(党组织的届满日期随之更新)", status_code=status.HTTP_201_CREATED)
async def create_election(
    body: ElectionCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> ElectionRead:
    return await ELECTIONS.answer(db, await service.record_election(db, body, actor=actor, today=today), response)


@router.post("/{election_id}/void", summary="作废录入有误的换届选举(届满日期恢复,记录保留)")
async def void_election(
    *,
    election_id: ElectionId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> ElectionRead:
    election = await ELECTIONS.require(db, actor, election_id, if_match=if_match)
    return await ELECTIONS.answer(
        db, await service.void_election(db, election, body.reason, actor=actor, today=today), response
    )


@router.get("/{election_id}/history", summary="换届选举的变更历史")
async def read_election_history(election_id: ElectionId, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await ELECTIONS.history(db, actor, election_id, page)


DOMAIN = Domain(routers=[router], tables=models)
