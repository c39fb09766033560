"""Services asked of a centre: taken by an owner, answered by a day, closed by who asked or by the centre (R32)."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from records.registers import Register
from records.steps import require_next
from records.voiding import refuse_void, void_row
from registry.circles.circles import queries as circle_queries
from registry.circles.circles.queries import is_open
from registry.circles.circles.service import CIRCLES, OWN
from registry.circles.service_requests import queries
from registry.circles.service_requests.events import ServiceRequestChanged
from registry.circles.service_requests.kinds import ServiceState
from registry.circles.service_requests.models import ServiceRequest
from registry.circles.service_requests.rules import SERVICE, due_on
from registry.circles.service_requests.schemas import (
    ServiceCentreFigures,
    ServiceFigures,
    ServiceRequestAnswer,
    ServiceRequestCreate,
    ServiceRequestRead,
    ServiceRequestTake,
)
from registry.limits import limits_on
from registry.members.members import queries as member_queries
from registry.members.members.service import MEMBERS
from registry.own_cases import refuse_own_case
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.service import ORGANIZATIONS

OFFICES = frozenset({"district_officer", "town_officer", "branch_secretary"})


class ServiceRequestNotFound(problems.NotFound):
    code = "service-request-not-found"
    detail = "没有这项服务申请,或不在您的管理范围内"


class UnknownServiceCircle(problems.Unprocessable):
    code = "unknown-service-circle"
    detail = "活动圈不存在、已停用,或不属于您所在的区"


class OneWhoAsks(problems.Unprocessable):
    code = "one-who-asks"
    detail = "申请人(党员)、申请的党组织、来访人须写一个,只写一个"


class UnknownWhoAsks(problems.Unprocessable):
    code = "unknown-who-asks"
    detail = "申请的党员或党组织不存在、已离开或撤销,或不在您的管理范围内"


class VisitorsAtTheDesk(problems.Forbidden):
    code = "visitors-at-the-desk"
    detail = "来访人的申请由活动中心代为登记;党员只以本人名义申请"


class UnknownServiceOwner(problems.Unprocessable):
    code = "unknown-service-owner"
    detail = "承办人须为您管理范围内的在册党员,不能是申请人本人;受理人不是党员的,请指定承办人"


SERVICE_REQUESTS = Register(
    "服务申请",
    ServiceRequest,
    ServiceRequestRead,
    ServiceRequestNotFound,
    queries.seen,
    derived={
        "circle_name": circle_queries.name_of(ServiceRequest.circle_id),
        "organization_name": organization_queries.name_of(ServiceRequest.organization_id),
        "member_name": member_queries.name_of(ServiceRequest.member_id),
        "asking_organization_name": organization_queries.name_of(ServiceRequest.asking_organization_id),
        "owner_member_name": member_queries.name_of(ServiceRequest.owner_member_id),
    },
)
OF_OWN_CENTRES = Register(
    SERVICE_REQUESTS.title,
    ServiceRequest,
    ServiceRequestRead,
    ServiceRequestNotFound,
    organization_queries.belonging(ServiceRequest.organization_id),
    derived=SERVICE_REQUESTS.derived,
)
"""Those asked of the centres that the actor's offices run: whoever may take and answer them."""


class Requester(NamedTuple):
    member_id: UUID | None = None
    asking_organization_id: UUID | None = None
    visitor_name: str | None = None


async def ask(db: AsyncSession, body: ServiceRequestCreate, *, actor: Actor, today: date) -> ServiceRequest:
    circle = await CIRCLES.find(db, actor, body.circle_id)
    if circle is None or not is_open(circle, today):
        raise UnknownServiceCircle
    requester = _requester(body, actor)
    if requester.visitor_name is not None and await OWN.find(db, actor, circle.id) is None:
        raise VisitorsAtTheDesk
    await _require_requester(db, requester, circle.root_id, actor=actor)
    request = ServiceRequest(
        **requester._asdict(),
        circle_id=circle.id,
        kind=body.kind,
        topic=body.topic,
        content=body.content,
        state=ServiceState.ASKED,
        asked_on=today,
        due_on=due_on(body.kind, today, limits_on(today)),
        organization_id=circle.organization_id,
        root_id=circle.root_id,
        recorded_by=actor.subject,
    )
    db.add(request)
    await _tell(db, request, actor=actor)
    return request


def _requester(body: ServiceRequestCreate, actor: Actor) -> Requester:
    """Who names nobody asks for themselves."""
    named = Requester(body.member_id, body.asking_organization_id, body.visitor_name)
    named = named if any(named) else Requester(actor.person)
    if not actor.roles & OFFICES and named != Requester(actor.person):
        raise VisitorsAtTheDesk
    if sum(one is not None for one in named) != 1:
        raise OneWhoAsks
    return named


async def _require_requester(db: AsyncSession, requester: Requester, root_id: UUID, *, actor: Actor) -> None:
    if requester.member_id is not None:
        member = await MEMBERS.find(db, actor, requester.member_id)
        if member is None or not member.is_active or member.root_id != root_id:
            raise UnknownWhoAsks
    if requester.asking_organization_id is not None:
        organization = await ORGANIZATIONS.find(db, actor, requester.asking_organization_id)
        if organization is None or not organization.is_active or organization.root_id != root_id:
            raise UnknownWhoAsks


async def take(
    db: AsyncSession, request: ServiceRequest, body: ServiceRequestTake, *, actor: Actor, today: date
) -> ServiceRequest:
    _refuse_step(request, ServiceState.TAKEN, actor)
    owner_id = body.owner_member_id or actor.person
    owner = None if owner_id is None else await MEMBERS.find(db, actor, owner_id)
    if owner is None or not owner.is_active or owner.root_id != request.root_id or owner.id == request.member_id:
        raise UnknownServiceOwner
    request.state, request.owner_member_id, request.taken_on = ServiceState.TAKEN, owner.id, today
    await _tell(db, request, actor=actor)
    return request


async def answer(
    db: AsyncSession, request: ServiceRequest, body: ServiceRequestAnswer, *, actor: Actor, today: date
) -> ServiceRequest:
    _refuse_step(request, ServiceState.ANSWERED, actor)
    request.state, request.answer, request.answered_on = ServiceState.ANSWERED, body.answer, today
    await _tell(db, request, actor=actor)
    return request


async def close(
    db: AsyncSession, request: ServiceRequest, *, is_solved: bool, actor: Actor, today: date
) -> ServiceRequest:
    """By whoever sees it and did not do it: the requester says whether it helped; the centre may for a visitor."""
    if request.visitor_name is None:
        refuse_own_case(actor, request.owner_member_id)
    refuse_void(request)
    require_next(SERVICE, request.state, ServiceState.CLOSED)
    request.state, request.closed_on, request.is_solved = ServiceState.CLOSED, today, is_solved
    await _tell(db, request, actor=actor)
    return request


async def void(db: AsyncSession, request: ServiceRequest, reason: str, *, actor: Actor) -> ServiceRequest:
    refuse_own_case(actor, request.member_id)
    void_row(db, request, reason)
    await _tell(db, request, actor=actor)
    return request


def _refuse_step(request: ServiceRequest, to: ServiceState, actor: Actor) -> None:
    """Nobody takes or answers what they asked for themselves."""
    refuse_own_case(actor, request.member_id)
    refuse_void(request)
    require_next(SERVICE, request.state, to)


async def _tell(db: AsyncSession, request: ServiceRequest, *, actor: Actor) -> None:
    await db.flush()
    [(_, path, root_id)] = await organization_queries.resolve_paths(db, [request.organization_id])
    fields = {name: getattr(request, name) for name in ServiceRequestChanged.model_fields if name != "is_void"}
    told, version = ServiceRequestChanged(**fields, is_void=request.void_reason is not None), request.version
    await record_event(db, told, subject=request.id, version=version, root_id=root_id, path=path, actor=actor)


async def figures(
    db: AsyncSession, actor: Actor, *, under: UUID | None, asked_from: date | None, asked_to: date | None, today: date
) -> ServiceFigures:
    conditions = [organization_queries.belonging(ServiceRequest.organization_id)(actor)]
    if under is not None:
        conditions.append(organization_queries.below(ServiceRequest.organization_id)(under))
    if asked_from is not None:
        conditions.append(ServiceRequest.asked_on >= asked_from)
    if asked_to is not None:
        conditions.append(ServiceRequest.asked_on <= asked_to)
    rows = await queries.figures(db, conditions, today)
    return ServiceFigures(
        as_of=today, centres=[ServiceCentreFigures.model_validate(dict(row._mapping)) for row in rows]
    )
