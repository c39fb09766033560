from datetime import date, timedelta

import pytest

from services.training.tests.district import District, Hold, SignIn, Town

pytestmark = pytest.mark.anyio


class TestOverview:
    async def test_counts_inside_the_callers_scope(self, town: Town, other_town: Town, hold: Hold) -> None:
        await hold(town.secretary, town.branch, town.people[:4])
        await hold(town.secretary, town.branch, [], kind="theme_day", day="2025-03-11")

        mine = (await town.officer.get("/overview")).json()
        theirs = (await other_town.officer.get("/overview")).json()

        assert (mine["meetings"], mine["valid_meetings"], mine["attendances"]) == (2, 1, 4)
        assert (mine["study_hours_total"], mine["members"], mine["leaders"]) == ("8.00", 5, 1)
        assert (mine["make_ups_open"], mine["members_meeting_requirement"]) == (1, 0)
        assert (theirs["meetings"], theirs["attendances"], theirs["study_hours_total"]) == (0, 0, "0.00")

    async def test_stands_as_of_the_day(self, town: Town, hold: Hold) -> None:
        await hold(town.secretary, town.branch, town.people[:4])

        before = (await town.officer.get("/overview", as_of="2025-03-09")).json()

        assert (before["as_of"], before["meetings"], before["study_hours_total"]) == ("2025-03-09", 0, "0.00")


class TestEveryFigure:
    async def test_stands_as_of_the_day_before_on_and_after_what_changes_it(
        self, town: Town, hold: Hold, district: District, sign_in: SignIn
    ) -> None:
        """A meeting on the 10th, its make-up on the 15th, an office from the 12th, a requirement met on the 18th."""
        officer = await sign_in(("district_officer", district.root))
        row = {"root_id": str(district.root), "group": "member", "hours": "10", "source": "区委通知"}
        await officer.post("/study-hour-requirements", row | {"effective_from": "2025-01-01"})
        meeting = await hold(town.secretary, town.branch, town.people[:4], day="2025-03-10")
        made_up = {"meeting_id": meeting, "member_id": str(town.people[4]), "made_up_on": "2025-03-15"}
        await town.secretary.make_up(made_up)
        await district.post(town.people[1], town.branch, "committee_member", valid_from="2025-03-12")
        await hold(town.secretary, town.branch, town.people[:3], day="2025-03-18", duration="full_day")
        await district.changed(town.people[3], town.branch, version=2, is_active=False, left_on=date(2025, 3, 25))

        changes = {
            "meetings": ("2025-03-10", (0, 1, 1)),
            "valid_meetings": ("2025-03-18", (1, 2, 2)),
            "attendances": ("2025-03-10", (0, 4, 4)),
            "make_ups_open": ("2025-03-15", (1, 0, 0)),
            "make_ups_done": ("2025-03-15", (0, 1, 1)),
            "study_hours_total": ("2025-03-15", ("8.00", "10.00", "10.00")),
            "leaders": ("2025-03-12", (1, 2, 2)),
            "members": ("2025-03-25", (5, 4, 4)),
            "members_meeting_requirement": ("2025-03-18", (0, 1, 1)),
        }
        for figure, (day, expected) in changes.items():
            on = date.fromisoformat(day)
            found = [
                (await town.officer.get("/overview", as_of=str(on + timedelta(days=off)))).json()[figure]
                for off in (-1, 0, 1)
            ]
            assert tuple(found) == expected, figure


class TestVocabulary:
    async def test_labels_every_value(self, town: Town) -> None:
        found = (await town.secretary.get("/vocabulary")).json()["terms"]

        assert {"value": "theme_day", "label": "主题党日"} in found["meeting_kind"]
        assert all(term["label"] for terms in found.values() for term in terms)
