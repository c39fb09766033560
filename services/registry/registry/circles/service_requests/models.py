from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from registry.circles.service_requests.kinds import ServiceKind, ServiceState
from registry.database import Base


class ServiceRequest(Owned, Voidable, Base):
    """服务申请: what a member, an organisation or a visitor asks of a centre, who sees to it, and by when.

    `organization_id` is the Party organisation that runs the centre.
    """

    __tablename__ = "service_requests"

    circle_id: Mapped[UUID] = mapped_column(ForeignKey("circles.id"))
    kind: Mapped[ServiceKind] = mapped_column(stored_enum(ServiceKind))
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.id"), index=True)
    asking_organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("party_organizations.id"), index=True)
    visitor_name: Mapped[str | None]
    topic: Mapped[str]
    content: Mapped[str]
    state: Mapped[ServiceState] = mapped_column(stored_enum(ServiceState))
    asked_on: Mapped[date]
    due_on: Mapped[date]
    owner_member_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.id"))
    taken_on: Mapped[date | None]
    answer: Mapped[str | None]
    answered_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    is_solved: Mapped[bool | None]

    __table_args__ = (
        CheckConstraint("num_nonnulls(member_id, asking_organization_id, visitor_name) = 1", name="of_one_requester"),
        CheckConstraint("num_nulls(owner_member_id, taken_on) IN (0, 2)", name="taken_whole"),
        CheckConstraint("num_nulls(answer, answered_on) IN (0, 2)", name="answered_whole"),
        CheckConstraint("num_nulls(closed_on, is_solved) IN (0, 2)", name="closed_whole"),
        CheckConstraint(
            "(state = 'asked') = (taken_on IS NULL) AND (state IN ('answered', 'closed')) = (answered_on IS NOT NULL)"
            " AND (state = 'closed') = (closed_on IS NOT NULL)",
            name="state_has_its_days",
        ),
        CheckConstraint("due_on >= asked_on", name="due_after_asking"),
        Index("ix_service_requests_circle_id_due_on", "circle_id", "due_on"),
        Index("ix_service_requests_asked_on_id", "asked_on", "id"),
    )
