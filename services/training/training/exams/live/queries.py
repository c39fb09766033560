from typing import Any
from uuid import UUID

from sqlalchemy import Integer, ScalarSelect, Select, Text, any_, case, cast, func, literal, or_, select

from roster.models import Affiliation, PartyOrganization
from roster.rules import GROUP_KINDS
from training.exams.live.kinds import BuzzState, RoundState
from training.exams.live.models import LiveBuzz, LiveContest, LiveRound, LiveTeam
from training.exams.questions.models import Question


def of_contest(amount: Any) -> Any:
    query = select(amount).where(LiveTeam.live_contest_id == LiveContest.id).correlate(LiveContest)
    return query.scalar_subquery()


def teams() -> Any:
    return of_contest(func.count())


def people() -> Any:
    return of_contest(cast(func.coalesce(func.sum(func.cardinality(LiveTeam.member_ids)), 0), Integer))


def organizations() -> ScalarSelect[int]:
    """Of how many Party organisations the contestants were on the day; a Party group is part of the one above it."""
    on = LiveContest.held_on
    own = case(
        (PartyOrganization.kind.in_(GROUP_KINDS), PartyOrganization.parent_id), else_=Affiliation.organization_id
    )
    query = (
        select(func.count(own.distinct()))
        .select_from(LiveTeam)
        .join(Affiliation, Affiliation.member_id == any_(LiveTeam.member_ids))
        .outerjoin(PartyOrganization, PartyOrganization.id == Affiliation.organization_id)
        .where(LiveTeam.live_contest_id == LiveContest.id)
        .where(or_(Affiliation.valid_from.is_(None), Affiliation.valid_from <= on))
        .where(or_(Affiliation.valid_to.is_(None), Affiliation.valid_to > on))
    )
    return query.correlate(LiveContest).scalar_subquery()


def title_of_contest(live_contest_id: Any) -> Any:
    return select(LiveContest.title).where(LiveContest.id == live_contest_id).scalar_subquery()


def name_of_team(live_team_id: Any) -> Any:
    return select(LiveTeam.name).where(LiveTeam.id == live_team_id).scalar_subquery()


def of_question(column: Any) -> Any:
    return select(column).where(Question.id == LiveRound.question_id).scalar_subquery()


def right_answer() -> Any:
    """When nobody can answer any more."""
    return case((LiveRound.state == RoundState.CLOSED, of_question(Question.answers)), else_=literal(None, Text))


def winner(column: Any) -> Any:
    """The team that has the word, or answered right."""
    query = (
        select(column)
        .select_from(LiveBuzz)
        .join(LiveTeam, LiveTeam.id == LiveBuzz.live_team_id)
        .where(LiveBuzz.live_round_id == LiveRound.id, LiveBuzz.state.in_([BuzzState.FIRST, BuzzState.RIGHT]))
    )
    return query.correlate(LiveRound).scalar_subquery()


def round_name(live_round_id: Any) -> Any:
    name = func.concat("第", LiveRound.number, "题")
    return select(name).where(LiveRound.id == live_round_id).scalar_subquery()


def teams_of(live_contest_id: UUID) -> Select[LiveTeam]:
    return select(LiveTeam).where(LiveTeam.live_contest_id == live_contest_id).order_by(LiveTeam.id)


def rounds_of(live_contest_id: UUID) -> Select[LiveRound]:
    return select(LiveRound).where(LiveRound.live_contest_id == live_contest_id).order_by(LiveRound.number)


def buzzes_of(live_round_id: UUID) -> Select[LiveBuzz]:
    return select(LiveBuzz).where(LiveBuzz.live_round_id == live_round_id)
