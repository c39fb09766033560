from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from records.columns import Owned
from records.voiding import Voidable
from training.database import Base


class Exam(Owned, Voidable, Base):
    """测试: open for a while to the members at and below its organisation; each attempt draws a paper of its own.

    `seed` and how many attempts were before decide the paper, so that it can be drawn again and compared.
    """

    __tablename__ = "exams"

    title: Mapped[str]
    topic: Mapped[str | None]
    questions: Mapped[int] = mapped_column(SmallInteger)
    pass_mark: Mapped[int] = mapped_column(SmallInteger)
    minutes: Mapped[int] = mapped_column(SmallInteger)
    most_attempts: Mapped[int] = mapped_column(SmallInteger)
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    seed: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="closes_after_opening"),
        CheckConstraint("least(questions, minutes, most_attempts) >= 1", name="something_to_answer"),
        CheckConstraint("pass_mark BETWEEN 1 AND 100", name="pass_mark_percent"),
        Index("ix_exams_opens_at_id", "opens_at", "id"),
    )
