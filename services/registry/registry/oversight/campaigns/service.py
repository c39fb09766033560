from collections.abc import Mapping
from datetime import date
from functools import partial
from secrets import token_hex
from typing import Any

from sqlalchemy import func, literal
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.columns import touch
from records.events import Payload, record_event
from records.history import note_change
from records.registers import Register
from records.voiding import RecordVoid, refuse_void, void_row
from registry.identity.accounts import queries as account_queries
from registry.links import refuse_wrong_dates
from registry.oversight.campaigns import queries
from registry.oversight.campaigns.events import (
    CampaignChanged,
    CampaignCheckRecorded,
    CampaignMet,
    CampaignSampleChanged,
)
from registry.oversight.campaigns.kinds import CampaignState, SampledKind
from registry.oversight.campaigns.models import Campaign, CampaignCheck, CampaignMeeting, CampaignSample
from registry.oversight.campaigns.rules import CHECK_DATES, MEETING_DATES, last_day, progress
from registry.oversight.campaigns.schemas import (
    CampaignCheckRead,
    CampaignCheckRecord,
    CampaignCreate,
    CampaignMeetingCreate,
    CampaignMeetingRead,
    CampaignRead,
    CampaignSampleDraw,
    CampaignSampleRead,
)
from registry.own_cases import refuse_own_case
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.service import ORGANIZATIONS
from registry.tree.posts.queries import officers_of
from registry.units.units import queries as unit_queries

SEED_BYTES = 8


class CampaignNotFound(problems.NotFound):
    code = "campaign-not-found"
    detail = "没有这项百日攻坚,或不在您的管理范围内"


class CampaignSampleNotFound(problems.NotFound):
    code = "campaign-sample-not-found"
    detail = "没有这个抽查样本,或不在您的管理范围内"


class CampaignCheckNotFound(problems.NotFound):
    code = "campaign-check-not-found"
    detail = "没有这个抽查对象,或不在您的管理范围内"


class UnknownCampaignOrganization(problems.Unprocessable):
    code = "unknown-campaign-organization"
    detail = "党组织不存在、已撤销,或不在您的管理范围内"


class CampaignNotRunning(problems.Conflict):
    code = "campaign-not-running"
    detail = "这项百日攻坚{state},不能抽取"


class SampleTooLarge(problems.Unprocessable):
    code = "sample-too-large"
    detail = "范围内只有 {population} 个可以抽取"


class OnlyWhoDrew(problems.Forbidden):
    code = "only-who-drew"
    detail = "抽查结果由开展百日攻坚的党组织或其上级登记,不能由被查的一方登记"


CAMPAIGNS = Register(
    "百日攻坚",
    Campaign,
    CampaignRead,
    CampaignNotFound,
    organization_queries.belonging(Campaign.organization_id),
    derived={
        "organization_name": organization_queries.name_of(Campaign.organization_id),
        "last_on": queries.LAST_ON,
        "meetings": queries.meetings_of(Campaign.id),
        **dict.fromkeys(("state", "day_number", "days_left"), literal(0)),
    },
)
SAMPLES = Register(
    "百日攻坚抽查样本",
    CampaignSample,
    CampaignSampleRead,
    CampaignSampleNotFound,
    organization_queries.belonging(CampaignSample.organization_id),
    derived={
        "campaign_name": queries.title_of(CampaignSample.campaign_id),
        "organization_name": organization_queries.name_of(CampaignSample.organization_id),
        "recorded_by_name": func.coalesce(
            account_queries.person_name_of(CampaignSample.recorded_by),
            account_queries.name_of(CampaignSample.recorded_by),
        ),
        "checked": queries.checks_of(CampaignCheck.checked_on.is_not(None)),
        "passed": queries.checks_of(CampaignCheck.is_passed.is_(True)),
    },
)
CHECKS = Register(
    "百日攻坚抽查结果",
    CampaignCheck,
    CampaignCheckRead,
    CampaignCheckNotFound,
    organization_queries.belonging(CampaignCheck.organization_id),
    derived={
        "campaign_name": queries.title_of(CampaignCheck.campaign_id),
        "sample_name": queries.seed_of(CampaignCheck.sample_id),
        "unit_name": unit_queries.name_of(CampaignCheck.unit_id),
        "checked_organization_name": organization_queries.name_of(CampaignCheck.checked_organization_id),
        "organization_name": organization_queries.name_of(CampaignCheck.organization_id),
        "void_reason": queries.void_reason_of(CampaignCheck.sample_id),
    },
)


def _on(today: date, row: Mapping[str, Any]) -> Mapping[str, Any]:
    meetings = [CampaignMeetingRead.model_validate(one) for one in row["meetings"] or ()]
    return {**row, **progress(row["first_on"], row["days"], today)._asdict(), "meetings": meetings}


def campaigns_on(today: date) -> Register[Campaign, CampaignRead]:
    """With the day of the campaign that it is today."""
    return CAMPAIGNS.shown_as(CampaignRead, readable=partial(_on, today))


async def begin(db: AsyncSession, body: CampaignCreate, *, actor: Actor) -> Campaign:
    organization = await ORGANIZATIONS.find(db, actor, body.organization_id)
    if organization is None or not organization.is_active:
        raise UnknownCampaignOrganization
    campaign = Campaign(**body.model_dump(), root_id=organization.root_id, recorded_by=actor.subject)
    db.add(campaign)
    await _tell_campaign(db, campaign, actor=actor)
    return campaign


async def meet(
    db: AsyncSession, campaign: Campaign, body: CampaignMeetingCreate, *, actor: Actor, today: date
) -> Campaign:
    refuse_void(campaign)
    days = {"first_on": campaign.first_on, "last_on": last_day(campaign.first_on, campaign.days)}
    refuse_wrong_dates(MEETING_DATES, {**days, "held_on": body.held_on}, today)
    of_campaign = {"organization_id": campaign.organization_id, "root_id": campaign.root_id}
    db.add(CampaignMeeting(**body.model_dump(), **of_campaign, campaign_id=campaign.id, recorded_by=actor.subject))
    touch(campaign)
    await db.flush()
    await note_change(db, campaign, "meetings", old=None, new=body.content)
    told = CampaignMet(campaign_id=campaign.id, organization_id=campaign.organization_id, held_on=body.held_on)
    await _tell(db, told, campaign, actor=actor)
    return campaign


async def void(db: AsyncSession, campaign: Campaign, reason: str, *, actor: Actor) -> Campaign:
    """What was drawn in it is void with it."""
    void_row(db, campaign, reason)
    await _tell_campaign(db, campaign, actor=actor)
    for sample in await queries.standing_samples(db, campaign.id):
        await void_sample(db, sample, reason, actor=actor)
    return campaign


async def draw(
    db: AsyncSession, campaign: Campaign, body: CampaignSampleDraw, *, actor: Actor, today: date
) -> CampaignSample:
    """The seed is kept with what it drew: who draws again leaves both on record."""
    refuse_void(campaign)
    state = progress(campaign.first_on, campaign.days, today).state
    if state is not CampaignState.RUNNING:
        raise CampaignNotRunning(state=state.label)
    seed = body.seed or token_hex(SEED_BYTES)
    [(_, path, _)] = await organization_queries.resolve_paths(db, [campaign.organization_id])
    population, drawn = await queries.draw(db, body.subject_kind, path, seed=seed, size=body.size)
    if body.size > population:
        raise SampleTooLarge(population=population)
    by_whom = {"root_id": campaign.root_id, "recorded_by": actor.subject}
    sample = CampaignSample(
        **by_whom,
        organization_id=campaign.organization_id,
        campaign_id=campaign.id,
        subject_kind=body.subject_kind,
        seed=seed,
        population=population,
        size=body.size,
        drawn_on=today,
    )
    db.add(sample)
    await db.flush()
    subject = "unit_id" if body.subject_kind is SampledKind.UNIT else "checked_organization_id"
    of_sample = {**by_whom, "campaign_id": campaign.id, "sample_id": sample.id}
    db.add_all(
        CampaignCheck(**of_sample, **{subject: row.id}, organization_id=row.organization_id, position=row.position)
        for row in drawn
    )
    await _tell_sample(db, sample, actor=actor)
    return sample


async def void_sample(db: AsyncSession, sample: CampaignSample, reason: str, *, actor: Actor) -> CampaignSample:
    void_row(db, sample, reason)
    await _tell_sample(db, sample, actor=actor)
    return sample


async def record(
    db: AsyncSession, check: CampaignCheck, body: CampaignCheckRecord, *, actor: Actor, today: date
) -> CampaignCheck:
    """A later look replaces the earlier one, which stays in the history."""
    sample = await SAMPLES.find(db, actor, check.sample_id)
    if sample is None:
        raise OnlyWhoDrew
    if sample.void_reason is not None:
        raise RecordVoid
    if check.checked_organization_id is not None:
        refuse_own_case(actor, *await officers_of(db, check.checked_organization_id, today))
    refuse_wrong_dates(CHECK_DATES, {"drawn_on": sample.drawn_on, "checked_on": body.checked_on}, today)
    check.checked_on, check.is_passed, check.result = body.checked_on, body.is_passed, body.result
    await db.flush()
    await _tell(db, CampaignCheckRecorded.model_validate(check), check, actor=actor)
    return check


async def _tell_campaign(db: AsyncSession, campaign: Campaign, *, actor: Actor) -> None:
    await db.flush()
    names = CampaignChanged.model_fields.keys() - {"is_void"}
    fields = {name: getattr(campaign, name) for name in names}
    told = CampaignChanged(**fields, is_void=campaign.void_reason is not None)
    await _tell(db, told, campaign, actor=actor)


async def _tell_sample(db: AsyncSession, sample: CampaignSample, *, actor: Actor) -> None:
    await db.flush()
    names = CampaignSampleChanged.model_fields.keys() - {"is_void"}
    fields = {name: getattr(sample, name) for name in names}
    told = CampaignSampleChanged(**fields, is_void=sample.void_reason is not None)
    await _tell(db, told, sample, actor=actor)


async def _tell(
    db: AsyncSession, payload: Payload, row: Campaign | CampaignSample | CampaignCheck, *, actor: Actor
) -> None:
    [(_, path, root_id)] = await organization_queries.resolve_paths(db, [row.organization_id])
    await record_event(db, payload, subject=row.id, version=row.version, root_id=root_id, path=path, actor=actor)
