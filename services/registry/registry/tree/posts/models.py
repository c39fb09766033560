from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, false, text
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from kit.ids import uuid7
from records.voiding import DatedVoidable
from registry.database import Base, one_kind_at_a_time
from registry.tree.posts.kinds import AppointmentSource, Background, PostKind


class Post(DatedVoidable, Base):
    """职务: one person's post in one organisation; `id` stays when the record is corrected, `record_id` does not.

    The post is held from `valid_from` up to, not on, `valid_to`.
    """

    __tablename__ = "posts"

    record_id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    id: Mapped[UUID] = mapped_column(default=uuid7)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"), index=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("party_organizations.id"), index=True)
    organization_no: Mapped[int] = mapped_column(Integer)
    root_id: Mapped[UUID] = mapped_column(ForeignKey("party_organizations.id"))
    kind: Mapped[PostKind] = mapped_column(stored_enum(PostKind))
    source: Mapped[AppointmentSource | None] = mapped_column(stored_enum(AppointmentSource))
    background: Mapped[Background | None] = mapped_column(stored_enum(Background))
    is_seconded: Mapped[bool] = mapped_column(default=False, server_default=false())
    recorded_by: Mapped[UUID | None]
    version: Mapped[int] = mapped_column(Integer, default=1)

    __table_args__ = (
        one_kind_at_a_time("ex_posts_secretary", "organization_no", PostKind.SECRETARY),
        Index("uq_posts_id", "id", unique=True, postgresql_where=text("recorded_to IS NULL")),
        Index(
            "uq_posts_member_id_organization_id_kind",
            "member_id",
            "organization_id",
            "kind",
            "valid_from",
            unique=True,
            postgresql_where=text("recorded_to IS NULL"),
        ),
    )
