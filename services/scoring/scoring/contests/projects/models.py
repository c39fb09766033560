"""攻关、技改、书记项目: offered, claimed by a member, closed with the effect that was measured."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Uuid, func
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from scoring.contests.projects.kinds import ProjectKind, ProjectState
from scoring.database import Base


class Project(Owned, Voidable, Base):
    """`participant_ids` are the members who worked at it, the claimant among them; known when it is closed."""

    __tablename__ = "projects"
    __table_args__ = (
        CheckConstraint("(state = 'offered') = (claimant_id IS NULL)", name="claimed_by_somebody"),
        CheckConstraint(
            "(state = 'closed') = (closed_on IS NOT NULL) AND (state = 'closed') = (effect IS NOT NULL)",
            name="closed_with_effect",
        ),
        CheckConstraint("closed_on >= opened_on", name="closes_after_opening"),
        Index("ix_projects_opened_on_id", "opened_on", "id"),
    )

    recorded_at: Mapped[datetime] = mapped_column(server_default=func.business_now())
    kind: Mapped[ProjectKind] = mapped_column(stored_enum(ProjectKind))
    state: Mapped[ProjectState] = mapped_column(stored_enum(ProjectState))
    name: Mapped[str]
    goal: Mapped[str]
    opened_on: Mapped[date]
    claimant_id: Mapped[UUID | None]
    participant_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list, server_default="{}")
    closed_on: Mapped[date | None]
    effect: Mapped[str | None]
