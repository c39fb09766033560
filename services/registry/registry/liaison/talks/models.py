from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from kit.edge import LabelledEnum
from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base


class TalkWay(LabelledEnum):
    MEETING = "meeting", "座谈"
    FACE_TO_FACE = "face_to_face", "面谈"
    VISIT = "visit", "走访"
    PHONE = "phone", "电话"
    ONLINE = "online", "网络"
    LETTER = "letter", "书面"


class Talk(Owned, Voidable, Base):
    """双向沟通: who spoke with whom, in which way, about what, and what came of it."""

    __tablename__ = "talks"

    speaker: Mapped[str]
    counterpart: Mapped[str]
    way: Mapped[TalkWay] = mapped_column(stored_enum(TalkWay))
    held_on: Mapped[date]
    content: Mapped[str]
    result: Mapped[str]

    __table_args__ = (Index("ix_talks_held_on_id", "held_on", "id"),)
