"""Claiming points by hand, and taking a claim back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.calendar import day_of
from kit.etags import check_version
from records.events import entry, record_events
from records.registers import Register
from roster.models import Member
from roster.queries import name_of
from roster.rules import GROUP_KINDS, PARTY_MEMBER_STAGES
from scoring.points.claims import queries, rules
from scoring.points.claims.events import TOLD_OF, ClaimEvent, ClaimReopened
from scoring.points.claims.models import Claim, ClaimEvidence, ClaimState
from scoring.points.claims.schemas import ClaimRead, ClaimWrite
from scoring.points.indicators.queries import catalogue_in_force, claimable, indicator_name, indicator_points
from scoring.reference.policies.models import PolicyName
from scoring.reference.policies.queries import whole_number
from scoring.reference.projections.queries import (
    about_visible_subjects,
    judging_organization,
    subject_name,
    visible_organization,
)
from scoring.subjects import SubjectKind

SECRETARY = "branch_secretary"


class ClaimDayOutOfRange(problems.Unprocessable):
    code = "claim-day-out-of-range"
    detail = "只能申报已经发生的事项:本年度的随时可报,上年度的只在年初补报期内可报"


class IndicatorNotClaimable(problems.Unprocessable):
    code = "indicator-not-claimable"
    detail = "该指标不存在或不由申报得分"


class GroupEarnsNothing(problems.Unprocessable):
    code = "group-earns-nothing"
    detail = "党小组不单独计分,请由所在支部申报"


class UnknownEvidence(problems.Unprocessable):
    code = "unknown-evidence"
    detail = "佐证材料不存在或不是您上传的"


class ClaimClosed(problems.Conflict):
    code = "claim-closed"
    detail = "申报已办结或已列入评价决定,不能撤回"


CLAIMS = Register(
    "积分申报",
    Claim,
    ClaimRead,
    problems.NotFound,
    about_visible_subjects(Claim.subject_id),
    derived={
        "subject_name": subject_name(Claim.subject_id),
        "organization_name": name_of(Claim.organization_id),
        "indicator_name": indicator_name(Claim.catalogue_id, Claim.indicator_code),
        "points": indicator_points(Claim.catalogue_id, Claim.indicator_code),
        "evidence_ids": queries.evidence_ids(Claim.id),
        "evaluation_name": queries.evaluation_name(Claim.evaluation_id),
    },
)


class Claimant(NamedTuple):
    root_id: UUID
    judged_by: UUID


async def file(db: AsyncSession, actor: Actor, new: ClaimWrite, *, now: datetime) -> Claim:
    today = day_of(now)
    claimant = await _claimant(db, actor, new)
    grace_days = await whole_number(db, PolicyName.CLAIM_GRACE_DAYS, today, root_id=claimant.root_id)
    if not rules.may_be_claimed(new.occurred_on, today, grace_days):
        raise ClaimDayOutOfRange
    version = await catalogue_in_force(db, new.subject_kind, claimant.root_id, new.occurred_on.year)
    if version is None or await claimable(db, version.id, new.indicator_code) is None:
        raise IndicatorNotClaimable
    wanted = set(new.evidence_ids)
    if wanted and wanted != await queries.files_uploaded_by(db, actor.subject, list(wanted)):
        raise UnknownEvidence
    claim = Claim(
        root_id=claimant.root_id,
        organization_id=claimant.judged_by,
        catalogue_id=version.id,
        claimed_by=actor.subject,
        claimant_person_id=actor.person,
        claimed_at=now,
        **new.model_dump(exclude={"evidence_ids"}),
    )
    db.add(claim)
    await db.flush()
    db.add_all(ClaimEvidence(claim_id=claim.id, file_id=file_id) for file_id in wanted)
    await record_states(db, [claim], actor)
    return claim


async def withdraw(db: AsyncSession, actor: Actor, claim_id: UUID, *, if_match: int, now: datetime) -> Claim:
    claim = await CLAIMS.require(db, actor, claim_id, lock=True)
    if claim.claimed_by != actor.subject:
        raise problems.NotFound
    check_version(claim, if_match)
    if not may_withdraw(actor, claim):
        raise ClaimClosed
    claim.state, claim.closed_at = ClaimState.WITHDRAWN, now
    await record_states(db, [claim], actor)
    return claim


def may_withdraw(actor: Actor, claim: Claim) -> bool:
    """Until somebody has decided on it."""
    return claim.claimed_by == actor.subject and claim.state is ClaimState.PENDING and claim.decision is None


async def record_states(db: AsyncSession, claims: Iterable[Claim], actor: Actor) -> None:
    """One event a claim, named by the state it came to."""
    await db.flush()
    await record_events(db, [_told(claim) for claim in claims], actor)


async def record_reopened(db: AsyncSession, claims: Iterable[Claim], actor: Actor) -> None:
    """The evaluation that had closed them was opened again."""
    await db.flush()
    await record_events(db, [_told(claim, ClaimReopened) for claim in claims], actor)


def _told(claim: Claim, kind: type[ClaimEvent] | None = None) -> dict[str, Any]:
    payload = (kind or TOLD_OF[claim.state]).model_validate(claim)
    return entry(payload, subject=claim.id, version=claim.version, root_id=claim.root_id)


async def _claimant(db: AsyncSession, actor: Actor, new: ClaimWrite) -> Claimant:
    """A member for oneself, a secretary for the organisation; anybody else is answered as if there were none."""
    if new.subject_kind is SubjectKind.ORGANIZATION:
        organization = await visible_organization(db, actor, new.subject_id) if actor.may(SECRETARY) else None
        if organization is None or not organization.is_active:
            raise problems.NotFound
        if organization.kind in GROUP_KINDS:
            raise GroupEarnsNothing
        return Claimant(organization.root_id, organization.id)
    member = await db.get(Member, new.subject_id) if new.subject_id == actor.person else None
    if member is None or not member.is_active or member.stage not in PARTY_MEMBER_STAGES:
        raise problems.NotFound
    branch = await judging_organization(db, member.organization_id)
    return Claimant(member.root_id, branch.id if branch else member.organization_id)
