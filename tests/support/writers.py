"""Somebody who holds meetings and files claims while processes are killed, and what must be there afterwards."""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from tests.support.branches import SCORING, TRAINING, Branch
from tests.support.voices import AGAIN, PATIENCE_SECONDS

SETTLE_SECONDS = 60.0


class Writer:
    """Holds meetings and files claims without a pause, and remembers what it was told is done."""

    def __init__(self, branch: Branch) -> None:
        self.branch = branch
        self.meetings: list[str] = []
        self.claims: list[str] = []
        self._first = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(days=20)

    def write(self, stopping: threading.Event) -> None:
        for number in count():
            if stopping.is_set():
                return
            self._hold_meeting(number)
            self._file_claim(number)

    def _hold_meeting(self, number: int) -> None:
        start = self._first + timedelta(minutes=number)
        plan = {
            "organization_id": self.branch.id, "kind": "party_lecture", "title": "学习党章",
            "starts_at": start.isoformat(), "ends_at": (start + timedelta(hours=1)).isoformat(),
        }  # fmt: skip
        meeting = str(self.branch.secretary.done("POST", f"{TRAINING}/meetings", plan)["id"])
        path = f"{TRAINING}/meetings/{meeting}"
        everybody = [{"member_id": one, "attended": True} for one in self.branch.members]
        version = self._list(path, everybody)
        why = {"without_minutes_reason": "记录以纸质存档"}
        self.branch.secretary.done("POST", f"{path}/confirmation", why, version=version)
        self.meetings.append(meeting)

    def _list(self, path: str, everybody: list[dict[str, Any]]) -> int:
        """Which version the meeting has with the list in it; one whose answer was lost is found by reading."""
        secretary, versions = self.branch.secretary, list[int]()

        def is_listed() -> bool:
            read = int(secretary.done("GET", path)["version"])
            answer = secretary.once("PUT", f"{path}/attendances", {"items": everybody}, version=read)
            assert answer is None or answer.is_success or answer.status_code in AGAIN | {412}, answer.text
            if answer is not None and answer.is_success:
                versions.append(answer.json()["version"])
            return bool(versions)

        secretary.system.wait(is_listed, PATIENCE_SECONDS)
        return versions[-1]

    def _file_claim(self, number: int) -> None:
        who = number % len(self.branch.members)
        claim = {
            "subject_kind": "member", "subject_id": self.branch.members[who], "indicator_code": "M48",
            "occurred_on": self._first.date().isoformat(), "description": f"第 {number} 篇宣传稿件被采用",
        }  # fmt: skip
        self.claims.append(str(self.branch.speakers[who].done("POST", f"{SCORING}/claims", claim)["id"]))


@contextmanager
def writing(branch: Branch) -> Iterator[Writer]:
    writer, stopping = Writer(branch), threading.Event()
    with ThreadPoolExecutor(1) as threads:
        written = threads.submit(writer.write, stopping)
        try:
            yield writer
        finally:
            stopping.set()
        written.result()


def causes(branch: Branch) -> list[tuple[str, str, str]]:
    entries = branch.officer.every(f"{SCORING}/entries")
    return [(one["subject_id"], one["source"], one["source_ref"]) for one in entries]


def is_settled(branch: Branch, meetings: list[str]) -> bool:
    """Every member has an entry, clipped or not, for every confirmed meeting."""
    told = {(subject, ref) for subject, _, ref in causes(branch)}
    return all(
        any(meeting in ref and subject == one for subject, ref in told)
        for one in branch.members
        for meeting in meetings
    )


def assert_kept(branch: Branch, writer: Writer) -> None:
    """Everything acknowledged once, every member's points once for every meeting, and every balance the sum of them."""
    meetings, claims = branch.officer.every(f"{TRAINING}/meetings"), branch.officer.every(f"{SCORING}/claims")
    assert Counter(one["id"] for one in meetings if one["state"] == "confirmed") == Counter(writer.meetings)
    assert len(meetings) == len(writer.meetings)
    assert Counter(one["id"] for one in claims) == Counter(writer.claims)

    branch.officer.system.wait(lambda: is_settled(branch, writer.meetings), SETTLE_SECONDS)
    assert [cause for cause, times in Counter(causes(branch)).items() if times > 1] == []
    for member in branch.members:
        verified = branch.officer.done("GET", f"{SCORING}/balances/{member}/verification")
        assert (verified["is_consistent"], verified["entries_sum"]) == (True, verified["total"])
