"""排查: a round over the units of an area; whoever came since the last round is in it without being entered."""

from datetime import date

from fastapi import Response
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.paging import Page
from records.columns import Owned, shown
from records.events import Payload, record_event
from records.files import Export
from records.listing import Listing, slice_of
from records.registers import Register
from records.voiding import refuse_void, void_row
from registry.links import refuse_wrong_dates
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.service import ORGANIZATIONS
from registry.units.surveys import queries
from registry.units.surveys.events import SurveyCheckChanged, SurveyRoundChanged
from registry.units.surveys.models import SurveyCheck, SurveyRound
from registry.units.surveys.rules import CHECK_DATES, ROUND_DATES
from registry.units.surveys.schemas import (
    SurveyCheckCreate,
    SurveyCheckRead,
    SurveyRoundCreate,
    SurveyRoundRead,
    SurveyUnitRead,
)
from registry.units.units import queries as unit_queries
from registry.units.units.service import governed_unit


class SurveyRoundNotFound(problems.NotFound):
    code = "survey-round-not-found"
    detail = "没有这轮排查,或不在您的管理范围内"


class SurveyCheckNotFound(problems.NotFound):
    code = "survey-check-not-found"
    detail = "没有这条排查记录,或不在您的管理范围内"


class UnknownSurveyOrganization(problems.Unprocessable):
    code = "unknown-survey-organization"
    detail = "党组织不存在、已撤销,或不在您的管理范围内"


class UnknownSurveyRound(problems.Unprocessable):
    code = "unknown-survey-round"
    detail = "没有这轮排查,或不在您的管理范围内"


class NotOfThisRound(problems.Unprocessable):
    code = "not-of-this-round"
    detail = "这个单位不在本轮排查的范围内"


class AlreadyChecked(problems.Conflict):
    code = "already-checked"
    detail = "本轮已排查过这个单位"


SURVEY_ROUNDS = Register(
    "排查轮次",
    SurveyRound,
    SurveyRoundRead,
    SurveyRoundNotFound,
    organization_queries.belonging(SurveyRound.organization_id),
    derived={
        "organization_name": organization_queries.name_of(SurveyRound.organization_id),
        "checked_units": queries.checks_of_round(),
    },
)
SURVEY_CHECKS = Register(
    "排查记录",
    SurveyCheck,
    SurveyCheckRead,
    SurveyCheckNotFound,
    queries.checks_seen,
    derived={
        "survey_round_name": select(SurveyRound.title)
        .where(SurveyRound.id == SurveyCheck.survey_round_id)
        .scalar_subquery(),
        "unit_name": unit_queries.name_of(SurveyCheck.unit_id),
        "organization_name": organization_queries.name_of(SurveyCheck.organization_id),
    },
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_survey_checks_survey_round_id_unit_id": AlreadyChecked}


async def open_round(db: AsyncSession, entry: SurveyRoundCreate, *, actor: Actor, today: date) -> SurveyRound:
    organization = await ORGANIZATIONS.find(db, actor, entry.organization_id, lock=True)
    if organization is None or not organization.is_active:
        raise UnknownSurveyOrganization
    since = await queries.last_round_before(db, organization.id)
    refuse_wrong_dates(ROUND_DATES, {"opened_on": entry.opened_on, "since": since}, today)
    opened = SurveyRound(**entry.model_dump(), since=since, root_id=organization.root_id, recorded_by=actor.subject)
    db.add(opened)
    await _tell_round(db, opened, actor=actor)
    return opened


async def void_round(db: AsyncSession, survey_round: SurveyRound, reason: str, *, actor: Actor) -> SurveyRound:
    void_row(db, survey_round, reason)
    await _tell_round(db, survey_round, actor=actor)
    return survey_round


async def page_units(db: AsyncSession, survey_round: SurveyRound, wanted: Listing) -> Page[SurveyUnitRead]:
    found = await slice_of(db, queries.units_of(survey_round), wanted)
    items = [shown(SurveyUnitRead, row) for row in found.rows]
    return Page[SurveyUnitRead].model_construct(items=items, next=found.next, total=found.total)


async def export_units(survey_round: SurveyRound, wanted: Listing, to: Export) -> Response:
    rows = await to.select(wanted.ordered(queries.units_of(survey_round)))
    return await to.file("本轮排查单位", SurveyUnitRead, (row._mapping for row in rows))


async def record_check(db: AsyncSession, entry: SurveyCheckCreate, *, actor: Actor, today: date) -> SurveyCheck:
    survey_round = await SURVEY_ROUNDS.find(db, actor, entry.survey_round_id)
    if survey_round is None:
        raise UnknownSurveyRound
    refuse_void(survey_round)
    unit = await governed_unit(db, actor, entry.unit_id)
    if not await queries.is_of_round(db, survey_round, unit.id):
        raise NotOfThisRound
    refuse_wrong_dates(CHECK_DATES, {"checked_on": entry.checked_on, "opened_on": survey_round.opened_on}, today)
    owned = {"organization_id": unit.jurisdiction_id, "root_id": unit.root_id, "recorded_by": actor.subject}
    check = SurveyCheck(**entry.model_dump(), **owned)
    db.add(check)
    await _tell_check(db, check, actor=actor)
    return check


async def void_check(db: AsyncSession, check: SurveyCheck, reason: str, *, actor: Actor) -> SurveyCheck:
    void_row(db, check, reason)
    await _tell_check(db, check, actor=actor)
    return check


async def _tell_round(db: AsyncSession, one: SurveyRound, *, actor: Actor) -> None:
    await db.flush()
    told = SurveyRoundChanged(
        id=one.id,
        organization_id=one.organization_id,
        opened_on=one.opened_on,
        since=one.since,
        is_void=one.void_reason is not None,
    )
    await _tell(db, told, one, actor=actor)


async def _tell_check(db: AsyncSession, one: SurveyCheck, *, actor: Actor) -> None:
    await db.flush()
    told = SurveyCheckChanged(
        id=one.id,
        survey_round_id=one.survey_round_id,
        unit_id=one.unit_id,
        checked_on=one.checked_on,
        is_void=one.void_reason is not None,
    )
    await _tell(db, told, one, actor=actor)


async def _tell(db: AsyncSession, payload: Payload, row: Owned, *, actor: Actor) -> None:
    [(_, path, _)] = await organization_queries.resolve_paths(db, [row.organization_id])
    version, root_id = row.version, row.root_id
    await record_event(db, payload, subject=row.id, version=version, root_id=root_id, path=path, actor=actor)
