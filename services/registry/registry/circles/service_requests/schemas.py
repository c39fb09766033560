from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, LongText, Name, OptionalText, Schema
from records.listing import Listing, Where, at_least, at_most, contains, equals
from records.voiding import VOID_REASON, void_or_not
from registry.circles.service_requests import queries
from registry.circles.service_requests.kinds import ServiceKind, ServiceState
from registry.circles.service_requests.models import ServiceRequest
from registry.tree.organizations.queries import below

ServiceRequestId = Annotated[UUID, Path(title="服务申请编号")]


class ServiceRequestCreate(Schema):
    """One who asks: a member, a Party organisation, or at the desk somebody by name."""

    circle_id: UUID = Field(title="活动圈")
    kind: ServiceKind = Field(title="服务类别")
    member_id: UUID | None = Field(default=None, title="申请人(党员)", description="党员本人申请的可不填")
    asking_organization_id: UUID | None = Field(default=None, title="申请的党组织")
    visitor_name: Name | None = Field(default=None, title="来访人", description="不是党员的,由活动中心代为登记")
    topic: Name = Field(title="事项")
    content: LongText = Field(title="内容")


class ServiceRequestTake(Schema):
    owner_member_id: UUID | None = Field(default=None, title="承办人", description="不填的为受理人本人")


class ServiceRequestAnswer(Schema):
    answer: LongText = Field(title="答复")


class ServiceRequestClose(Schema):
    is_solved: bool = Field(title="是否解决")


class ServiceRequestRead(Schema):
    id: UUID = Field(title="编号")
    circle_id: UUID = Field(title="活动圈编号")
    circle_name: str = Field(title="活动圈")
    organization_id: UUID = Field(title="中心所属党组织编号")
    organization_name: str = Field(title="中心所属党组织")
    kind: ServiceKind = Field(title="服务类别")
    member_id: UUID | None = Field(title="申请人编号")
    member_name: str | None = Field(title="申请人(党员)")
    asking_organization_id: UUID | None = Field(title="申请的党组织编号")
    asking_organization_name: str | None = Field(title="申请的党组织")
    visitor_name: str | None = Field(title="来访人")
    topic: str = Field(title="事项")
    content: str = Field(title="内容")
    state: ServiceState = Field(title="办理状态")
    asked_on: date = Field(title="申请日期")
    due_on: date = Field(title="办理期限")
    owner_member_id: UUID | None = Field(title="承办人编号")
    owner_member_name: str | None = Field(title="承办人")
    taken_on: date | None = Field(title="受理日期")
    answer: str | None = Field(title="答复")
    answered_on: date | None = Field(title="答复日期")
    closed_on: date | None = Field(title="办结日期")
    is_solved: bool | None = Field(title="是否解决")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class ServiceRequestListing(
    Listing,
    sortable=(ServiceRequest.asked_on, ServiceRequest.due_on, ServiceRequest.kind),
    order=(ServiceRequest.asked_on.desc(), ServiceRequest.id),
):
    circle_id: Annotated[UUID | None, equals(ServiceRequest.circle_id)] = Field(default=None, title="活动圈编号")
    under: Annotated[UUID | None, Where(below(ServiceRequest.organization_id))] = Field(
        default=None, title="该组织及其全部下级的活动中心"
    )
    kind: Annotated[list[ServiceKind], equals(ServiceRequest.kind)] = Field(default=[], title="服务类别", max_length=6)
    state: Annotated[list[ServiceState], equals(ServiceRequest.state)] = Field(
        default=[], title="办理状态", max_length=4
    )
    member_id: Annotated[UUID | None, equals(ServiceRequest.member_id)] = Field(default=None, title="申请人编号")
    asking_organization_id: Annotated[UUID | None, equals(ServiceRequest.asking_organization_id)] = Field(
        default=None, title="申请的党组织编号"
    )
    owner_member_id: Annotated[UUID | None, equals(ServiceRequest.owner_member_id)] = Field(
        default=None, title="承办人编号"
    )
    asked_from: Annotated[BusinessDate | None, at_least(ServiceRequest.asked_on)] = Field(
        default=None, title="申请日期起"
    )
    asked_to: Annotated[BusinessDate | None, at_most(ServiceRequest.asked_on)] = Field(default=None, title="申请日期止")
    overdue_on: Annotated[BusinessDate | None, Where(queries.overdue_on)] = Field(
        default=None, title="该日已逾期未答复"
    )
    is_void: Annotated[bool, void_or_not(ServiceRequest)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, contains(ServiceRequest.topic, ServiceRequest.content)] = Field(
        default=None, title="搜索事项和内容"
    )


class ServiceCentreFigures(Schema):
    circle_id: UUID = Field(title="活动圈编号")
    circle_name: str = Field(title="活动圈")
    centre_name: str = Field(title="活动中心")
    organization_id: UUID = Field(title="中心所属党组织编号")
    organization_name: str = Field(title="中心所属党组织")
    requests: int = Field(title="申请数")
    asked: int = Field(title="待受理")
    taken: int = Field(title="办理中")
    overdue: int = Field(title="逾期未答复")
    answered: int = Field(title="已答复")
    answered_in_time: int = Field(title="按期答复")
    solved: int = Field(title="已解决")


class ServiceFigures(Schema):
    as_of: date = Field(title="截至日期")
    centres: list[ServiceCentreFigures] = Field(title="各活动中心")
