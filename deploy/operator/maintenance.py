"""The file every gateway looks at once a second."""

from datetime import datetime
from pathlib import Path


def begin(file: Path, until: datetime) -> None:
    """Written whole: a gateway never reads half a moment."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part")
    part.write_text(until.isoformat(timespec="minutes"), encoding="utf-8")
    part.chmod(0o644)
    part.replace(file)


def end(file: Path) -> None:
    file.unlink(missing_ok=True)


def expected_end(file: Path) -> str | None:
    """None when there is no maintenance."""
    return file.read_text(encoding="utf-8").strip() if file.exists() else None
