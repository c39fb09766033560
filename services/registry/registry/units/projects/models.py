from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base, ManyOf
from registry.units.projects.kinds import ProjectCheck


class InvestmentProject(Owned, Voidable, Base):
    """投资项目: which of the eight checks it has passed; the clause in its contract is one of them."""

    __tablename__ = "investment_projects"

    name: Mapped[str]
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"), index=True)
    signed_on: Mapped[date]
    checks: Mapped[list[ProjectCheck]] = mapped_column(ManyOf(ProjectCheck), server_default=text("'{}'"))

    __table_args__ = (Index("ix_investment_projects_signed_on_id", "signed_on", "id"),)
