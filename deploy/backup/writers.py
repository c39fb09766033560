"""People at work during a drill: points are booked, events written, in three databases, as the services' own roles."""

import random
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from uuid import UUID, uuid4

import psycopg

from deploy.launcher.postgres import LocalPostgres
from deploy.launcher.provision import SERVICES, conninfo

SUBJECTS = tuple(UUID(int=number) for number in range(1, 401))
ROOT_ID = UUID(int=7)
YEAR, MONTHS = 2026, 12
PAUSE_SECONDS = 0.002
INDICATOR = """
SELECT c.id, i.code FROM catalogues c JOIN indicators i ON i.catalogue_id = c.id
WHERE c.subject_kind = 'member' ORDER BY i.code
"""
ENTRY = """
INSERT INTO ledger_entries (id, root_id, subject_kind, subject_id, catalogue_id, indicator_code, points_year, period,
    period_key, occurred_on, requested, granted, source, source_ref)
VALUES (%(id)s, %(root)s, 'member', %(subject)s, %(catalogue)s, %(code)s, %(year)s, %(period)s, %(period)s::text,
    current_date, %(points)s, %(points)s, 'drill', %(id)s)
"""
TOTAL = """
INSERT INTO point_totals AS held (subject_id, points_year, indicator_code, subject_kind, root_id, granted, by_period)
VALUES (%(subject)s, %(year)s, %(code)s, 'member', %(root)s, %(points)s::numeric,
    (SELECT array_agg(CASE WHEN place = %(period)s THEN %(points)s::numeric ELSE 0 END ORDER BY place)
     FROM generate_series(0, 11) AS place))
ON CONFLICT (subject_id, points_year, indicator_code) DO UPDATE SET granted = held.granted + excluded.granted,
    by_period[%(period)s + 1] = held.by_period[%(period)s + 1] + %(points)s::numeric
"""
EVENT = """
INSERT INTO event_log (id, type, subject, subject_version, root_id, data)
VALUES (%s, 'drill.points.booked.v1', %s, 1, %s, '{}')
"""


class Writers:
    """Counts only what was acknowledged."""

    def __init__(self, server: LocalPostgres, number: int = 3) -> None:
        self._addresses = {service: conninfo(server.url(service, f"{service}_app")) for service in SERVICES}
        self._ended = threading.Event()
        self._working = [threading.Lock() for _ in range(number)]
        self._threads = [threading.Thread(target=self._work, args=(lock,), daemon=True) for lock in self._working]
        self._counting = threading.Lock()
        self.acknowledged = 0
        self.last_at = 0.0

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    @contextmanager
    def paused(self) -> Iterator[None]:
        with ExitStack() as stack:
            for lock in self._working:
                stack.enter_context(lock)
            yield

    def end(self) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def _work(self, working: threading.Lock) -> None:
        """Until told to end or the database dies under it, which is what a drill is for."""
        connections = {service: psycopg.connect(address) for service, address in self._addresses.items()}
        indicators = connections["scoring"].execute(INDICATOR).fetchall()
        connections["scoring"].commit()
        try:
            while not self._ended.is_set():
                with working:
                    for service, db in connections.items():
                        self._book(db, random.choice(indicators) if service == "scoring" else None)  # noqa: S311 - no secret
                with self._counting:
                    self.acknowledged += 1
                    self.last_at = time.time()
                time.sleep(PAUSE_SECONDS)
        except psycopg.OperationalError:
            return
        finally:
            for db in connections.values():
                db.close()

    @staticmethod
    def _book(db: psycopg.Connection, indicator: tuple[UUID, str] | None) -> None:
        subject = random.choice(SUBJECTS)  # noqa: S311 - no secret
        with db.transaction():
            if indicator is not None:
                row = {
                    "id": uuid4(), "root": ROOT_ID, "subject": subject, "catalogue": indicator[0],
                    "code": indicator[1], "year": YEAR, "period": random.randrange(MONTHS),  # noqa: S311 - no secret
                    "points": random.choice(("0.50", "1.00", "2.00")),  # noqa: S311 - no secret
                }  # fmt: skip
                db.execute(ENTRY, row)
                db.execute(TOTAL, row)
            db.execute(EVENT, (uuid4(), subject, ROOT_ID))
