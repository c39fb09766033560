from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, Integer, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import Versioned, stored_enum
from kit.ids import uuid7
from records.voiding import Voidable
from registry.database import Base
from registry.members.members.kinds import Degree, Education, Ethnicity, MemberStage, Sex


class Member(Versioned, Voidable, Base):
    """A person on the way into the Party or in it; ID number and phone are sealed, the index finds equals.

    `…_as_written` is from before the code lists: what no code was found for waits there for somebody to choose one.
    """

    __tablename__ = "members"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    member_no: Mapped[int] = mapped_column(Integer, Identity(always=True), unique=True)
    name: Mapped[str]
    search_keys: Mapped[list[str]] = mapped_column(ARRAY(Text))
    id_number_sealed: Mapped[bytes]
    id_number_index: Mapped[bytes] = mapped_column(unique=True)
    phone_sealed: Mapped[bytes | None]
    birth_on: Mapped[date]
    sex: Mapped[Sex] = mapped_column(stored_enum(Sex))
    ethnicity: Mapped[Ethnicity | None] = mapped_column("ethnicity_code", stored_enum(Ethnicity))
    education: Mapped[Education | None] = mapped_column("education_code", stored_enum(Education))
    degree: Mapped[Degree | None] = mapped_column("degree_code", stored_enum(Degree))
    ethnicity_as_written: Mapped[str | None] = mapped_column("ethnicity")
    education_as_written: Mapped[str | None] = mapped_column("education")
    stage: Mapped[MemberStage] = mapped_column(stored_enum(MemberStage))
    joined_on: Mapped[date | None]
    confirmed_on: Mapped[date | None]
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("party_organizations.id"), index=True)
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"), index=True)
    root_id: Mapped[UUID] = mapped_column(ForeignKey("party_organizations.id"))
    arrived_on: Mapped[date | None]
    left_on: Mapped[date | None]
    is_active: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (
        CheckConstraint("confirmed_on >= joined_on", name="confirmed_after_joining"),
        CheckConstraint("is_active = (left_on IS NULL AND void_reason IS NULL)", name="left_or_void_is_inactive"),
        Index("ix_members_search_keys", "search_keys", postgresql_using="gin"),
        Index("ix_members_name_id", "name", "id"),
    )
