from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from kit.edge import LongText, Schema
from records.listing import Listing, equals
from scoring.reviews.ballots.models import Ballot, BallotKind, BallotState
from scoring.reviews.ballots.rules import Grade

Token = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_\-]{43}$", strict=True)]
TokenHash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$", strict=True)]


class BallotOpen(Schema):
    review_id: UUID = Field(title="评议")
    kind: BallotKind = Field(default=BallotKind.DEMOCRATIC, title="测评种类")


class BallotRead(Schema):
    id: UUID = Field(title="编号")
    review_id: UUID = Field(title="评议编号")
    review_name: str = Field(title="评议")
    kind: BallotKind = Field(title="测评种类")
    state: BallotState = Field(title="状态")
    opened_on: date = Field(title="开始日期")
    closed_on: date | None = Field(title="截止日期")
    votes_entitled: int = Field(title="有表决权人数")
    votes_cast: int = Field(title="已投票数")
    is_valid: bool = Field(title="是否有效(半数以上)")
    reopened_on: date | None = Field(title="上级准予重新测评的日期")
    reopening_reason: str | None = Field(title="准予重新测评的理由")
    version: int = Field(title="版本")


class BallotReopening(Schema):
    reason: LongText = Field(title="准予重新测评的理由")


class BallotListing(Listing, sortable=(Ballot.opened_on, Ballot.kind, Ballot.state), order=(Ballot.id,)):
    review_id: Annotated[UUID, equals(Ballot.review_id)] = Field(title="评议编号")
    kind: Annotated[BallotKind | None, equals(Ballot.kind)] = Field(default=None, title="测评种类")
    state: Annotated[BallotState | None, equals(Ballot.state)] = Field(default=None, title="状态")


class VotingTokenRegister(Schema):
    """The secret (32 random bytes, base64url) never leaves the voter's device before the vote."""

    token_hash: TokenHash = Field(title="投票凭证的 SHA-256 摘要(凭证由本人设备生成,投票时才出示)")


class VotingTokenRead(Schema):
    has_vote: bool = Field(title="是否有表决权(预备党员没有)")


class Choice(Schema):
    subject_id: UUID = Field(title="评议对象")
    grade: Grade = Field(title="等次")


class VoteCast(Schema):
    token: Token = Field(title="一次性投票凭证")
    choices: Annotated[list[Choice], Field(min_length=1, max_length=2000, title="评定")]


class VoteRead(Schema):
    ballot_id: UUID = Field(title="测评编号")
    accepted: int = Field(title="计入的评定数")


class BallotResult(Schema):
    subject_id: UUID = Field(title="评议对象编号")
    subject_name: str = Field(title="评议对象")
    is_withheld: bool = Field(title="票数不足,不公布也不计入")
    counts: dict[Grade, int] | None = Field(title="各等次票数", description="不足最少票数的为空")
    score: Decimal | None = Field(title="得分", description="不足最少票数的为空")
