from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, Name, OptionalName, Schema
from records.events import Payload
from records.listing import Listing, at_least, at_most, contains, equals
from records.voiding import VOID_REASON, void_or_not
from roster.queries import below
from training.exams.exams.schemas import Seed
from training.exams.live.kinds import BuzzState, LiveState, RoundState
from training.exams.live.models import LiveBuzz, LiveContest, LiveRound, LiveTeam
from training.exams.questions.kinds import QuestionKind

LiveId = Annotated[UUID, Path(title="现场竞赛编号")]
RoundId = Annotated[UUID, Path(title="抢答题编号")]


class LiveTeamCreate(Schema):
    name: Name = Field(title="小组")
    member_ids: Annotated[list[UUID], Field(min_length=1, max_length=50)] = Field(title="组员")


class LiveContestCreate(Schema):
    organization_id: UUID = Field(title="党组织", description="组员须是本级或下级的党员,从本级题库抽题")
    title: Name = Field(title="名称")
    held_on: BusinessDate = Field(title="举办日期")
    topic: Name | None = Field(default=None, title="试题分类", description="不填为题库全部")
    questions: int = Field(default=100, ge=1, le=200, title="题数")
    smallest_team: int = Field(default=10, ge=1, le=50, title="每组至少几人")
    points: int = Field(default=10, ge=1, le=100, title="答对一题得分")
    seed: Seed = Field(default=None, title="随机种子", description="不填由系统生成;同一题库和种子抽出同样的题")
    teams: Annotated[list[LiveTeamCreate], Field(min_length=2, max_length=30)] = Field(title="小组")


class LiveContestRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    title: str = Field(title="名称")
    held_on: date = Field(title="举办日期")
    state: LiveState = Field(title="状态")
    questions: int = Field(title="题数")
    smallest_team: int = Field(title="每组至少几人")
    points: int = Field(title="答对一题得分")
    teams: int = Field(title="小组数")
    people: int = Field(title="参赛人数")
    organizations: int = Field(title="参赛党组织数")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class LiveContestListing(
    Listing, sortable=(LiveContest.held_on, LiveContest.title), order=(LiveContest.held_on.desc(), LiveContest.id)
):
    organization_id: Annotated[UUID | None, below(LiveContest.organization_id)] = Field(
        default=None, title="该党组织及其下级"
    )
    state: Annotated[list[LiveState], equals(LiveContest.state)] = Field(default=[], max_length=3, title="状态,可重复")
    from_day: Annotated[BusinessDate | None, at_least(LiveContest.held_on)] = Field(default=None, title="举办日期起")
    to_day: Annotated[BusinessDate | None, at_most(LiveContest.held_on)] = Field(default=None, title="举办日期止")
    is_void: Annotated[bool, void_or_not(LiveContest)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalName | None, contains(LiveContest.title)] = Field(default=None, title="搜索名称")


class LiveTeamRead(Schema):
    id: UUID = Field(title="编号")
    live_contest_id: UUID = Field(title="现场竞赛编号")
    live_contest_name: str = Field(title="现场竞赛")
    name: str = Field(title="小组")
    member_ids: list[UUID] = Field(title="组员编号")
    member_names: list[str] = Field(title="组员")
    score: int = Field(title="得分")


class LiveTeamListing(Listing, sortable=(LiveTeam.score, LiveTeam.name), order=(LiveTeam.score.desc(), LiveTeam.id)):
    live_contest_id: Annotated[UUID | None, equals(LiveTeam.live_contest_id)] = Field(
        default=None, title="现场竞赛编号"
    )


class LiveRoundRead(Schema):
    id: UUID = Field(title="编号")
    live_contest_id: UUID = Field(title="现场竞赛编号")
    live_contest_name: str = Field(title="现场竞赛")
    number: int = Field(title="第几题")
    kind: QuestionKind = Field(title="题型")
    text: str = Field(title="题目")
    options: list[str] = Field(title="选项")
    right_answer: str | None = Field(title="正确答案", description="本题结束后才有")
    state: RoundState = Field(title="状态")
    turn: int = Field(title="第几轮抢答", description="答错后其他小组可再抢")
    opened_at: datetime = Field(title="开始抢答时刻")
    winner_id: UUID | None = Field(title="抢到的小组编号")
    winner_name: str | None = Field(title="抢到的小组")
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class LiveRoundListing(
    Listing, sortable=(LiveRound.opened_at, LiveRound.number), order=(LiveRound.opened_at.desc(), LiveRound.id)
):
    live_contest_id: Annotated[UUID | None, equals(LiveRound.live_contest_id)] = Field(
        default=None, title="现场竞赛编号"
    )
    state: Annotated[list[RoundState], equals(LiveRound.state)] = Field(default=[], max_length=3, title="状态,可重复")


class LiveBuzzRead(Schema):
    id: UUID = Field(title="编号")
    live_round_id: UUID = Field(title="抢答题编号")
    live_round_name: str = Field(title="抢答题")
    live_team_id: UUID = Field(title="小组编号")
    live_team_name: str = Field(title="小组")
    member_id: UUID = Field(title="抢答人编号")
    member_name: str = Field(title="抢答人")
    turn: int = Field(title="第几轮抢答")
    buzzed_at: datetime = Field(title="服务器收到的时刻")
    state: BuzzState = Field(title="结果")


class LiveBuzzListing(Listing, sortable=(LiveBuzz.buzzed_at,), order=(LiveBuzz.buzzed_at, LiveBuzz.id)):
    live_round_id: Annotated[UUID | None, equals(LiveBuzz.live_round_id)] = Field(default=None, title="抢答题编号")
    live_team_id: Annotated[UUID | None, equals(LiveBuzz.live_team_id)] = Field(default=None, title="小组编号")
    state: Annotated[list[BuzzState], equals(LiveBuzz.state)] = Field(default=[], max_length=4, title="结果,可重复")


class LiveJudgement(Schema):
    is_right: bool = Field(title="答对")


class TeamScore(Payload):
    live_team_id: UUID
    score: int


class LiveContestChanged(Payload, title="现场竞赛变更"):
    type: ClassVar[str] = "training.live_contest.changed.v1"
    id: UUID
    organization_id: UUID
    held_on: date
    state: LiveState
    teams: list[TeamScore]
    is_void: bool


class LiveRoundChanged(Payload, title="抢答题变更"):
    type: ClassVar[str] = "training.live_round.changed.v1"
    id: UUID
    live_contest_id: UUID
    number: int
    state: RoundState
    turn: int


class LiveBuzzed(Payload, title="抢答"):
    type: ClassVar[str] = "training.live_buzz.recorded.v1"
    live_round_id: UUID
    live_team_id: UUID
    member_id: UUID
    turn: int
    buzzed_at: datetime
    state: BuzzState
