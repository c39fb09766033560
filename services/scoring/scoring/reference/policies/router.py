from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.edge import BusinessDate, Points, Schema
from kit.ids import uuid7
from kit.paging import Page, PageOf, paginate
from kit.problems import Unprocessable
from kit.routing import business_router
from records.events import record_event
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
    name: PolicyName
    effective_from: date
    value: Points


@router.get("", summary="查询政策参数", response_model=Page[PolicyRead])
async def list_policies(db: Db, page: PageOf) -> object:
    return await paginate(db, select(Policy).order_by(Policy.name, Policy.effective_from), page)


@router.post("", summary="设定政策参数", status_code=201)
async def set_policy(db: Db, actor: CurrentActor, new: PolicyWrite, today: Today) -> PolicyRead:
    if new.effective_from < today:
        raise PolicyInThePast
    policy = Policy(name=new.name, effective_from=new.effective_from, value=Decimal(new.value))
    db.add(policy)
    await record_event(db, PolicySet.model_validate(policy), subject=uuid7(), actor=actor)
    return PolicyRead.model_validate(policy)
