from datetime import date

from sqlalchemy import Boolean
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import Versioned
from scoring.database import Base


class WorkingDay(Base, Versioned):
    """One calendar day: is it worked, and the holiday or 调休 that says so."""

    __tablename__ = "working_days"

    day: Mapped[date] = mapped_column(primary_key=True)
    is_working: Mapped[bool] = mapped_column(Boolean)
    note: Mapped[str] = mapped_column(server_default="")
