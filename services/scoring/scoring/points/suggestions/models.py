"""献计献策、节能降耗: what a member or an organisation suggested, and whether it was adopted."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from scoring.database import Base
from scoring.points.suggestions.kinds import SuggestionKind, SuggestionState


class Suggestion(Owned, Voidable, Base):
    """Of the organisation itself where it names no member."""

    __tablename__ = "suggestions"
    __table_args__ = (
        CheckConstraint(
            "(state = 'proposed') = (decided_on IS NULL) AND (state = 'proposed') = (reply IS NULL)",
            name="decided_has_reply",
        ),
        CheckConstraint("decided_on >= proposed_on", name="decided_after_proposing"),
        Index("ix_suggestions_member_id", "member_id"),
        Index("ix_suggestions_proposed_on_id", "proposed_on", "id"),
    )

    recorded_at: Mapped[datetime] = mapped_column(server_default=func.business_now())
    kind: Mapped[SuggestionKind] = mapped_column(stored_enum(SuggestionKind))
    state: Mapped[SuggestionState] = mapped_column(stored_enum(SuggestionState), default=SuggestionState.PROPOSED)
    member_id: Mapped[UUID | None]
    name: Mapped[str]
    content: Mapped[str]
    proposed_on: Mapped[date]
    decided_on: Mapped[date | None]
    reply: Mapped[str | None]
    effect: Mapped[str | None]
