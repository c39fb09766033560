"""网上投票,前十项成为固定项目;末位并列而名额不够的,由党组织议定 (seed 3.3)."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as insert_once
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.clock import business_now
from kit.ids import uuid7
from records.registers import Register
from records.voiding import refuse_void, void_row
from roster.models import Member
from roster.queries import name_of, open_below
from training.branch_sites.sites.service import tell
from training.mutual_aid.acting import NobodyTakesPart, acting_for, members_below
from training.mutual_aid.menu.models import ServiceItem
from training.mutual_aid.menu.queries import names_of, of_item
from training.mutual_aid.menu.service import record_item
from training.mutual_aid.votes import queries, rules
from training.mutual_aid.votes.kinds import VoteOutcome
from training.mutual_aid.votes.models import ServiceCandidate, ServiceVote, ServiceVoter
from training.mutual_aid.votes.schemas import (
    ServiceBallotCast,
    ServiceCandidateRead,
    ServiceVoteChanged,
    ServiceVoteCreate,
    ServiceVoteRead,
    TieDecision,
)

FEWEST_ITEMS = 2


class ServiceVoteNotFound(problems.NotFound):
    code = "service-vote-not-found"
    detail = "没有这次投票,或您看不到它"


class NotOnTheMenu(problems.Unprocessable):
    code = "not-on-the-menu"
    detail = "参加投票的项目须在本党组织的菜单上,至少两项,且不重复"


class ClosesTooEarly(problems.Unprocessable):
    code = "closes-too-early"
    detail = "截止日期不能早于今天"


class VoteNotOpen(problems.Conflict):
    code = "vote-not-open"
    detail = "投票已截止"


class VoteNotOver(problems.Conflict):
    code = "vote-not-over"
    detail = "投票到 {day} 截止,次日起才能计票"


class AlreadyVoted(problems.Conflict):
    code = "already-voted"
    detail = "您已投过票:一名党员一票,投出后不能更改"


class BallotMismatch(problems.Unprocessable):
    code = "ballot-mismatch"
    detail = "每人最多选 {most} 项,所选须是本次投票的项目且不重复"


class NoTie(problems.Conflict):
    code = "no-tie"
    detail = "没有待议的并列项目"


class TieMismatch(problems.Unprocessable):
    code = "tie-mismatch"
    detail = "须从并列的项目中正好选出 {places} 项"


VOTES = Register(
    "互助项目投票",
    ServiceVote,
    ServiceVoteRead,
    ServiceVoteNotFound,
    open_below(ServiceVote.organization_id),
    derived={
        "organization_name": name_of(ServiceVote.organization_id),
        "candidates": queries.candidates(),
        "voters": queries.voters(),
    },
)
CANDIDATES = Register(
    "互助项目投票结果",
    ServiceCandidate,
    ServiceCandidateRead,
    ServiceVoteNotFound,
    open_below(ServiceCandidate.organization_id),
    derived={
        "service_vote_name": queries.title_of_vote(ServiceCandidate.service_vote_id),
        "service_item_name": of_item(ServiceItem.name, ServiceCandidate.service_item_id),
        "provider_ids": of_item(ServiceItem.provider_ids, ServiceCandidate.service_item_id),
        "provider_names": of_item(names_of(ServiceItem.provider_ids), ServiceCandidate.service_item_id),
        "form": of_item(ServiceItem.form, ServiceCandidate.service_item_id),
        "time": of_item(ServiceItem.time, ServiceCandidate.service_item_id),
    },
)


async def open_vote(db: AsyncSession, entry: ServiceVoteCreate, *, actor: Actor, today: date) -> ServiceVote:
    organization = await acting_for(db, actor, entry.organization_id)
    if entry.closes_on < today:
        raise ClosesTooEarly
    wanted = entry.service_item_ids
    items = list(await db.scalars(queries.standing_items(organization.id, wanted)))
    if len(items) < FEWEST_ITEMS or (wanted is not None and len(items) != len(wanted)):
        raise NotOnTheMenu
    vote = ServiceVote(
        **entry.model_dump(exclude={"service_item_ids"}),
        opened_on=today,
        root_id=organization.root_id,
        recorded_by=actor.subject,
        recorded_at=await business_now(db),
    )
    db.add(vote)
    await db.flush()
    places = {"root_id": vote.root_id, "organization_id": vote.organization_id, "service_vote_id": vote.id}
    db.add_all(ServiceCandidate(**places, service_item_id=one) for one in sorted(items))
    return await _tell(db, vote, actor)


async def cast(
    db: AsyncSession, vote: ServiceVote, service_item_ids: list[UUID], *, actor: Actor, today: date
) -> ServiceVote:
    """Under the lock of the vote, so that no ballot comes after the count."""
    refuse_void(vote)
    if vote.closed_on is not None or today > vote.closes_on:
        raise VoteNotOpen
    electors = members_below(vote.organization_id, today).where(Member.id == actor.person)
    if actor.person is None or await db.scalar(electors) is None:
        raise NobodyTakesPart
    known = set(await db.scalars(queries.of_vote(vote.id).with_only_columns(ServiceCandidate.service_item_id)))
    chosen = set(service_item_ids)
    if len(chosen) != len(service_item_ids) or not chosen <= known or len(chosen) > vote.most_choices:
        raise BallotMismatch(most=vote.most_choices)
    voter = {"id": uuid7(), "service_vote_id": vote.id, "member_id": actor.person}
    once = insert_once(ServiceVoter).values(**voter).on_conflict_do_nothing().returning(ServiceVoter.id)
    if await db.scalar(once) is None:
        raise AlreadyVoted
    await db.execute(queries.raise_tallies(vote.id, service_item_ids))
    told = ServiceBallotCast(service_vote_id=vote.id, organization_id=vote.organization_id)
    await tell(db, told, vote, actor=actor)
    return vote


async def close(db: AsyncSession, vote: ServiceVote, *, actor: Actor, today: date) -> ServiceVote:
    """The count: the most voted items become the organisation's fixed ones, in the place of those before.

    What was taken from the menu meanwhile takes no place.
    """
    refuse_void(vote)
    if vote.closed_on is not None:
        raise VoteNotOpen
    if today <= vote.closes_on:
        raise VoteNotOver(day=vote.closes_on)
    rows = list(await db.scalars(queries.of_vote(vote.id)))
    standing = set(await db.scalars(queries.standing_items(vote.organization_id, None)))
    tallies = {one.service_item_id: one.tally for one in rows if one.service_item_id in standing}
    found = rules.outcomes(tallies, vote.places)
    for one in rows:
        one.votes, one.outcome = one.tally, found.get(one.service_item_id, VoteOutcome.NOT_CHOSEN)
    vote.closed_on = today
    await _fix(db, vote, actor)
    return await _tell(db, vote, actor)


async def decide_tie(db: AsyncSession, vote: ServiceVote, decision: TieDecision, *, actor: Actor) -> ServiceVote:
    """Exactly as many of those level at the edge as places are left; the others are not chosen."""
    refuse_void(vote)
    rows = list(await db.scalars(queries.of_vote(vote.id)))
    tied = {one.service_item_id: one for one in rows if one.outcome is VoteOutcome.TIED}
    left = vote.places - sum(one.outcome is VoteOutcome.FIXED for one in rows)
    if not tied:
        raise NoTie
    chosen = set(decision.service_item_ids)
    if not chosen <= tied.keys() or len(chosen) != left or len(decision.service_item_ids) != left:
        raise TieMismatch(places=left)
    for item, one in tied.items():
        one.outcome = VoteOutcome.FIXED if item in chosen else VoteOutcome.NOT_CHOSEN
    vote.tie_reason = decision.reason
    await _fix(db, vote, actor)
    return await _tell(db, vote, actor)


async def void(db: AsyncSession, vote: ServiceVote, reason: str, *, actor: Actor) -> ServiceVote:
    void_row(db, vote, reason)
    await _fix(db, vote, actor)
    return await _tell(db, vote, actor)


async def _fix(db: AsyncSession, vote: ServiceVote, actor: Actor) -> None:
    """By the newest vote that stands, whichever was counted or void last."""
    await db.flush()
    items = await _items(db, vote)
    newest = await db.scalar(queries.newest_count(vote.organization_id))
    fixed = set(await _ids(db, newest, VoteOutcome.FIXED)) if newest else set()
    for item in items:
        if item.is_fixed != (item.id in fixed):
            item.is_fixed = item.id in fixed
            await record_item(db, item, actor=actor)


async def _items(db: AsyncSession, vote: ServiceVote) -> list[ServiceItem]:
    items = select(ServiceItem).where(ServiceItem.organization_id == vote.organization_id)
    return list(await db.scalars(items.order_by(ServiceItem.id).with_for_update(key_share=True)))


async def _ids(db: AsyncSession, vote: ServiceVote, outcome: VoteOutcome) -> list[UUID]:
    query = queries.of_vote(vote.id).where(ServiceCandidate.outcome == outcome)
    ids = query.with_only_columns(ServiceCandidate.service_item_id).order_by(ServiceCandidate.service_item_id)
    return list(await db.scalars(ids))


async def _tell(db: AsyncSession, vote: ServiceVote, actor: Actor) -> ServiceVote:
    await db.flush()
    told = ServiceVoteChanged(
        id=vote.id,
        organization_id=vote.organization_id,
        opened_on=vote.opened_on,
        closes_on=vote.closes_on,
        closed_on=vote.closed_on,
        fixed=await _ids(db, vote, VoteOutcome.FIXED),
        tied=await _ids(db, vote, VoteOutcome.TIED),
        is_void=vote.void_reason is not None,
    )
    await tell(db, told, vote, actor=actor)
    return vote
