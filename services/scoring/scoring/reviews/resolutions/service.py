from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.etags import check_version
from kit.paging import Page, PageQuery
from records.events import Payload, record_event
from records.files import Export
from records.history import ChangeRead, Fields, page_of
from records.listing import slice_of
from scoring.points.evidence.queries import are_seen
from scoring.reviews.access.queries import entered_on
from scoring.reviews.access.rules import CONFIRM_RESOLUTION, RECORD_RESOLUTION
from scoring.reviews.access.service import (
    OwnCase,
    ReviewAccess,
    SubjectNotFound,
    concerned_among,
    enter,
    enter_for,
    hidden_as,
    refuse_own_case,
)
from scoring.reviews.cycles.rules import State
from scoring.reviews.ratings.queries import stars_proposed, vetoed
from scoring.reviews.resolutions import queries, rules
from scoring.reviews.resolutions.events import Decided, ResolutionConfirmed, ResolutionRecorded
from scoring.reviews.resolutions.models import Resolution, ResolutionDecision
from scoring.reviews.resolutions.rules import Votes
from scoring.reviews.resolutions.schemas import (
    AdjustmentRecord,
    DecisionRead,
    ResolutionListing,
    ResolutionRead,
    ResolutionRecord,
    ResolutionSheet,
    VotesRecord,
)
from scoring.subjects import SubjectKind


class ResolutionNotFound(problems.NotFound):
    code = "resolution-not-found"
    detail = "没有找到这项决议"


class NothingToConfirm(problems.Conflict):
    code = "nothing-to-confirm"
    detail = "这项决议没有待上级确认的事项"


class SignedSheetNotFound(problems.Unprocessable):
    code = "signed-sheet-not-found"
    detail = "没有找到到会人签字的表决表,请先上传"


class NoCommittee(problems.Conflict):
    code = "no-committee"
    detail = "这个党组织没有在任的班子成员,也没有正式党员,不能形成决议"


class MeetingInTheFuture(problems.Unprocessable):
    code = "meeting-in-the-future"
    detail = "会议日期不能晚于今天"


class MeetingTooEarly(problems.Unprocessable):
    code = "meeting-too-early"
    detail = "公示期满进入“议”之后才能开会审议"


class NotOfTheBody(problems.Unprocessable):
    code = "not-of-the-deliberating-body"
    detail = "到会人中有不属于审议班子的人,或有重复"


class NoQuorum(problems.Conflict):
    code = "no-quorum"
    detail = "应到 {body} 人,实到 {present} 人,不足半数,不能表决"


class TooManyVotes(problems.Unprocessable):
    code = "too-many-votes"
    detail = "票数超过有权表决的人数 {entitled}(本人回避,不投自己的票)"


class ReasonRequired(problems.Unprocessable):
    code = "adjustment-reason-required"
    detail = "审定星级与建议星级不同,须写明理由"


class AboveVetoCap(problems.Unprocessable):
    code = "stars-above-veto-cap"
    detail = "有一票否决事项,最高不超过 {cap} 星"


class AlreadyResolved(problems.Conflict):
    code = "subject-already-resolved"
    detail = "有的对象已有通过的决议"


class UnratedNeedsVote(problems.Unprocessable):
    code = "unrated-needs-own-vote"
    detail = "没有建议星级的对象须单独表决"


CONSTRAINTS: dict[str, type[problems.Problem]] = {"uq_resolution_decisions_standing": AlreadyResolved}


@dataclass(frozen=True)
class Meeting:
    """Who has a vote and who came, and for each subject how many of them it concerns."""

    body: frozenset[UUID]
    present: frozenset[UUID]
    served: Mapping[UUID, set[UUID]]

    def entitled(self, subject_id: UUID) -> int:
        return self._unconcerned(self.body, subject_id)

    def voters_present(self, subject_id: UUID) -> int:
        return self._unconcerned(self.present, subject_id)

    def _unconcerned(self, people: frozenset[UUID], subject_id: UUID) -> int:
        concerned = sum(one == subject_id or subject_id in self.served.get(one, ()) for one in people)
        return rules.unconcerned(len(people), concerned)


async def record(db: AsyncSession, given: ResolutionRecord, *, today: date, actor: Actor) -> ResolutionRead:
    access = await enter_for(db, actor, given.review_id, RECORD_RESOLUTION)
    if given.held_on > today:
        raise MeetingInTheFuture
    review = access.review
    entered = await entered_on(db, review.id, State.DELIBERATE)
    if entered is None or given.held_on < entered:
        raise MeetingTooEarly
    proposed = await stars_proposed(db, review.id)
    meeting = await _meeting(db, access, given, list(proposed))
    if not await are_seen(db, actor, [given.sheet_file_id]):
        raise SignedSheetNotFound
    resolution = Resolution(
        root_id=review.root_id,
        review_id=review.id,
        held_on=given.held_on,
        body_size=len(meeting.body),
        present_count=len(meeting.present),
        present_member_ids=sorted(str(one) for one in meeting.present),
        sheet_file_id=given.sheet_file_id,
        recorded_by=actor.subject,
        recorded_on=today,
    )
    db.add(resolution)
    await db.flush()
    decisions = await _decisions(db, access, given, meeting, proposed)
    for decision in decisions:
        decision.resolution_id = resolution.id
    db.add_all(decisions)
    await db.flush()
    await _record_resolution(db, resolution, decisions, access, actor)
    return await answer(db, resolution)


async def answer(db: AsyncSession, resolution: Resolution) -> ResolutionRead:
    shown = await db.execute(queries.shown_resolutions().where(Resolution.id == resolution.id))
    [read] = await _read(db, shown.all())
    return read


async def confirm(db: AsyncSession, resolution_id: UUID, *, today: date, actor: Actor, if_match: int) -> ResolutionRead:
    """The superior stands for what the recorder was concerned in; who is concerned as well leaves it to another."""
    resolution = await db.get(Resolution, resolution_id)
    if resolution is None:
        raise ResolutionNotFound
    with hidden_as(ResolutionNotFound):
        access = await enter_for(db, actor, resolution.review_id, CONFIRM_RESOLUTION)
    await db.refresh(resolution, with_for_update=True)
    check_version(resolution, if_match)
    decisions = await queries.awaiting(db, resolution.id)
    if not decisions:
        raise NothingToConfirm
    if resolution.recorded_by == actor.subject:
        raise OwnCase
    await refuse_own_case(db, access, *(one.subject_id for one in decisions))
    for decision in decisions:
        decision.awaits_superior, decision.is_standing = False, True
    resolution.confirmed_by, resolution.confirmed_on = actor.subject, today
    await db.flush()
    await _record_confirmation(db, resolution, decisions, access, actor)
    return await answer(db, resolution)


async def _meeting(db: AsyncSession, access: ReviewAccess, given: ResolutionRecord, subject_ids: list[UUID]) -> Meeting:
    """The committee decides; where fewer than three are in office, they and the formal members together."""
    organization_id = access.review.organization_id
    served = await queries.in_office(db, [organization_id, *subject_ids], given.held_on)
    body = {member for member, offices in served.items() if organization_id in offices}
    if not rules.is_committee(len(body)):
        body |= await queries.formal_members(db, organization_id, given.held_on)
    if not body:
        raise NoCommittee
    present = frozenset(given.present_member_ids)
    if len(present) != len(given.present_member_ids) or not present <= body:
        raise NotOfTheBody
    if not rules.has_quorum(len(present), len(body)):
        raise NoQuorum(body=len(body), present=len(present))
    is_of_members = access.cycle.subject_kind is SubjectKind.MEMBER
    return Meeting(frozenset(body), present, {} if is_of_members else served)


async def _decisions(
    db: AsyncSession,
    access: ReviewAccess,
    given: ResolutionRecord,
    meeting: Meeting,
    proposed: Mapping[UUID, int | None],
) -> list[ResolutionDecision]:
    review_id = access.review.id
    settled, capped = await queries.standing_subjects(db, review_id), await vetoed(db, review_id)
    own_votes = {one.subject_id: one for one in given.adjustments}
    if len(own_votes) != len(given.adjustments) or own_votes.keys() & settled:
        raise AlreadyResolved
    if own_votes.keys() - proposed.keys():
        raise SubjectNotFound
    concerned = await concerned_among(db, access, list(proposed))
    decisions = []
    for subject_id, stars in proposed.items():
        if subject_id in settled:
            continue
        choice = own_votes.get(subject_id) or _as_proposed(subject_id, stars, given.confirmation)
        _check(choice, stars, access, is_capped=subject_id in capped)
        decisions.append(_decision(access, choice, stars, meeting, is_own_case=subject_id in concerned))
    return decisions


def _as_proposed(subject_id: UUID, stars: int | None, votes: VotesRecord) -> AdjustmentRecord:
    if stars is None:
        raise UnratedNeedsVote
    return AdjustmentRecord(subject_id=subject_id, stars=stars, **votes.model_dump())


def _check(choice: AdjustmentRecord, proposed: int | None, access: ReviewAccess, *, is_capped: bool) -> None:
    if choice.stars != proposed and choice.reason is None:
        raise ReasonRequired
    cap = access.cycle.veto_cap
    if rules.is_above_cap(choice.stars, has_veto=is_capped, veto_cap=cap):
        raise AboveVetoCap(cap=cap)


def _decision(
    access: ReviewAccess, choice: AdjustmentRecord, proposed: int | None, meeting: Meeting, *, is_own_case: bool
) -> ResolutionDecision:
    votes = Votes(choice.votes_for, choice.votes_against, choice.abstentions)
    voters = meeting.voters_present(choice.subject_id)
    if not rules.is_countable(votes, voters):
        raise TooManyVotes(entitled=voters)
    passed = rules.is_passed(votes, meeting.entitled(choice.subject_id))
    awaits = passed and is_own_case
    return ResolutionDecision(
        subject_id=choice.subject_id,
        review_id=access.review.id,
        root_id=access.review.root_id,
        proposed_stars=proposed,
        stars=choice.stars,
        votes_for=votes.votes_for,
        votes_against=votes.votes_against,
        abstentions=votes.abstentions,
        is_passed=passed,
        is_standing=passed and not awaits,
        awaits_superior=awaits,
        reason=choice.reason,
    )


async def page(db: AsyncSession, wanted: ResolutionListing, *, actor: Actor) -> Page[ResolutionRead]:
    await enter(db, actor, wanted.review_id)
    found = await slice_of(db, queries.shown_resolutions(), wanted)
    items = await _read(db, found.rows)
    return Page[ResolutionRead].model_construct(items=items, next=found.next, total=found.total)


async def history(db: AsyncSession, resolution_id: UUID, page: PageQuery, *, actor: Actor) -> Page[ChangeRead]:
    resolution = await db.get(Resolution, resolution_id)
    if resolution is None:
        raise ResolutionNotFound
    with hidden_as(ResolutionNotFound):
        await enter(db, actor, resolution.review_id)
    return await page_of(db, Fields(Resolution, ResolutionRead, {}), resolution_id, page)


async def export(wanted: ResolutionListing, to: Export) -> Response:
    """A row for the vote on each subject."""
    await enter(to.db, to.actor, wanted.review_id)
    meetings = await _read(to.db, await to.select(wanted.ordered(queries.shown_resolutions())))
    return await to.file(
        "审议决议", ResolutionSheet, ({**vars(one), **vars(vote)} for one in meetings for vote in one.decisions)
    )


async def _read(db: AsyncSession, resolutions: Sequence[Row[Any]]) -> list[ResolutionRead]:
    decisions: dict[UUID, list[DecisionRead]] = {}
    for row in await queries.decisions_of(db, [one.id for one in resolutions]):
        decisions.setdefault(row.resolution_id, []).append(DecisionRead.model_validate(row))
    return [ResolutionRead.model_construct(**one._mapping, decisions=decisions.get(one.id, [])) for one in resolutions]


async def _record_resolution(
    db: AsyncSession,
    resolution: Resolution,
    decisions: Sequence[ResolutionDecision],
    access: ReviewAccess,
    actor: Actor,
) -> None:
    payload = ResolutionRecorded(
        resolution_id=resolution.id,
        review_id=resolution.review_id,
        held_on=resolution.held_on,
        decisions=_told(decisions),
    )
    await _record(db, payload, resolution, access, actor)


async def _record_confirmation(
    db: AsyncSession,
    resolution: Resolution,
    decisions: Sequence[ResolutionDecision],
    access: ReviewAccess,
    actor: Actor,
) -> None:
    payload = ResolutionConfirmed(
        resolution_id=resolution.id,
        review_id=resolution.review_id,
        confirmed_on=resolution.confirmed_on,
        decisions=_told(decisions),
    )
    await _record(db, payload, resolution, access, actor)


def _told(decisions: Sequence[ResolutionDecision]) -> list[Decided]:
    return [Decided(subject_id=one.subject_id, stars=one.stars) for one in decisions if one.is_standing]


async def _record(
    db: AsyncSession, payload: Payload, resolution: Resolution, access: ReviewAccess, actor: Actor
) -> None:
    version, root_id, path = resolution.version, resolution.root_id, access.path
    await record_event(db, payload, subject=resolution.id, version=version, root_id=root_id, path=path, actor=actor)
