"""示范岗、责任区、先锋岗: a post that shows what a Party member does, who holds it and since when."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, func
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from scoring.contests.duty_posts.kinds import DutyPostKind
from scoring.database import Base


class DutyPost(Owned, Voidable, Base):
    """The last year's judgement stands in the row; those of earlier years are in its history."""

    __tablename__ = "duty_posts"
    __table_args__ = (
        CheckConstraint("ended_on >= set_up_on", name="ends_after_setting_up"),
        CheckConstraint(
            "(judged_year IS NULL) = (judged_on IS NULL) AND (judged_year IS NULL) = (meets_standard IS NULL)",
            name="judged_whole",
        ),
        Index("ix_duty_posts_set_up_on_id", "set_up_on", "id"),
        Index(None, "holder_id"),
    )

    recorded_at: Mapped[datetime] = mapped_column(server_default=func.business_now())
    kind: Mapped[DutyPostKind] = mapped_column(stored_enum(DutyPostKind))
    name: Mapped[str]
    holder_id: Mapped[UUID | None]
    duties: Mapped[str | None]
    set_up_on: Mapped[date]
    ended_on: Mapped[date | None]
    judged_year: Mapped[int | None] = mapped_column(SmallInteger)
    judged_on: Mapped[date | None]
    meets_standard: Mapped[bool | None]
