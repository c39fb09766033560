"""现场抢答:各组抢答,服务器先收到的有效抢答获胜;答错后其他小组再抢 (seed 3.5)."""

from uuid import UUID

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.clock import business_now
from records.registers import Register
from records.voiding import refuse_void, void_row
from roster.queries import member_name_of, name_of, open_below
from training.branch_sites.sites.service import tell
from training.exams.exams.rules import paper, seed_of
from training.exams.exams.service import BankTooSmall
from training.exams.live import queries
from training.exams.live.kinds import BuzzState, LiveState, RoundState
from training.exams.live.models import LiveBuzz, LiveContest, LiveRound, LiveTeam
from training.exams.live.schemas import (
    LiveBuzzed,
    LiveBuzzRead,
    LiveContestChanged,
    LiveContestCreate,
    LiveContestRead,
    LiveRoundChanged,
    LiveRoundRead,
    LiveTeamCreate,
    LiveTeamRead,
    TeamScore,
)
from training.exams.questions.models import Question
from training.exams.questions.queries import standing
from training.meetings.make_ups.service import OwnCase
from training.mutual_aid.acting import acting_for, require_members
from training.mutual_aid.menu.queries import names_of


class LiveContestNotFound(problems.NotFound):
    code = "live-contest-not-found"
    detail = "没有这场现场竞赛,或您看不到它"


class LiveRoundNotFound(problems.NotFound):
    code = "live-round-not-found"
    detail = "没有这道抢答题,或您看不到它"


class TeamsMismatch(problems.Unprocessable):
    code = "teams-mismatch"
    detail = "每组至少 {smallest} 人,组名不重复,一名党员只能在一个小组"


class ContestOver(problems.Conflict):
    code = "live-contest-over"
    detail = "现场竞赛已结束或已作废"


class RoundUnderWay(problems.Conflict):
    code = "live-round-under-way"
    detail = "上一题尚未结束"


class NoQuestionLeft(problems.Conflict):
    code = "no-question-left"
    detail = "抽出的题已用完"


class RoundNotOpen(problems.Conflict):
    code = "live-round-not-open"
    detail = "本题{state},不能办理这一步"


class NotAContestant(problems.Forbidden):
    code = "not-a-contestant"
    detail = "您不是本场竞赛的组员"


class AlreadyBuzzed(problems.Conflict):
    code = "already-buzzed"
    detail = "本组这一轮已抢答,或本题已答错"


LIVE_CONTESTS = Register(
    "现场竞赛",
    LiveContest,
    LiveContestRead,
    LiveContestNotFound,
    open_below(LiveContest.organization_id),
    derived={
        "organization_name": name_of(LiveContest.organization_id),
        "questions": func.cardinality(LiveContest.question_ids),
        "teams": queries.teams(),
        "people": queries.people(),
        "organizations": queries.organizations(),
    },
)
TEAMS = Register(
    "现场竞赛小组",
    LiveTeam,
    LiveTeamRead,
    LiveContestNotFound,
    open_below(LiveTeam.organization_id),
    derived={
        "live_contest_name": queries.title_of_contest(LiveTeam.live_contest_id),
        "member_names": names_of(LiveTeam.member_ids),
    },
)
ROUNDS = Register(
    "抢答题",
    LiveRound,
    LiveRoundRead,
    LiveRoundNotFound,
    open_below(LiveRound.organization_id),
    derived={
        "live_contest_name": queries.title_of_contest(LiveRound.live_contest_id),
        "kind": queries.of_question(Question.kind),
        "text": queries.of_question(Question.text),
        "options": queries.of_question(Question.options),
        "right_answer": queries.right_answer(),
        "winner_id": queries.winner(LiveTeam.id),
        "winner_name": queries.winner(LiveTeam.name),
    },
)
BUZZES = Register(
    "抢答记录",
    LiveBuzz,
    LiveBuzzRead,
    LiveRoundNotFound,
    open_below(LiveBuzz.organization_id),
    derived={
        "live_round_name": queries.round_name(LiveBuzz.live_round_id),
        "live_team_name": queries.name_of_team(LiveBuzz.live_team_id),
        "member_name": member_name_of(LiveBuzz.member_id),
    },
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_live_buzzes_live_round_id_live_team_id_turn": AlreadyBuzzed}


async def plan(db: AsyncSession, entry: LiveContestCreate, *, actor: Actor) -> LiveContest:
    organization = await acting_for(db, actor, entry.organization_id)
    _refuse_other_teams(entry.teams, entry.smallest_team)
    people = {one for team in entry.teams for one in team.member_ids}
    await require_members(db, organization.id, people, entry.held_on)
    bank = list(await db.scalars(standing(organization.id, entry.topic)))
    if len(bank) < entry.questions:
        raise BankTooSmall(found=len(bank), wanted=entry.questions)
    contest = LiveContest(
        **entry.model_dump(include={"organization_id", "title", "held_on", "smallest_team", "points"}),
        state=LiveState.PLANNED,
        question_ids=paper(bank, entry.questions, seed_of(entry.seed)),
        root_id=organization.root_id,
        recorded_by=actor.subject,
        recorded_at=await business_now(db),
    )
    db.add(contest)
    await db.flush()
    places = {"root_id": contest.root_id, "organization_id": contest.organization_id, "live_contest_id": contest.id}
    db.add_all(LiveTeam(**places, name=team.name, member_ids=team.member_ids) for team in entry.teams)
    return await _tell(db, contest, actor)


def _refuse_other_teams(teams: list[LiveTeamCreate], smallest: int) -> None:
    people = [one for team in teams for one in team.member_ids]
    is_small = any(len(team.member_ids) < smallest for team in teams)
    if is_small or len(set(people)) != len(people) or len({team.name for team in teams}) != len(teams):
        raise TeamsMismatch(smallest=smallest)


async def open_round(db: AsyncSession, contest: LiveContest, *, actor: Actor) -> LiveRound:
    """The next question of the paper, when the one before is over."""
    await _host(db, contest, actor)
    earlier = list(await db.scalars(queries.rounds_of(contest.id)))
    if any(one.state is not RoundState.CLOSED for one in earlier):
        raise RoundUnderWay
    if len(earlier) == len(contest.question_ids):
        raise NoQuestionLeft
    contest.state, now = LiveState.RUNNING, await business_now(db)
    opened = LiveRound(
        live_contest_id=contest.id,
        number=len(earlier) + 1,
        question_id=contest.question_ids[len(earlier)],
        state=RoundState.OPEN,
        turn=1,
        opened_at=now,
        organization_id=contest.organization_id,
        root_id=contest.root_id,
        recorded_by=actor.subject,
        recorded_at=now,
    )
    db.add(opened)
    return await _tell_round(db, opened, actor)


async def buzz(db: AsyncSession, asked: LiveRound, *, actor: Actor) -> LiveBuzz:
    """Under the lock of the question, so that presses stand in one order and the time of each is taken in it."""
    refuse_void(await db.get_one(LiveContest, asked.live_contest_id))
    if asked.state is RoundState.CLOSED:
        raise RoundNotOpen(state=asked.state.label)
    teams = await db.scalars(queries.teams_of(asked.live_contest_id))
    team = next((one for one in teams if actor.person in one.member_ids), None)
    if team is None or actor.person is None:
        raise NotAContestant
    earlier = list(await db.scalars(queries.buzzes_of(asked.id).where(LiveBuzz.live_team_id == team.id)))
    if any(one.turn == asked.turn or one.state is BuzzState.WRONG for one in earlier):
        raise AlreadyBuzzed
    is_first = asked.state is RoundState.OPEN
    pressed = LiveBuzz(
        root_id=asked.root_id,
        organization_id=asked.organization_id,
        live_round_id=asked.id,
        live_team_id=team.id,
        member_id=actor.person,
        turn=asked.turn,
        buzzed_at=await business_now(db),
        state=BuzzState.FIRST if is_first else BuzzState.LATE,
    )
    db.add(pressed)
    if is_first:
        asked.state = RoundState.TAKEN
    await db.flush()
    await tell(db, LiveBuzzed.model_validate(pressed), asked, actor=actor)
    return pressed


async def judge(db: AsyncSession, asked: LiveRound, *, is_right: bool, actor: Actor) -> LiveRound:
    """Right ends the question with points; wrong lets the other teams press again."""
    contest = await _contest_of(db, asked)
    await _host(db, contest, actor)
    _refuse_other_states(asked, RoundState.TAKEN)
    first = (await db.scalars(queries.buzzes_of(asked.id).where(LiveBuzz.state == BuzzState.FIRST))).one()
    first.state = BuzzState.RIGHT if is_right else BuzzState.WRONG
    if is_right:
        team = await db.get_one(LiveTeam, first.live_team_id)
        team.score += contest.points
        asked.state = RoundState.CLOSED
    else:
        asked.state, asked.turn = RoundState.OPEN, asked.turn + 1
    return await _tell_round(db, asked, actor)


async def close_round(db: AsyncSession, asked: LiveRound, *, actor: Actor) -> LiveRound:
    """Nobody answers."""
    await _host(db, await _contest_of(db, asked), actor)
    _refuse_other_states(asked, RoundState.OPEN)
    asked.state = RoundState.CLOSED
    return await _tell_round(db, asked, actor)


async def finish(db: AsyncSession, contest: LiveContest, *, actor: Actor) -> LiveContest:
    await _host(db, contest, actor)
    if any(one.state is not RoundState.CLOSED for one in await db.scalars(queries.rounds_of(contest.id))):
        raise RoundUnderWay
    contest.state = LiveState.FINISHED
    return await _tell(db, contest, actor)


async def void(db: AsyncSession, contest: LiveContest, reason: str, *, actor: Actor) -> LiveContest:
    void_row(db, contest, reason)
    return await _tell(db, contest, actor)


async def pressed(db: AsyncSession, buzz_id: UUID) -> LiveBuzzRead:
    row = (await db.execute(BUZZES.rows().where(LiveBuzz.id == buzz_id))).one()
    return LiveBuzzRead.model_validate(row)


async def _contest_of(db: AsyncSession, asked: LiveRound) -> LiveContest:
    return await db.get_one(LiveContest, asked.live_contest_id, with_for_update=True)


async def _host(db: AsyncSession, contest: LiveContest, actor: Actor) -> None:
    """Whoever judges is in none of the teams."""
    refuse_void(contest)
    if contest.state is LiveState.FINISHED:
        raise ContestOver
    if any(actor.person in one.member_ids for one in await db.scalars(queries.teams_of(contest.id))):
        raise OwnCase


def _refuse_other_states(asked: LiveRound, state: RoundState) -> None:
    if asked.state is not state:
        raise RoundNotOpen(state=asked.state.label)


async def _tell(db: AsyncSession, contest: LiveContest, actor: Actor) -> LiveContest:
    await db.flush()
    told = LiveContestChanged(
        id=contest.id,
        organization_id=contest.organization_id,
        held_on=contest.held_on,
        state=contest.state,
        teams=[
            TeamScore(live_team_id=one.id, score=one.score) for one in await db.scalars(queries.teams_of(contest.id))
        ],
        is_void=contest.void_reason is not None,
    )
    await tell(db, told, contest, actor=actor)
    return contest


async def _tell_round(db: AsyncSession, asked: LiveRound, actor: Actor) -> LiveRound:
    await db.flush()
    await tell(db, LiveRoundChanged.model_validate(asked), asked, actor=actor)
    return asked
