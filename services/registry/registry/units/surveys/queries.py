"""The units a round goes over: those of today, of which those that came since the last round are new."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from records.bitemporal import believed
from registry.tree.organizations.queries import below, name_of
from registry.units.surveys.models import SurveyCheck, SurveyRound
from registry.units.units.models import Unit, UnitJurisdiction
from registry.units.units.queries import of_own_units

checks_seen = of_own_units(SurveyCheck.unit_id)
JOINED = and_(
    SurveyCheck.unit_id == Unit.id, SurveyCheck.survey_round_id == SurveyRound.id, SurveyCheck.void_reason.is_(None)
)


def counted_from() -> Any:
    query = select(func.min(UnitJurisdiction.valid_from))
    return query.where(UnitJurisdiction.unit_id == Unit.id, believed(UnitJurisdiction)).scalar_subquery()


def is_new() -> Any:
    """Of the first round all units are; later, those that came from the day of the last round on."""
    return func.coalesce(counted_from() >= SurveyRound.since, True)


def new(wanted: bool) -> ColumnElement[bool]:
    found: ColumnElement[bool] = is_new().is_(wanted)
    return found


def checked(wanted: bool) -> ColumnElement[bool]:
    return SurveyCheck.id.is_not(None) if wanted else SurveyCheck.id.is_(None)


def units_of(survey_round: SurveyRound) -> Select[Any]:
    columns = {
        **{name: getattr(Unit, name) for name in ("id", "code", "name", "kind", "jurisdiction_id")},
        "jurisdiction_name": name_of(Unit.jurisdiction_id),
        "counted_from": counted_from(),
        "is_new": is_new(),
        "checked_on": SurveyCheck.checked_on,
        "content": SurveyCheck.content,
    }
    query = select(*(column.label(name) for name, column in columns.items())).select_from(Unit)
    query = query.join(SurveyRound, SurveyRound.id == survey_round.id).outerjoin(SurveyCheck, JOINED)
    return query.where(Unit.is_active, below(Unit.jurisdiction_id)(survey_round.organization_id))


async def is_of_round(db: AsyncSession, survey_round: SurveyRound, unit_id: UUID) -> bool:
    return await db.scalar(units_of(survey_round).where(Unit.id == unit_id).limit(1)) is not None


async def last_round_before(db: AsyncSession, organization_id: UUID) -> date | None:
    query = select(func.max(SurveyRound.opened_on)).where(
        SurveyRound.organization_id == organization_id, SurveyRound.void_reason.is_(None)
    )
    found: date | None = await db.scalar(query)
    return found


def checks_of_round() -> Any:
    """How many checks a round has, as a column of its row."""
    query = select(func.count()).select_from(SurveyCheck)
    return query.where(
        SurveyCheck.survey_round_id == SurveyRound.id, SurveyCheck.void_reason.is_(None)
    ).scalar_subquery()
