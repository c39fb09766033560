from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Row, Select, and_, cast, func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from registry.oversight.campaigns.kinds import SampledKind
from registry.oversight.campaigns.models import Campaign, CampaignCheck, CampaignMeeting, CampaignSample
from registry.tree.organizations.models import PartyOrganization
from registry.units.units.models import Unit

LAST_ON = Campaign.first_on + Campaign.days - 1


def running_on(day: date) -> ColumnElement[bool]:
    return and_(Campaign.first_on <= day, day <= LAST_ON)


def title_of(campaign_id: Any) -> Any:
    return select(Campaign.title).where(Campaign.id == campaign_id).scalar_subquery()


def meetings_of(campaign_id: Any) -> Any:
    """As JSON beside the campaign, the oldest first."""
    meeting = CampaignMeeting
    shown = func.json_build_object("held_on", meeting.held_on, "content", meeting.content)
    query = select(func.json_agg(aggregate_order_by(shown, meeting.held_on, meeting.id)))
    return query.where(meeting.campaign_id == campaign_id).scalar_subquery()


def checks_of(*conditions: ColumnElement[bool]) -> Any:
    """How many of the sample of the row, as a column."""
    query = select(func.count()).where(CampaignCheck.sample_id == CampaignSample.id, *conditions)
    return query.scalar_subquery()


async def standing_samples(db: AsyncSession, campaign_id: UUID) -> Sequence[CampaignSample]:
    query = select(CampaignSample).where(CampaignSample.campaign_id == campaign_id)
    query = query.where(CampaignSample.void_reason.is_(None)).order_by(CampaignSample.id)
    return (await db.scalars(query.with_for_update())).all()


def void_reason_of(sample_id: Any) -> Any:
    return select(CampaignSample.void_reason).where(CampaignSample.id == sample_id).scalar_subquery()


def of_void_sample(wanted: bool) -> ColumnElement[bool]:
    void = select(CampaignSample.id).where(CampaignSample.void_reason.is_not(None))
    return CampaignCheck.sample_id.in_(void) if wanted else CampaignCheck.sample_id.not_in(void)


def checked_or_not(wanted: bool) -> ColumnElement[bool]:
    return CampaignCheck.checked_on.is_not(None) if wanted else CampaignCheck.checked_on.is_(None)


def _candidates(kind: SampledKind, path: str) -> Select[*tuple[Any, ...]]:
    """What stands in the area or below the organisation today: its id, code and who answers for it."""
    inside = func.starts_with(PartyOrganization.path, path)
    if kind is SampledKind.UNIT:
        query = select(Unit.id, Unit.code, Unit.jurisdiction_id.label("organization_id"))
        query = query.join(PartyOrganization, PartyOrganization.id == Unit.jurisdiction_id)
        return query.where(Unit.is_active, inside)
    organization = PartyOrganization
    query = select(organization.id, organization.code, organization.id.label("organization_id"))
    return query.where(organization.is_active, inside, organization.path != path)


async def draw(
    db: AsyncSession, kind: SampledKind, path: str, *, seed: str, size: int
) -> tuple[int, Sequence[Row[Any]]]:
    """Out of how many, and the first ones by the MD5 of seed and code: anybody can draw them again by hand."""
    candidates = _candidates(kind, path).subquery()
    population = await db.scalar(select(func.count()).select_from(candidates)) or 0
    lot = func.md5(literal(seed) + ":" + candidates.c.code)
    place = cast(func.row_number().over(order_by=(lot, candidates.c.code)), Integer).label("position")
    drawn = select(candidates.c.id, candidates.c.organization_id, place).order_by(place).limit(size)
    return population, (await db.execute(drawn)).all()


def seed_of(sample_id: Any) -> Any:
    return select(CampaignSample.seed).where(CampaignSample.id == sample_id).scalar_subquery()
