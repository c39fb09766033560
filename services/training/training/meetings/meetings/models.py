from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, SmallInteger, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import Versioned, stored_enum
from training.database import Base, Hours, Id, RecordedAt
from training.kinds import Audience, ClassKind, Direction, Duration, MeetingKind, MeetingState

Heads = Annotated[int, mapped_column(default=0, server_default="0")]


class Meeting(Versioned, Base):
    __tablename__ = "meetings"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("hours >= 0", name="hours_not_negative"),
        CheckConstraint("(kind = 'class') = (class_kind IS NOT NULL)", name="class_kind_of_classes"),
        CheckConstraint("(state = 'confirmed') = (confirmed_at IS NOT NULL)", name="confirmed_has_moment"),
        CheckConstraint("(state = 'confirmed') = (is_valid IS NOT NULL)", name="confirmed_has_validity"),
        CheckConstraint("(state = 'cancelled') = (cancel_reason IS NOT NULL)", name="cancelled_has_reason"),
        CheckConstraint("attended >= 0 AND attended <= expected", name="attended_of_expected"),
        CheckConstraint("(kind = 'exchange') = (direction IS NOT NULL)", name="direction_of_exchanges"),
        CheckConstraint("(kind = 'exchange') = (host_name IS NOT NULL)", name="host_of_exchanges"),
        CheckConstraint("(kind = 'site_visit') = (visited_organization_id IS NOT NULL)", name="visited_of_visits"),
        CheckConstraint("least(teams, guests, enterprises) >= 0", name="heads_not_negative"),
        CheckConstraint("enterprise_heads BETWEEN 0 AND guests", name="enterprise_heads_of_guests"),
        Index(
            "uq_meetings_organization_id_kind_starts_at",
            "organization_id",
            "kind",
            "starts_at",
            unique=True,
            postgresql_where="state <> 'cancelled' AND kind NOT IN ('class', 'heart_talk')",
        ),
        Index(None, "held_on", "id"),
        Index(None, "organization_id", "held_on"),
        Index(None, "series", postgresql_where="series IS NOT NULL"),
    )

    id: Mapped[Id]
    root_id: Mapped[UUID]
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("party_organizations.id"))
    kind: Mapped[MeetingKind] = mapped_column(stored_enum(MeetingKind))
    class_kind: Mapped[ClassKind | None] = mapped_column(stored_enum(ClassKind))
    audience: Mapped[Audience] = mapped_column(stored_enum(Audience))
    title: Mapped[str]
    place: Mapped[str | None]
    agenda: Mapped[str | None]
    lecturer: Mapped[str | None]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    held_on: Mapped[date]
    duration: Mapped[Duration] = mapped_column(stored_enum(Duration))
    hours: Mapped[Hours]
    has_election: Mapped[bool]
    is_by_superior: Mapped[bool]
    state: Mapped[MeetingState] = mapped_column(stored_enum(MeetingState), default=MeetingState.PLANNED)
    expected: Mapped[int] = mapped_column(default=0)
    attended: Mapped[int] = mapped_column(default=0)
    is_valid: Mapped[bool | None]
    cancel_reason: Mapped[str | None]
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[UUID | None]
    confirmations: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    without_minutes_reason: Mapped[str | None]
    series: Mapped[UUID | None]
    direction: Mapped[Direction | None] = mapped_column(stored_enum(Direction))
    host_name: Mapped[str | None]
    visited_organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("party_organizations.id"))
    teams: Mapped[Heads]
    guests: Mapped[Heads]
    enterprise_heads: Mapped[Heads]
    enterprises: Mapped[Heads]
    planned_by: Mapped[UUID]
    recorded_at: Mapped[RecordedAt]


class Reopening(Base):
    """Why a superior opened a confirmed attendance again, and who had confirmed it when."""

    __tablename__ = "meeting_reopenings"
    __table_args__ = (Index(None, "meeting_id", "id"),)

    id: Mapped[Id]
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"))
    root_id: Mapped[UUID]
    reason: Mapped[str]
    was_confirmed_at: Mapped[datetime]
    was_confirmed_by: Mapped[UUID]
    reopened_at: Mapped[datetime]
    reopened_by: Mapped[UUID]


class Participant(Base):
    """One expected person: what the code saw, what the secretary lists, and the hours credited at confirmation."""

    __tablename__ = "participants"
    __table_args__ = (
        UniqueConstraint("meeting_id", "member_id"),
        CheckConstraint("hours IS NULL OR hours >= 0", name="hours_not_negative"),
        Index(None, "member_id"),
    )

    id: Mapped[Id]
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"))
    member_id: Mapped[UUID]
    root_id: Mapped[UUID]
    has_vote: Mapped[bool]
    checked_in_at: Mapped[datetime | None]
    is_listed: Mapped[bool | None]
    absence_reason: Mapped[str | None]
    spoke: Mapped[bool] = mapped_column(default=False, server_default=false())
    attended: Mapped[bool] = mapped_column(Computed("COALESCE(is_listed, checked_in_at IS NOT NULL)", persisted=True))
    hours: Mapped[Hours | None]
