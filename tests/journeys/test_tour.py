"""The whole year through the gateway, broken off in the middle and taken up again."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import pytest

from deploy.launcher.layout import ROOT, Layout
from deploy.launcher.tests.conftest import free_port
from tests.support.systems import System
from tests.support.voices import Voice

TOWNS, MONTHS = os.environ.get("LIANGXIN_TOUR_TOWNS", "3"), os.environ.get("LIANGXIN_TOUR_MONTHS", "1")
TOUR_SECONDS = 600
HALF_WAY = "pledged"
SCORING = "/api/v1/scoring"
CAUSE = ("subject_id", "indicator_code", "source", "source_ref")


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """With the demonstration district."""
    running = System(Layout(tmp_path_factory.mktemp("system") / "home", free_port()))
    try:
        running.start()
        running.wait(running.layout.accounts.exists)
        yield running
    finally:
        running.stop()


def tour(system: System) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "demo.tour", "--towns", TOWNS, "--months", MONTHS],
        cwd=ROOT, env=system.environment, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def district_officer(system: System) -> Voice:
    administrator = Voice(system, system.token([("system_administrator", None)]))
    [root] = administrator.every("/api/v1/registry/organizations", level=1)
    return Voice(system, system.token([("district_officer", str(root["id"]))]))


class TestOverview:
    @pytest.mark.feature("G05")
    def test_asks_all_three_about_one_day(self, system: System) -> None:
        shown = district_officer(system).done("GET", "/api/v1/overview")

        assert shown["missing"] == []
        assert shown["registry"]["primary_organizations"] == 375
        assert {shown[name]["as_of"] for name in ("registry", "scoring", "training")} == {shown["as_of"]}
        assert {"stars", "points_total"} <= set(shown["scoring"])
        assert "study_hours_total" in shown["training"]


class TestTour:
    def test_ends_with_totals_that_agree_even_when_it_was_killed_half_way(self, system: System) -> None:
        progress = system.layout.home / "tour.json"
        first = tour(system)
        system.wait(lambda: first.poll() is not None or (progress.exists() and HALF_WAY in progress.read_text("utf-8")))
        first.send_signal(signal.SIGKILL)
        broken_off, _ = first.communicate()
        assert first.returncode == -signal.SIGKILL, broken_off[-3000:]

        second = tour(system)
        told, _ = second.communicate(timeout=TOUR_SECONDS)

        assert second.returncode == 0, told[-3000:]
        officer = district_officer(system)
        entries = officer.every(f"{SCORING}/entries")
        for year in {one["points_year"] for one in entries}:
            counted = [Decimal(one["granted"]) for one in entries if one["points_year"] == year]
            overview = officer.done("GET", f"{SCORING}/overview?as_of={year}-12-31")
            assert (overview["entries"], Decimal(overview["points_total"])) == (len(counted), sum(counted))
        causes = Counter(tuple(one[part] for part in CAUSE) for one in entries)
        assert {cause: times for cause, times in causes.items() if times > 1} == {}
        for subject in {one["subject_id"] for one in entries}:
            verified = officer.done("GET", f"{SCORING}/balances/{subject}/verification?year=2025")
            assert verified["is_consistent"]
            assert Decimal(verified["entries_sum"]) == Decimal(verified["total"])
