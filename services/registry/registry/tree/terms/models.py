from datetime import date

from sqlalchemy import CheckConstraint, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base


class Election(Owned, Voidable, Base):
    """换届选举: when a committee was elected, by whom, and until when; `due_on` is when the term before it ended."""

    __tablename__ = "elections"

    held_on: Mapped[date]
    due_on: Mapped[date | None]
    term_ends_on: Mapped[date]
    entitled: Mapped[int] = mapped_column(Integer)
    present: Mapped[int] = mapped_column(Integer)
    result: Mapped[str]

    __table_args__ = (
        CheckConstraint("present <= entitled", name="no_more_present_than_entitled"),
        CheckConstraint("present * 5 >= entitled * 4", name="four_fifths_present"),
        CheckConstraint("term_ends_on > held_on", name="term_ends_after_election"),
        Index("ix_elections_held_on_id", "held_on", "id"),
    )
