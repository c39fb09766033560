from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base
from registry.sites.site_checks.kinds import CheckList


class SiteCheck(Owned, Voidable, Base):
    """A check of a site on a day: each item of its list with its name of then, whether it is met, and the picture."""

    __tablename__ = "site_checks"

    check_list: Mapped[CheckList] = mapped_column(stored_enum(CheckList))
    standard_id: Mapped[UUID | None] = mapped_column(ForeignKey("site_standards.id"))
    checked_on: Mapped[date]
    items: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    expected: Mapped[int] = mapped_column(Integer)
    met: Mapped[int] = mapped_column(Integer)
    is_passed: Mapped[bool]

    __table_args__ = (
        CheckConstraint("jsonb_array_length(items) = expected AND met BETWEEN 0 AND expected", name="items_counted"),
        CheckConstraint("is_passed = (met = expected)", name="passed_with_all"),
        CheckConstraint("(check_list = 'ten_standards') = (standard_id IS NOT NULL)", name="ten_have_a_standard"),
        Index("ix_site_checks_organization_id_checked_on", "organization_id", "checked_on"),
        Index("ix_site_checks_checked_on_id", "checked_on", "id"),
    )
