"""After a restore or an import the log begins a new epoch: transaction ids start over, readers saw what is gone."""

import time

from sqlalchemy import create_engine, pool, text

SECONDS_OF_AN_EPOCH = 60
NEWEST = """SELECT greatest((SELECT max(epoch) FROM event_log), pg_get_expr(adbin, adrelid)::int)
FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum
WHERE adrelid = 'event_log'::regclass AND attname = 'epoch'"""


def begin_epoch(owner_url: str) -> tuple[int, int]:
    """The epoch and how many events it begins with, all at tx 0: every reader meets them again, in their order.

    Its number is the minute, so that restoring one backup twice never gives two epochs one number.
    """
    with create_engine(owner_url, poolclass=pool.NullPool).begin() as db:
        db.execute(text("LOCK TABLE event_log IN ACCESS EXCLUSIVE MODE"))
        epoch = max(db.execute(text(NEWEST)).scalar_one() + 1, int(time.time()) // SECONDS_OF_AN_EPOCH)
        db.execute(text("ALTER TABLE event_log DISABLE TRIGGER event_log_append_only"))
        moved = db.execute(text("UPDATE event_log SET epoch = :epoch, tx = '0'"), {"epoch": epoch}).rowcount
        db.execute(text("ALTER TABLE event_log ENABLE TRIGGER event_log_append_only"))
        db.execute(text(f"ALTER TABLE event_log ALTER COLUMN epoch SET DEFAULT {epoch:d}"))
    return epoch, moved
