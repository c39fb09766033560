from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import Payload, record_event
from records.registers import Register
from records.steps import require_act, require_finished, require_next
from records.voiding import void_row
from registry.links import refuse_wrong_dates
from registry.members.screenings import queries
from registry.members.screenings.events import ScreeningChanged, ScreeningCompiled, UnitScreened
from registry.members.screenings.kinds import ScreeningStage
from registry.members.screenings.models import FoundMember, ScreenedUnit, Screening
from registry.members.screenings.rules import SCREENING, SCREENING_DATES, STEP_DATES, VERIFIED_DATES, VERIFY
from registry.members.screenings.rules import ScreeningFacts as Facts
from registry.members.screenings.schemas import (
    ScreenedUnitCreate,
    ScreenedUnitRead,
    ScreeningCreate,
    ScreeningRead,
    ScreeningStep,
)
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.service import ORGANIZATIONS
from registry.units.units import queries as unit_queries


class ScreeningNotFound(problems.NotFound):
    code = "screening-not-found"
    detail = "没有这轮排查,或不在您的管理范围内"


class ScreenedUnitNotFound(problems.NotFound):
    code = "screened-unit-not-found"
    detail = "没有这条单位核实记录,或不在您的管理范围内"


class UnknownScreeningOrganization(problems.Unprocessable):
    code = "unknown-screening-organization"
    detail = "党组织不存在、已撤销,或不在您的管理范围内"


class UnitNotScreened(problems.Unprocessable):
    code = "unit-not-of-screening"
    detail = "有 {count} 家单位不在这轮排查的范围内"


class UnitAlreadyScreened(problems.Conflict):
    code = "unit-already-screened"
    detail = "其中有单位在这轮排查中已经核实过,请先作废原记录"


SCREENINGS = Register(
    "党员排查",
    Screening,
    ScreeningRead,
    ScreeningNotFound,
    organization_queries.belonging(Screening.organization_id),
    derived={
        "organization_name": organization_queries.name_of(Screening.organization_id),
        "verified": queries.verified_count(),
        "targets": queries.verified_count(ScreenedUnit.is_target.is_(True)),
        "found": queries.found_count(),
        "shown": queries.found_count(FoundMember.shown_on.is_not(None)),
    },
)
SCREENED_UNITS = Register(
    "单位排查核实",
    ScreenedUnit,
    ScreenedUnitRead,
    ScreenedUnitNotFound,
    organization_queries.belonging(ScreenedUnit.organization_id),
    derived={
        "organization_name": organization_queries.name_of(ScreenedUnit.organization_id),
        "screening_name": queries.title_of(ScreenedUnit.screening_id),
        "unit_name": unit_queries.name_of(ScreenedUnit.unit_id),
    },
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_screened_units_screening_id_unit_id": UnitAlreadyScreened}


async def start(db: AsyncSession, entry: ScreeningCreate, *, actor: Actor, today: date) -> Screening:
    organization = await ORGANIZATIONS.find(db, actor, entry.organization_id)
    if organization is None or not organization.is_active:
        raise UnknownScreeningOrganization
    refuse_wrong_dates(SCREENING_DATES, {"started_on": entry.started_on}, today)
    screening = Screening(
        **entry.model_dump(),
        root_id=organization.root_id,
        recorded_by=actor.subject,
        units=await queries.units_of(db, organization.id),
        stage=ScreeningStage.ASSIGNED,
        entered_on=entry.started_on,
    )
    db.add(screening)
    await _tell(db, screening, actor=actor)
    return screening


async def advance(
    db: AsyncSession, screening: Screening, step: ScreeningStep, *, actor: Actor, today: date
) -> Screening:
    require_next(SCREENING, screening.stage, step.to)
    refuse_wrong_dates(STEP_DATES, {"entered_on": screening.entered_on, "done_on": step.done_on}, today)
    require_finished(SCREENING, screening.stage, await _facts(db, screening))
    screening.stage, screening.entered_on = step.to, step.done_on
    if step.to is ScreeningStage.COMPILED:
        screening.compiled_on = step.done_on
    await _tell(db, screening, actor=actor)
    if step.to is ScreeningStage.COMPILED:
        await _tell_compiled(db, screening, actor=actor)
    return screening


async def _facts(db: AsyncSession, screening: Screening) -> Facts:
    units = await queries.units_of(db, screening.organization_id)
    return Facts(units=units, verified=units - await queries.unverified(db, screening))


async def verify(
    db: AsyncSession, screening: Screening, entries: list[ScreenedUnitCreate], *, actor: Actor, today: date
) -> Screening:
    require_act(SCREENING, screening.stage, VERIFY)
    known = await queries.known(db, screening, (one.unit_id for one in entries))
    if strangers := [place for place, one in enumerate(entries) if one.unit_id not in known]:
        fields = [problems.FieldError(f"/body/units/{place}/unit_id", "不在这轮排查的范围内") for place in strangers]
        raise UnitNotScreened(count=len(strangers), fields=fields)
    of_round = {"screening_id": screening.id, "organization_id": screening.organization_id}
    for one in entries:
        days = {"started_on": screening.started_on, "verified_on": one.verified_on}
        refuse_wrong_dates(VERIFIED_DATES, days, today)
        unit = ScreenedUnit(**of_round, **one.model_dump(), root_id=screening.root_id, recorded_by=actor.subject)
        db.add(unit)
        await _tell_unit(db, unit, actor=actor)
    return screening


async def void(db: AsyncSession, screening: Screening, reason: str, *, actor: Actor) -> Screening:
    void_row(db, screening, reason)
    await _tell(db, screening, actor=actor)
    if screening.compiled_on is not None:
        await _tell_compiled(db, screening, actor=actor)
    return screening


async def void_unit(db: AsyncSession, unit: ScreenedUnit, reason: str, *, actor: Actor) -> ScreenedUnit:
    void_row(db, unit, reason)
    await _tell_unit(db, unit, actor=actor)
    return unit


async def _tell(db: AsyncSession, screening: Screening, *, actor: Actor) -> None:
    await db.flush()
    is_void = screening.void_reason is not None
    told = ScreeningChanged(
        id=screening.id,
        organization_id=screening.organization_id,
        stage=screening.stage,
        entered_on=screening.entered_on,
        is_void=is_void,
    )
    await _record(db, told, screening, actor=actor)


async def _tell_compiled(db: AsyncSession, screening: Screening, *, actor: Actor) -> None:
    told = ScreeningCompiled(
        id=screening.id,
        organization_id=screening.organization_id,
        compiled_on=screening.compiled_on,
        holds=screening.void_reason is None,
        revision=screening.version,
    )
    await _record(db, told, screening, actor=actor)


async def _tell_unit(db: AsyncSession, unit: ScreenedUnit, *, actor: Actor) -> None:
    await db.flush()
    told = UnitScreened(
        id=unit.id,
        screening_id=unit.screening_id,
        unit_id=unit.unit_id,
        verified_on=unit.verified_on,
        is_target=unit.is_target,
        is_void=unit.void_reason is not None,
    )
    await _record(db, told, unit, actor=actor)


async def _record(db: AsyncSession, told: Payload, row: Screening | ScreenedUnit, *, actor: Actor) -> None:
    [(_, path, _)] = await organization_queries.resolve_paths(db, [row.organization_id])
    version, root_id = row.version, row.root_id
    await record_event(db, told, subject=row.id, version=version, root_id=root_id, path=path, actor=actor)
