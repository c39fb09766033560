"""While the operator's file is there, nothing is written; it holds the moment at which work is expected to go on."""

import time
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from gateway.refusals import UnderMaintenance

READING = frozenset(("GET", "HEAD", "OPTIONS"))
LOOK_SECONDS = 1.0
SHORTEST_WAIT, USUAL_WAIT = 10, 60
SHANGHAI = ZoneInfo("Asia/Shanghai")


class Maintenance:
    """Looks at the file at most once a second, so that every replica notices by itself."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._looked_at = -LOOK_SECONDS
        self._until: str | None = None

    def refuse_writes(self, method: str) -> None:
        if self._file is None or method in READING:
            return
        if time.monotonic() - self._looked_at >= LOOK_SECONDS:
            self._until = _content(self._file)
            self._looked_at = time.monotonic()
        if self._until is not None:
            raise _refusal(self._until)


def _content(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        return ""


def _refusal(until: str) -> UnderMaintenance:
    try:
        moment = datetime.fromisoformat(until)
    except ValueError:
        return UnderMaintenance(retry_after=USUAL_WAIT)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=SHANGHAI)
    wait = max(SHORTEST_WAIT, round((moment - datetime.now(UTC)).total_seconds()))
    return UnderMaintenance(retry_after=wait, until=f",预计 {moment.astimezone(SHANGHAI):%m月%d日 %H:%M} 恢复")
