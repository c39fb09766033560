from datetime import date
from decimal import Decimal
from typing import Annotated

from fastapi import Depends, Response, status
from pydantic import Field

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.edge import BusinessDate, Points, Schema
from kit.ids import uuid7
from kit.paging import Page
from kit.problems import Unprocessable
from kit.routing import business_router
from records.columns import rows_of, shown
from records.events import record_event
from records.files import FILE_ANSWER, ExportTo
from records.listing import Listing, at_most, equals, query_of, slice_of
from scoring.reference.policies import models
from scoring.reference.policies.events import PolicySet
from scoring.reference.policies.models import Policy, PolicyName

router = business_router("/api/v1/scoring/policies", ["政策参数"])


class PolicyInThePast(Unprocessable):
    code = "policy-in-the-past"
    detail = "新参数须自今日或以后施行"


class PolicyWrite(Schema):
    name: Annotated[PolicyName, Field(title="参数")]
    effective_from: Annotated[BusinessDate, Field(title="施行日期")]
    value: Annotated[Points, Field(ge=0, le=366, title="数值")]


class PolicyRead(Schema):
    name: PolicyName = Field(title="参数")
    effective_from: date = Field(title="施行日期")
    value: Points = Field(title="数值")


class PolicyListing(
    Listing, sortable=(Policy.name, Policy.effective_from, Policy.value), order=(Policy.name, Policy.effective_from)
):
    name: Annotated[list[PolicyName], equals(Policy.name)] = Field(default=[], max_length=20, title="参数")
    effective_by: Annotated[BusinessDate | None, at_most(Policy.effective_from)] = Field(
        default=None, title="至迟施行日期"
    )


Wanted = Annotated[PolicyListing, Depends(query_of(PolicyListing))]
ROWS = rows_of(Policy, PolicyRead, {})


@router.get("", summary="查询政策参数")
async def list_policies(wanted: Wanted, db: Db) -> Page[PolicyRead]:
    found = await slice_of(db, ROWS, wanted)
    items = [shown(PolicyRead, row) for row in found.rows]
    return Page[PolicyRead].model_construct(items=items, next=found.next, total=found.total)


@router.get("/export", summary="导出政策参数", response_class=Response, responses=FILE_ANSWER)
async def export_policies(wanted: Wanted, to: ExportTo) -> Response:
    rows = await to.select(wanted.ordered(ROWS))
    return await to.file("政策参数", PolicyRead, (row._mapping for row in rows))


@router.post("", summary="设定政策参数", status_code=status.HTTP_201_CREATED)
async def set_policy(body: PolicyWrite, db: Db, actor: CurrentActor, today: Today) -> PolicyRead:
    if body.effective_from < today:
        raise PolicyInThePast
    policy = Policy(name=body.name, effective_from=body.effective_from, value=Decimal(body.value))
    db.add(policy)
    await record_event(db, PolicySet.model_validate(policy), subject=uuid7(), actor=actor)
    return PolicyRead.model_validate(policy)


DOMAIN = Domain(routers=[router], tables=models)
