"""三亮三比三评: what an organisation showed, contested or had appraised on a day, and what came of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, Integer, func
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from scoring.contests.contests.kinds import ContestForm
from scoring.database import Base


class Contest(Owned, Voidable, Base):
    __tablename__ = "contests"
    __table_args__ = (
        CheckConstraint("participants >= 0", name="participants_not_negative"),
        Index("ix_contests_held_on_id", "held_on", "id"),
    )

    recorded_at: Mapped[datetime] = mapped_column(server_default=func.business_now())
    form: Mapped[ContestForm] = mapped_column(stored_enum(ContestForm))
    name: Mapped[str]
    held_on: Mapped[date]
    participants: Mapped[int] = mapped_column(Integer)
    result: Mapped[str]
