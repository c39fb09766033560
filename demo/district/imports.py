"""One workbook through the public import: template, trial run, real run, report."""

import asyncio
from collections.abc import Callable
from typing import Any

from demo.district.workbooks import Workbook
from deploy.calling import REGISTRY, Caller
from sheets import Column, SheetTemplate, read_rows

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FINISHED = {"checked", "published", "refused", "failed"}
POLL_SECONDS = 0.3
LONGEST_SECONDS = 300.0
SHOWN_PROBLEMS = 5

Progress = Callable[[int], None]
"""Called with the rows read so far."""


class ImportFailedError(Exception):
    pass


async def import_workbook(caller: Caller, book: Workbook, data: bytes, progress: Progress) -> None:
    """Nothing happens when the caller's import of this kind was published before."""
    async for done in caller.every(f"{REGISTRY}/imports"):
        if done["kind"] == book.kind and done["state"] == "published":
            return
    await _compare_with_template(caller, book)
    trial = await _hand_in(caller, book, data, is_dry_run=True, progress=progress)
    if trial["state"] != "checked" or trial["wrong_count"]:
        raise ImportFailedError(await _report(caller, book, trial))
    real = await _hand_in(caller, book, data, is_dry_run=False, progress=progress)
    if real["state"] != "published":
        raise ImportFailedError(await _report(caller, book, real))


async def _compare_with_template(caller: Caller, book: Workbook) -> None:
    """Headings that differ from the template's are refused here, by name."""
    answer = await caller.request("GET", f"{REGISTRY}/imports/{book.kind}/template")
    columns = tuple(Column(heading, heading) for heading in book.headings)
    await asyncio.to_thread(read_rows, answer.content, SheetTemplate(book.title, columns))


async def _hand_in(caller: Caller, book: Workbook, data: bytes, *, is_dry_run: bool, progress: Progress) -> Any:
    answer = await caller.request(
        "POST",
        f"{REGISTRY}/imports/{book.kind}",
        params={"dry_run": str(is_dry_run).lower(), "mode": "all_or_nothing"},
        files={"file": (f"{book.title}.xlsx", data, MEDIA_TYPE)},
    )
    return await asyncio.wait_for(_finished(caller, answer.json(), progress), LONGEST_SECONDS)


async def _finished(caller: Caller, job: Any, progress: Progress) -> Any:
    while job["state"] not in FINISHED:
        await asyncio.sleep(POLL_SECONDS)
        job = await caller.get(f"{REGISTRY}/imports/{job['id']}")
        progress(job["row_count"])
    return job


async def _report(caller: Caller, book: Workbook, job: Any) -> str:
    lines = [f"《{book.title}》没有导入({job['state']})"]
    async for row in caller.every(f"{REGISTRY}/imports/{job['id']}/rows"):
        lines.append(f"第 {row['row']} 行 {row['column']}:{row['reason']}")
        if len(lines) > SHOWN_PROBLEMS:
            break
    return "\n".join(lines)
