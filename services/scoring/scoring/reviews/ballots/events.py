from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Amount, Payload
from scoring.reviews.ballots.models import BallotKind, BallotState
from scoring.subjects import SubjectKind


class BallotOpened(Payload, title="开始测评"):
    """How many may vote, never who."""

    type: ClassVar[str] = "scoring.ballot.opened.v1"
    ballot_id: UUID
    review_id: UUID
    kind: BallotKind
    subject_kind: SubjectKind
    opened_on: date
    votes_entitled: int


class BallotReopened(Payload, title="准予重新测评"):
    """The superior lets another ballot of the kind be opened; this one counts until that one is closed validly."""

    type: ClassVar[str] = "scoring.ballot.reopened.v1"
    ballot_id: UUID
    version: int
    review_id: UUID
    kind: BallotKind
    reopened_on: date
    reason: str


class BallotScore(Payload):
    subject_id: UUID
    score: Amount


class BallotFacts(Payload):
    version: int
    review_id: UUID
    kind: BallotKind
    state: BallotState
    opened_on: date
    closed_on: date | None
    votes_entitled: int
    votes_cast: int
    is_valid: bool


class BallotClosed(BallotFacts, title="测评截止"):
    """`results` of a valid mutual ballot only."""

    type: ClassVar[str] = "scoring.ballot.closed.v1"
    ballot_id: UUID
    subject_kind: SubjectKind
    results: list[BallotScore]
