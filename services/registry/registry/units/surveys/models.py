from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base


class SurveyRound(Owned, Voidable, Base):
    """排查: a round over all units below an organisation; `since` is the day the round before it was opened."""

    __tablename__ = "survey_rounds"

    title: Mapped[str]
    opened_on: Mapped[date]
    since: Mapped[date | None]

    __table_args__ = (Index("ix_survey_rounds_opened_on_id", "opened_on", "id"),)


class SurveyCheck(Owned, Voidable, Base):
    """A unit that was looked at in a round, and what was found."""

    __tablename__ = "survey_checks"

    survey_round_id: Mapped[UUID] = mapped_column(ForeignKey("survey_rounds.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"), index=True)
    checked_on: Mapped[date]
    content: Mapped[str]

    __table_args__ = (
        Index("ix_survey_checks_checked_on_id", "checked_on", "id"),
        Index(
            "uq_survey_checks_survey_round_id_unit_id",
            "survey_round_id",
            "unit_id",
            unique=True,
            postgresql_where=text("void_reason IS NULL"),
        ),
    )
