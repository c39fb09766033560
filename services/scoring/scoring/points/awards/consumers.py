"""From an event to the ledger: which indicators of the catalogue in force it earns, whose, how much."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from kit.clock import business_today
from kit.domains import Domain
from kit.events import Consumer, Event
from kit.events.consumer import Handler
from scoring.points.awards.queries import told_before
from scoring.points.indicators import queries as catalogues
from scoring.points.indicators.models import Indicator
from scoring.points.indicators.rules import NOTHING, Award, Trigger, Version, awards, in_force
from scoring.points.indicators.sources import TOLD
from scoring.points.ledger.service import Booking, correct, record
from scoring.reference.projections import queries as projections
from scoring.subjects import SubjectKind

Earned = tuple[Indicator, SubjectKind, Award]
TAKEN_BACK = {
    "scoring.monthly_evaluation.reopened.v1": (
        "scoring.monthly_evaluation.confirmed.v1",
        "scoring.diary_month.closed.v1",
    )
}
TRIGGER_FAULTS = (LookupError, TypeError, ValueError, ArithmeticError)
log = structlog.get_logger()


class UnknownSubjectError(Exception):
    """The event names a subject of no known district; it is parked until registry has told of it."""


async def award(db: AsyncSession, event: Event) -> None:
    """An event with a `revision` corrects what earlier revisions of the same cause earned; of causes that another
    service tells of it knows no revision, and adds what is new.
    """
    revision: int | None = event.data.get("revision")
    due = await _due(db, event, with_nothing=revision is not None)
    if revision is None:
        await record(db, due)
        return
    own = [one for one in due if _is_own(event, one)]
    await correct(db, own, revision=revision, today=await business_today(db))
    await record(db, [one for one in due if not _is_own(event, one) and one.requested > 0])


async def take_back(db: AsyncSession, event: Event) -> None:
    """What the events of the same subject earned before goes back, by the catalogues that gave it."""
    for told in await told_before(db, event, TAKEN_BACK[event.type]):
        due = await _due(db, told, with_nothing=True)
        nothing = [replace(one, requested=NOTHING) for one in due if _is_own(told, one)]
        await correct(db, nothing, revision=event.data["revision"], today=await business_today(db))


def _is_own(event: Event, booking: Booking) -> bool:
    """Whether the event's own service tells of the cause."""
    return booking.source.partition(".")[0] == event.type.partition(".")[0]


async def _due(db: AsyncSession, event: Event, *, with_nothing: bool) -> list[Booking]:
    """What a Party group does earns for its branch; the group's id stays in the cause."""
    earned = await _earned(db, event, with_nothing=with_nothing)
    if not earned:
        return []
    branches = await projections.branches_of_groups(db, [found.subject_id for _, _, found in earned])
    earned = [
        (indicator, kind, found._replace(subject_id=branches.get(found.subject_id, found.subject_id)))
        for indicator, kind, found in earned
    ]
    roots = await _roots(db, event, {found.subject_id for _, _, found in earned})
    versions = await catalogues.published_versions(db)
    bookings = [one for one in (_booking(*each, roots, versions) for each in earned) if one is not None]
    outsiders = await projections.known_non_members(db, [one.subject_id for one in bookings])
    return [one for one in bookings if one.subject_id not in outsiders]


async def _earned(db: AsyncSession, event: Event, *, with_nothing: bool) -> list[Earned]:
    """By the catalogues of the event's district. One that cannot act on it (another district's, or not begun) is
    passed over where its trigger fails; one that acts parks the event."""
    earned: list[Earned] = []
    for indicator, kind, version in await catalogues.earned_by(db, event.type, event.root_id):
        triggers = [one for one in map(Trigger.from_record, indicator.triggers) if one.event == event.type]
        try:
            found = [
                one
                for trigger in triggers
                for one in awards(trigger, indicator.code, indicator.points, event.data, with_nothing=with_nothing)
            ]
        except TRIGGER_FAULTS:
            if version.root_id in (None, event.root_id) and version.from_year <= (await business_today(db)).year:
                raise
            log.warning("trigger_failed", catalogue=str(version.id), indicator=indicator.code, event_id=str(event.id))
            continue
        earned += [(indicator, kind, one) for one in found]
    return earned


async def _roots(db: AsyncSession, event: Event, subjects: Iterable[UUID]) -> dict[UUID, UUID]:
    if event.root_id is not None:
        return dict.fromkeys(subjects, event.root_id)
    roots = await projections.roots_of(db, list(subjects))
    if missing := set(subjects) - roots.keys():
        raise UnknownSubjectError(f"{len(missing)} subjects of event {event.id}")
    return roots


def _booking(
    indicator: Indicator, kind: SubjectKind, found: Award, roots: dict[UUID, UUID], versions: list[Version]
) -> Booking | None:
    """None when another version of the catalogue is in force for this subject and year."""
    root_id = roots[found.subject_id]
    version = in_force(versions, kind, root_id, found.occurred_on.year)
    if version is None or version.id != indicator.catalogue_id:
        return None
    return Booking(
        subject_kind=kind,
        subject_id=found.subject_id,
        root_id=root_id,
        catalogue_id=indicator.catalogue_id,
        indicator_code=indicator.code,
        cadence=indicator.cadence,
        annual_cap=indicator.annual_cap,
        requested=found.points,
        occurred_on=found.occurred_on,
        source=found.source,
        source_ref=found.source_ref,
    )


def _consumer(source: str) -> Consumer:
    handlers: dict[str, Handler] = {**dict.fromkeys(sorted(TOLD), award), **dict.fromkeys(TAKEN_BACK, take_back)}
    return Consumer(source, {event: one for event, one in handlers.items() if event.startswith(f"{source}.")})


DOMAIN = Domain(consumers=[_consumer(source) for source in ("registry", "training", "scoring")])
