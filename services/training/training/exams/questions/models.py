from sqlalchemy import CheckConstraint, Index, Text
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from training.database import Base
from training.exams.questions.kinds import QuestionKind


class Question(Owned, Voidable, Base):
    """题库 of an organisation. A question never changes, for papers hold it: a wrong one is void and written anew."""

    __tablename__ = "questions"

    topic: Mapped[str]
    kind: Mapped[QuestionKind] = mapped_column(stored_enum(QuestionKind))
    text: Mapped[str]
    options: Mapped[list[str]] = mapped_column(ARRAY(Text))
    answers: Mapped[str]
    digest: Mapped[str]

    __table_args__ = (
        CheckConstraint("cardinality(options) BETWEEN 2 AND 8", name="options_counted"),
        CheckConstraint("answers ~ '^[A-H]{1,8}$'", name="answers_are_letters"),
        CheckConstraint("(kind = 'multiple') = (length(answers) > 1)", name="answers_fit_kind"),
        Index(
            "uq_questions_digest",
            "organization_id",
            "digest",
            unique=True,
            postgresql_where=sql("void_reason IS NULL"),
        ),
        Index("ix_questions_topic_id", "topic", "id"),
    )
