from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from records.columns import Owned
from records.voiding import Voidable
from training.database import Base


class ServiceItem(Owned, Voidable, Base):
    """互助服务项目 of an organisation's menu: what, by whom, in which form, when, and what to know before.

    `is_fixed` is what the newest vote of the organisation made of it (前十项成为固定项目).
    """

    __tablename__ = "service_items"

    name: Mapped[str]
    provider_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    form: Mapped[str]
    time: Mapped[str]
    notice: Mapped[str]
    is_voluntary: Mapped[bool]
    is_convenient: Mapped[bool]
    is_shared: Mapped[bool]
    is_fixed: Mapped[bool] = mapped_column(default=False)
    ended_on: Mapped[date | None]

    __table_args__ = (
        CheckConstraint("cardinality(provider_ids) > 0", name="provided_by_somebody"),
        Index(
            "uq_service_items_name",
            "organization_id",
            "name",
            unique=True,
            postgresql_where=text("void_reason IS NULL AND ended_on IS NULL"),
        ),
        Index("ix_service_items_name_id", "name", "id"),
    )
