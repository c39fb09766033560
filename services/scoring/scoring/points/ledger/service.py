"""The only writer of the ledger: entries under their caps, and counter-entries."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.calendar import day_of
from kit.clock import business_today
from kit.domains import Domain
from kit.events.log import Acting
from kit.ids import uuid7
from records.events import entry as event_of
from records.events import record_events
from scoring.points.closures import queries as closures
from scoring.points.closures.models import ClosedPeriod
from scoring.points.closures.service import affected_by, withhold
from scoring.points.ledger import models, queries, rules
from scoring.points.ledger.events import EntryRecorded
from scoring.points.ledger.models import LedgerEntry
from scoring.points.ledger.verification import keep_verified
from scoring.reference.projections.queries import serving_among
from scoring.subjects import SubjectKind

REVERSAL = "scoring.reversal"
CORRECTED = "来源事项已更正,原记积分冲销"
Key = tuple[UUID, int, str]
Cause = tuple[str, str]


class AlreadyReversed(problems.Conflict):
    code = "entry-already-reversed"
    detail = "这笔积分已经冲销"


class ReversalNotReversible(problems.Conflict):
    code = "reversal-not-reversible"
    detail = "冲销记录本身不能再冲销,请由原因事项重新申报"


class OwnEntry(problems.Forbidden):
    code = "own-entry"
    detail = "不能冲销或补记自己的或本组织的积分,请由他人或上级办理"


class CauseAlreadyRecorded(problems.Conflict):
    code = "cause-already-recorded"
    detail = "同一事项已经计分,不能重复"


@dataclass(frozen=True, slots=True)
class Booking:
    """One cause that earned `requested` points of an indicator; the caps decide what of it is granted."""

    subject_kind: SubjectKind
    subject_id: UUID
    root_id: UUID
    catalogue_id: UUID
    indicator_code: str
    cadence: str
    annual_cap: Decimal
    requested: Decimal
    occurred_on: date
    source: str
    source_ref: str

    @property
    def period(self) -> rules.Period:
        return rules.period_of(self.occurred_on, self.cadence)

    @property
    def key(self) -> Key:
        return self.subject_id, self.occurred_on.year, self.indicator_code


async def record(db: AsyncSession, bookings: Iterable[Booking], *, actor: Acting | None = None) -> list[dict[str, Any]]:
    """Add one entry for each new cause; known causes add nothing. The entries added are returned.

    A fixed handful of statements whatever the number of subjects: the totals are locked in one order everywhere,
    causes are looked up under those locks, so parallel deliveries of one cause wait for each other and add one entry.
    """
    told: dict[tuple[str, str], Booking] = {}
    for booking in bookings:
        told.setdefault((booking.source, booking.source_ref), booking)
    if not told:
        return []
    rooms = await _locked_rooms(db, told.values())
    known = await queries.known_causes(db, list(told))
    wanted = await _still_open(db, {cause: one for cause, one in told.items() if cause not in known})
    return await _book(db, wanted, rooms, actor)


async def book_late(db: AsyncSession, booking: Booking, *, revision: int, today: date, actor: Actor) -> None:
    """What was withheld, by the superior's decision: into the closed period, under its caps."""
    cause = (booking.source, booking.source_ref)
    if revision == 1:
        rooms = await _locked_rooms(db, [booking])
        known = await queries.known_causes(db, [cause])
        await _book(db, {} if cause in known else {cause: booking}, rooms, actor)
        return
    await _correct(db, {cause: booking}, revision=revision, today=today, actor=actor)


async def _still_open(
    db: AsyncSession, wanted: dict[Cause, Booking], *, revision: int = 1, also: Mapping[Cause, date] | None = None
) -> dict[Cause, Booking]:
    """Those whose days lie in no closed period; the others are withheld for the superior to decide."""
    touched = [(cause, (one.subject_id, one.occurred_on)) for cause, one in wanted.items()]
    touched += [(cause, (wanted[cause].subject_id, day)) for cause, day in (also or {}).items()]
    closed = await closures.closed_among(db, {place for _, place in touched})
    late = {cause for cause, place in touched if place in closed}
    if late:
        today = await business_today(db)
        rows = [_withheld(wanted[cause], revision=revision, today=today) for cause in sorted(late)]
        await withhold(db, rows)
    return {cause: one for cause, one in wanted.items() if cause not in late}


def _withheld(booking: Booking, *, revision: int, today: date) -> dict[str, Any]:
    return {**asdict(booking), "id": uuid7(), "revision": revision, "withheld_on": today}


async def _book(
    db: AsyncSession, wanted: Mapping[Cause, Booking], rooms: dict[Key, rules.Room], actor: Acting | None
) -> list[dict[str, Any]]:
    entries = []
    for cause in sorted(wanted):
        booking = wanted[cause]
        entries.append(_moved(rooms, _entry(booking, rooms[booking.key], actor)))
    await _write(db, entries, rooms, actor)
    return entries


async def correct(
    db: AsyncSession, bookings: Iterable[Booking], *, revision: int, today: date, actor: Acting | None = None
) -> list[Mapping[str, Any]]:
    """Book what a corrected cause earns now in place of what earlier revisions of it had earned.

    Each earlier entry that says something else is countered, and the new one has a cause of its own. A revision told
    again, or after a newer one, changes nothing; neither does an entry somebody has reversed come back to life.
    """
    told = {(booking.source, booking.source_ref): booking for booking in bookings}
    causes = [
        {"source": one.source, "source_ref": one.source_ref, "root_id": str(one.root_id)} for one in told.values()
    ]
    fresh = {cause: told[cause] for cause in sorted(await queries.raise_revisions(db, json.dumps(causes), revision))}
    standing = await _standing(db, fresh, revision)
    fresh = {cause: one for cause, one in fresh.items() if _says_something_new(one, standing.get(cause))}
    days = {cause: one.occurred_on for cause, one in standing.items() if cause in fresh}
    fresh = await _still_open(db, fresh, revision=revision, also=days)
    return await _correct(db, fresh, revision=revision, today=today, actor=actor)


def _says_something_new(booking: Booking, before: LedgerEntry | None) -> bool:
    if before is None:
        return booking.requested > 0
    return (before.requested, before.occurred_on) != (booking.requested, booking.occurred_on)


async def _standing(db: AsyncSession, causes: Iterable[Cause], revision: int) -> dict[Cause, LedgerEntry]:
    """What stands of earlier revisions of these causes."""
    earlier = {(source, as_revised(ref, one)): (source, ref) for source, ref in causes for one in range(1, revision)}
    return {earlier[one.source, one.source_ref]: one for one in await queries.standing_entries(db, earlier)}


async def _correct(
    db: AsyncSession, fresh: Mapping[Cause, Booking], *, revision: int, today: date, actor: Acting | None
) -> list[Mapping[str, Any]]:
    if not fresh:
        return []
    known = await _standing(db, fresh, revision)
    rooms = await _locked_rooms(db, fresh.values(), also=[_key_of(entry) for entry in known.values()])
    standing = await _standing(db, fresh, revision)
    entries: list[Mapping[str, Any]] = []
    for cause, booking in fresh.items():
        before = standing.get(cause)
        if not _says_something_new(booking, before):
            continue
        if before is not None:
            entries.append(_moved(rooms, _counter(before, reason=CORRECTED, day=today, actor=actor)))
        if booking.requested > 0:
            revised = replace(booking, source_ref=as_revised(booking.source_ref, revision))
            entries.append(_moved(rooms, _entry(revised, rooms[booking.key], actor)))
    await _write(db, entries, rooms, actor)
    return entries


def as_revised(source_ref: str, revision: int) -> str:
    """The first revision is the cause itself."""
    return source_ref if revision == 1 else f"{source_ref}/r{revision}"


async def refuse_own_entry(db: AsyncSession, actor: Actor, subject_id: UUID) -> None:
    """Nobody moves points of themselves, nor of an organisation they hold an office or a post of."""
    is_own = subject_id == actor.person or subject_id in actor.office_ids
    if is_own or await serving_among(db, actor.person, [subject_id]):
        raise OwnEntry


async def reverse(
    db: AsyncSession, actor: Actor, entry_id: UUID, *, reason: str, now: datetime
) -> tuple[LedgerEntry, list[ClosedPeriod]]:
    """A counter-entry takes back what was granted and frees the room under the caps.

    In a closed period only the superior may; the second value names the results this touches.
    """
    entry = await db.scalar(queries.visible_to(actor).where(LedgerEntry.id == entry_id))
    if entry is None:
        raise problems.NotFound
    if entry.reversal_of is not None:
        raise ReversalNotReversible
    await refuse_own_entry(db, actor, entry.subject_id)
    affected = await affected_by(db, actor, entry.subject_id, entry.occurred_on)
    key = _key_of(entry)
    rooms = await queries.locked_rooms(db, json.dumps([_key_record(key)]))
    if await queries.is_reversed(db, entry.id):
        raise AlreadyReversed
    counter = _moved(rooms, _counter(entry, reason=reason, day=day_of(now), actor=actor))
    await _write(db, [counter], rooms, actor)
    return await db.get_one(LedgerEntry, counter["id"]), affected


COPIED = (
    "root_id",
    "subject_kind",
    "subject_id",
    "catalogue_id",
    "indicator_code",
    "points_year",
    "period",
    "period_key",
)


async def _locked_rooms(
    db: AsyncSession, bookings: Iterable[Booking], also: Iterable[Key] = ()
) -> dict[Key, rules.Room]:
    """All at once, in the one order: of `also` there are totals already."""
    keys = {booking.key: booking for booking in bookings}
    wanted = [
        _key_record(key)
        | {
            "subject_kind": booking.subject_kind,
            "root_id": str(booking.root_id),
            "periods": rules.PERIODS_PER_YEAR[booking.cadence],
        }
        for key, booking in keys.items()
    ]
    await db.execute(queries.OPEN_TOTALS, {"wanted": json.dumps(wanted)})
    wanted += [_key_record(key) for key in also if key not in keys]
    return await queries.locked_rooms(db, json.dumps(wanted))


def _key_of(entry: LedgerEntry) -> Key:
    return entry.subject_id, entry.points_year, entry.indicator_code


def _key_record(key: Key) -> dict[str, Any]:
    subject_id, year, code = key
    return {"subject_id": str(subject_id), "points_year": year, "indicator_code": code}


def _entry(booking: Booking, room: rules.Room, actor: Acting | None) -> dict[str, Any]:
    period = booking.period
    return {
        "id": uuid7(),
        "root_id": booking.root_id,
        "subject_kind": booking.subject_kind,
        "subject_id": booking.subject_id,
        "catalogue_id": booking.catalogue_id,
        "indicator_code": booking.indicator_code,
        "points_year": period.year,
        "period": period.ordinal,
        "period_key": period.key,
        "occurred_on": booking.occurred_on,
        "requested": booking.requested,
        "granted": rules.granted(
            booking.requested, room, period.ordinal, annual_cap=booking.annual_cap, cadence=booking.cadence
        ),
        "source": booking.source,
        "source_ref": booking.source_ref,
        "reversal_of": None,
        "reason": None,
        "actor": actor.subject if actor else None,
    }


def _counter(entry: LedgerEntry, *, reason: str, day: date, actor: Acting | None) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in COPIED} | {
        "id": uuid7(),
        "requested": -entry.requested,
        "granted": -entry.granted,
        "occurred_on": day,
        "source": REVERSAL,
        "source_ref": str(entry.id),
        "reversal_of": entry.id,
        "reason": reason,
        "actor": actor.subject if actor else None,
    }


def _moved(rooms: dict[Key, rules.Room], entry: dict[str, Any]) -> dict[str, Any]:
    """The entry itself, with its points laid into (or taken out of) the room they belong to."""
    key = (entry["subject_id"], entry["points_year"], entry["indicator_code"])
    rooms[key] = rules.with_points(rooms[key], entry["period"], entry["granted"])
    return entry


async def _write(
    db: AsyncSession, entries: Sequence[Mapping[str, Any]], rooms: Mapping[Key, rules.Room], actor: Acting | None
) -> None:
    if not entries:
        return
    touched = {(entry["subject_id"], entry["points_year"], entry["indicator_code"]) for entry in entries}
    changed = [
        _key_record(key) | {"granted": str(rooms[key].granted), "by_period": [str(one) for one in rooms[key].by_period]}
        for key in sorted(touched)
    ]
    await db.execute(insert(LedgerEntry), list(entries))
    await db.execute(queries.MOVE_TOTALS, {"changed": json.dumps(changed)})
    await record_events(db, [_recorded(one) for one in entries], actor)


def _recorded(entry: Mapping[str, Any]) -> dict[str, Any]:
    payload = EntryRecorded.model_validate({**entry, "entry_id": entry["id"]})
    return event_of(payload, subject=entry["id"], root_id=entry["root_id"])


DOMAIN = Domain(
    tables=models,
    constraint_errors={
        "uq_ledger_entries_reversal_of": AlreadyReversed,
        "uq_ledger_entries_source_source_ref": CauseAlreadyRecorded,
    },
    run=keep_verified,
)
