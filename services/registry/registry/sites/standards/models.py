from datetime import date

from sqlalchemy import CheckConstraint, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base
from registry.sites.demonstration_points.models import DemonstrationLevel

ITEMS = 10


class SiteStandard(Owned, Voidable, Base):
    """十条标准: what a district asks of its demonstration points of one level, from a day on until the next one."""

    __tablename__ = "site_standards"

    level: Mapped[DemonstrationLevel] = mapped_column(stored_enum(DemonstrationLevel))
    valid_from: Mapped[date]
    items: Mapped[list[str]] = mapped_column(ARRAY(Text))

    __table_args__ = (
        CheckConstraint(f"cardinality(items) = {ITEMS}", name="ten_items"),
        Index(
            "uq_site_standards_level",
            "root_id",
            "level",
            "valid_from",
            unique=True,
            postgresql_where=text("void_reason IS NULL"),
        ),
        Index("ix_site_standards_valid_from_id", "valid_from", "id"),
    )
