"""What a command found, for people as a table and for programs as JSON; the exit code says whether all is well."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import typer
from rich.console import Console
from rich.table import Table

Level = Literal["ok", "warning", "failed"]
MARKS: Mapping[Level, str] = {"ok": "[green]正常[/]", "warning": "[yellow]注意[/]", "failed": "[red]异常[/]"}
FOUND_PROBLEMS = 1
console = Console(highlight=False)
progress_console = Console(stderr=True, highlight=False)


@dataclass(frozen=True, slots=True)
class Finding:
    check: str
    level: Level
    detail: str


def show_findings(findings: Sequence[Finding], *, as_json: bool) -> None:
    """Ends with 1 when something failed."""
    has_failed = any(finding.level == "failed" for finding in findings)
    if as_json:
        print_json({"ok": not has_failed, "findings": [asdict(finding) for finding in findings]})
    else:
        table = Table("检查", "结果", "说明", box=None, pad_edge=False)
        for finding in findings:
            table.add_row(finding.check, MARKS[finding.level], finding.detail)
        console.print(table)
    if has_failed:
        raise typer.Exit(FOUND_PROBLEMS)


def show(sentence: str, content: Mapping[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json({"ok": True, **content})
    else:
        console.print(sentence, soft_wrap=True, markup=False)


def print_json(content: Mapping[str, Any]) -> None:
    console.print_json(json.dumps(content, ensure_ascii=False, default=str))
