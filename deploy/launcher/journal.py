"""One log of everything: coloured on the terminal, plain in a file."""

import json
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from rich.console import Console
from rich.text import Text

COLOURS: Mapping[str, str] = MappingProxyType(
    {"registry": "cyan", "scoring": "green", "training": "yellow", "gateway": "magenta", "postgres": "blue"}
)
LEVELS: Mapping[str, str] = MappingProxyType({"warning": "yellow", "error": "red", "critical": "bold red"})
WIDTH = 8
LARGEST_FILE = 50 * 1024 * 1024
QUIET_KEYS = frozenset({"event", "level", "timestamp", "service"})


class Journal:
    def __init__(self, path: Path, console: Console) -> None:
        if path.exists() and path.stat().st_size > LARGEST_FILE:
            path.replace(path.with_suffix(".old"))
        self._file = path.open("a", encoding="utf-8", buffering=1)
        self._console = console

    def write(self, name: str, line: str) -> None:
        self._file.write(f"{time.strftime('%Y-%m-%dT%H:%M:%S')} {name:>{WIDTH}} | {line}\n")
        text = Text.assemble(
            (time.strftime("%H:%M:%S "), "dim"), (f"{name:>{WIDTH}}", COLOURS.get(name, "bold")), " | ", readable(line)
        )
        self._console.print(text, soft_wrap=True)

    def close(self) -> None:
        self._file.close()


def readable(line: str) -> Text:
    """A JSON log line as `event key=value`, anything else as it is."""
    try:
        event = json.loads(line)
    except ValueError:
        event = None
    if not isinstance(event, dict) or "event" not in event:
        return Text(line)
    rest = " ".join(f"{key}={value}" for key, value in event.items() if key not in QUIET_KEYS)
    return Text.assemble((str(event["event"]), LEVELS.get(str(event.get("level")), "")), " ", (rest, "dim"))
