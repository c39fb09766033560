from typing import Annotated

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.paging import Page
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.listing import query_of
from scoring.reference.policies import models, service
from scoring.reference.policies.schemas import PolicyListing, PolicyRead, PolicyWrite
from scoring.reference.policies.service import POLICIES

router = business_router("/api/v1/scoring/policies", ["政策参数"])
Wanted = Annotated[PolicyListing, Depends(query_of(PolicyListing))]


@router.get("", summary="查询政策参数(默认的和本区的)")
async def list_policies(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[PolicyRead]:
    return await POLICIES.page(db, actor, wanted)


@router.get("/export", summary="导出政策参数", response_class=Response, responses=FILE_ANSWER)
async def export_policies(wanted: Wanted, to: ExportTo) -> Response:
    return await POLICIES.export(wanted, to)


@router.post("", summary="设定本区的政策参数", status_code=status.HTTP_201_CREATED)
async def set_policy(body: PolicyWrite, db: Db, actor: CurrentActor, today: Today, response: Response) -> PolicyRead:
    return await POLICIES.answer(db, await service.lay_down(db, body, actor=actor, today=today), response)


DOMAIN = Domain(
    routers=[router],
    tables=models,
    constraint_errors={"uq_policies_root_id_name_effective_from": service.PolicyAlreadySet},
)
