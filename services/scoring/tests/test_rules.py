"""Pure rules: triggers of every shipped indicator, and the version in force."""

import csv
import math
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.points.indicators.defaults import DATA, default_catalogues, indicators_without_source
from scoring.points.indicators.rules import Trigger, Version, awards, in_force
from scoring.points.indicators.sources import TOLD
from scoring.points.ledger.rules import PERIODS_PER_YEAR
from scoring.reviews.surveys import rules as surveys
from scoring.rounding import as_told, half_up
from services.scoring.tests.told_facts import (
    ANSWERED,
    BRANCH,
    DEVELOPED,
    EXAMINED,
    HELPED,
    JUDGED,
    KEPT,
    LEDGER,
    MEMBER,
    MONTH,
    OTHER,
    PLEDGE,
    POINT,
    PROVIDED,
    QUARTER,
    REACHED,
    SITE,
    SITE_MONTH,
    STUDY_YEAR,
    STUDY_YEAR_OF_ALL,
    TREE_YEARS,
    VISITED,
    WON,
    activity,
    comment,
    meeting,
    opinion,
    silent,
)

MONEY = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(50), places=2)
CADENCES = st.sampled_from(sorted(PERIODS_PER_YEAR))
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31))


EXPECTED: list[tuple[str, str, dict[str, Any], dict[UUID, str]]] = [
    *(
        (code, "training.meeting.confirmed.v1", meeting(kind), {MEMBER: points})
        for code, kind, points in (
            ("M01", "branch_assembly", "0.50"),
            ("M02", "group_meeting", "0.25"),
            ("M02", "branch_study", "0.25"),
            ("M03", "party_lecture", "0.50"),
            ("M04", "theme_day", "0.25"),
            ("M05", "life_meeting", "1.00"),
            ("M05", "democratic_appraisal", "1.00"),
        )
    ),
    *(
        (code, "training.meeting.confirmed.v1", meeting(kind), {BRANCH: points})
        for code, kind, points in (
            ("O26", "branch_assembly", "0.50"),
            ("O27", "branch_committee", "0.10"),
            ("O28", "group_meeting", "0.10"),
            ("O29", "party_lecture", "0.50"),
            ("O30", "theme_day", "0.20"),
            ("O31", "life_meeting", "1.00"),
            ("O32", "democratic_appraisal", "1.00"),
        )
    ),
    *(
        (code, "training.activity.confirmed.v1", told, expected)
        for code, told, expected in (
            ("M10", activity("micro_lecture"), {MEMBER: "0.50"}),
            ("M10", silent(activity("micro_lecture")), {}),
            ("M21", activity("volunteering"), {MEMBER: "0.50"}),
            ("M21", activity("culture_sport"), {}),
            ("M31", activity("mass_activity"), {MEMBER: "0.50"}),
            ("M31", activity("mass_activity", guests=0), {}),
            ("M37", activity("discipline_study"), {MEMBER: "1.00"}),
            ("M47", activity("culture_sport"), {MEMBER: "0.25"}),
            ("O44", activity("mass_activity"), {BRANCH: "0.50"}),
            ("O44", {**activity("mass_activity"), "is_valid": False}, {}),
            ("O45", activity("volunteering"), {BRANCH: "0.50"}),
        )
    ),
    ("M07", "training.site_month.published.v1", SITE_MONTH, {MEMBER: "0.25"}),
    ("O36", "training.site_month.published.v1", SITE_MONTH, {BRANCH: "0.10"}),
    ("O36", "training.site_month.published.v1", {**SITE_MONTH, "is_kept": False}, {}),
    ("M09", "training.exam_result.changed.v1", EXAMINED, {MEMBER: "0.50"}),
    ("M09", "training.exam_result.changed.v1", {**EXAMINED, "is_earning": False}, {}),
    ("M09", "training.contest_result.changed.v1", WON, {MEMBER: "0.50"}),
    ("M09", "training.contest_result.changed.v1", {**WON, "is_passed": False}, {}),
    ("M16", "training.contest_result.changed.v1", WON, {}),
    ("M16", "training.contest_result.changed.v1", {**WON, "kind": "skill_drill"}, {MEMBER: "1.00"}),
    ("M16", "training.contest_result.changed.v1", {**WON, "kind": "skill_drill", "has_place": False}, {}),
    ("M22", "training.service_provision.changed.v1", PROVIDED, {MEMBER: "1.00"}),
    ("M22", "training.service_provision.changed.v1", {**PROVIDED, "is_earning": False}, {}),
    ("M06", "training.study_year.settled.v1", STUDY_YEAR, {MEMBER: "3.00", OTHER: "4.00"}),
    ("O34", "training.study_year.settled.v1", STUDY_YEAR, {BRANCH: "1.00"}),
    ("O35", "training.study_year.settled.v1", STUDY_YEAR, {BRANCH: "1.20"}),
    ("M06", "training.study_year.settled.v2", STUDY_YEAR_OF_ALL, {MEMBER: "4.00", OTHER: "2.86"}),
    ("O34", "training.study_year.settled.v2", STUDY_YEAR_OF_ALL, {BRANCH: "1.00"}),
    ("O35", "training.study_year.settled.v2", STUDY_YEAR_OF_ALL, {}),
    ("M11", "scoring.pledge.rated.v1", PLEDGE, {MEMBER: "1.00"}),
    ("O37", "scoring.pledge.approved.v1", PLEDGE, {BRANCH: "1.80"}),
    ("M24", "scoring.diary_month.closed.v1", MONTH, {MEMBER: "0.25"}),
    ("M39", "scoring.diary_month.closed.v1", MONTH, {MEMBER: "0.25"}),
    ("M42", "scoring.monthly_evaluation.confirmed.v1", MONTH, {MEMBER: "0.25"}),
    ("O57", "scoring.monthly_evaluation.confirmed.v1", MONTH, {BRANCH: "2.00"}),
    ("O57", "registry.demonstration_point.changed.v1", POINT, {BRANCH: "2.00"}),
    *(
        one
        for code, field, points in (
            ("O15", "has_place", "2.00"),
            ("O16", "has_equipment", "2.00"),
            ("O17", "has_signs", "1.00"),
            ("O18", "has_flag", "1.00"),
            ("O19", "has_books", "1.00"),
            ("O20", "has_rules", "2.00"),
        )
        for one in (
            (code, "registry.site_year.changed.v1", SITE, {BRANCH: points}),
            (code, "registry.site_year.changed.v1", {**SITE, field: False}, {}),
        )
    ),
    ("O23", "registry.visit_month.changed.v1", VISITED, {BRANCH: "0.25"}),
    ("O23", "registry.visit_month.changed.v1", {**VISITED, "visits": 0}, {}),
    ("O46", "registry.pairing_action.changed.v1", HELPED, {BRANCH: "0.50"}),
    ("O46", "registry.pairing_action.changed.v1", {**HELPED, "is_earning": False}, {}),
    ("M25", "registry.appeal.answered.v1", ANSWERED, {MEMBER: "0.50"}),
    ("M25", "registry.appeal.answered.v1", {**ANSWERED, "is_solved": False}, {}),
    ("M25", "registry.appeal.answered.v1", {**ANSWERED, "authors": []}, {}),
    ("O48", "registry.appeal_quarter.judged.v1", {**QUARTER, "is_kept": True}, {BRANCH: "0.25"}),
    ("O48", "registry.appeal_quarter.judged.v1", {**QUARTER, "is_kept": False}, {}),
    ("O40", "scoring.duty_post.changed.v1", KEPT, {BRANCH: "0.50"}),
    ("O40", "scoring.duty_post.changed.v1", {**KEPT, "is_earning": False}, {}),
    ("M17", "scoring.duty_post.judged.v1", KEPT, {MEMBER: "1.00"}),
    ("M17", "scoring.duty_post.judged.v1", {**KEPT, "meets_standard": False}, {}),
    ("O41", "scoring.project.changed.v1", KEPT, {BRANCH: "1.00"}),
    ("O41", "scoring.project.changed.v1", {**KEPT, "is_earning": False}, {}),
    ("M14", "scoring.project.changed.v1", KEPT, {MEMBER: "1.00"}),
    ("M14", "scoring.project.changed.v1", {**KEPT, "is_earning": False}, {}),
    ("M15", "scoring.suggestion.changed.v1", KEPT, {MEMBER: "0.50"}),
    ("M15", "scoring.suggestion.changed.v1", {**KEPT, "is_earning": False}, {}),
    ("O49", "scoring.contest.changed.v1", KEPT, {BRANCH: "0.25"}),
    ("O49", "scoring.contest.changed.v1", {**KEPT, "is_earning": False}, {}),
    ("M34", "registry.transfer_year.judged.v1", JUDGED, {MEMBER: "2.00"}),
    ("M36", "registry.integrity_quarter.judged.v1", JUDGED, {MEMBER: "0.50"}),
    ("M38", "registry.profile_year.judged.v1", JUDGED, {MEMBER: "1.00"}),
    ("M32", "registry.dues_month.judged.v1", JUDGED, {MEMBER: "0.25"}),
    ("O07", "registry.ledger_check.changed.v1", LEDGER, {BRANCH: "0.50"}),
    ("O07", "registry.ledger_check.changed.v1", {**LEDGER, "holds": False}, {}),
    ("O09", "registry.screening.compiled.v1", LEDGER, {BRANCH: "0.50"}),
    ("O09", "registry.screening.compiled.v1", {**LEDGER, "holds": False}, {}),
    ("O13", "registry.dues_quarter.judged.v1", JUDGED, {BRANCH: "0.25"}),
    ("O13", "registry.dues_quarter.judged.v1", {**JUDGED, "is_full": False}, {}),
    ("O13", "registry.dues_quarter.judged.v1", {**JUDGED, "owing": 0}, {}),
    ("O50", "registry.circle_quarter.judged.v1", JUDGED, {BRANCH: "0.25"}),
    ("O50", "registry.circle_quarter.judged.v1", {**JUDGED, "took_part": False}, {}),
    ("O25", "registry.archive_quarter.judged.v1", JUDGED, {BRANCH: "0.50"}),
    ("O25", "registry.archive_quarter.judged.v1", {**JUDGED, "is_complete": False}, {}),
    ("O08", "registry.transfer_year.judged.v1", JUDGED, {BRANCH: "1.00"}),
    ("O08", "registry.transfer_year.judged.v1", {**JUDGED, "is_on_time": False}, {}),
    ("O08", "registry.transfer_year.judged.v1", {**JUDGED, "transfers": 0}, {}),
    ("M30", "registry.development_guide.changed.v1", REACHED, {MEMBER: "1.00"}),
    ("M30", "registry.development_guide.changed.v1", {**REACHED, "holds": False}, {}),
    ("O11", "registry.development_milestone.changed.v1", {**REACHED, "milestone": "activist"}, {BRANCH: "1.00"}),
    ("O11", "registry.development_milestone.changed.v1", REACHED, {}),
    ("O42", "registry.development_milestone.changed.v1", REACHED, {BRANCH: "1.00"}),
    ("O42", "registry.development_milestone.changed.v1", {**REACHED, "is_backbone": False}, {}),
    ("O42", "registry.development_milestone.changed.v1", {**REACHED, "holds": False}, {}),
    ("O10", "registry.development_year.judged.v1", DEVELOPED, {BRANCH: "2.00"}),
    ("O10", "registry.development_year.judged.v1", {**DEVELOPED, "planned": 0}, {}),
    ("O10", "registry.development_year.judged.v1", {**DEVELOPED, "is_fulfilled": False}, {}),
    ("O12", "registry.development_year.judged.v1", DEVELOPED, {BRANCH: "1.50"}),
    ("O12", "registry.development_year.judged.v1", {**DEVELOPED, "is_complete": False}, {}),
    ("O12", "registry.development_year.judged.v1", {**DEVELOPED, "cases": 0}, {}),
    *(
        (code, event, {**facts, field: is_so}, {BRANCH: points} if is_so else {})
        for code, event, facts, field, points in TREE_YEARS
        for is_so in (True, False)
    ),
    ("M40", "scoring.ballot.closed.v1", opinion("", "member", MEMBER, "80"), {MEMBER: "0.60"}),
    ("M40", "scoring.ballot.closed.v1", opinion("", "member", MEMBER, "86"), {MEMBER: "0.65"}),
    ("M26", "scoring.survey.recorded.v1", opinion("service_object", "member", MEMBER, "80"), {MEMBER: "0.50"}),
    ("M26", "scoring.survey.recorded.v1", opinion("service_object", "member", MEMBER, "79.99"), {}),
    ("M41", "scoring.survey.recorded.v1", opinion("public", "member", MEMBER, "91"), {MEMBER: "1.82"}),
    ("O51", "scoring.survey.recorded.v1", opinion("public", "organization", BRANCH, "90"), {BRANCH: "4.50"}),
    ("O52", "scoring.survey.recorded.v1", opinion("owner", "organization", BRANCH, "100"), {BRANCH: "2.00"}),
    ("O53", "scoring.report.commented.v1", comment("organization"), {BRANCH: "1.00"}),
    ("O53", "scoring.report.commented.v1", comment("organization", is_commented=False), {}),
    ("O53", "scoring.report.commented.v1", comment("member"), {}),
    ("O53", "scoring.monthly_evaluation.commented.v1", comment("organization"), {BRANCH: "1.00"}),
    ("O53", "scoring.monthly_evaluation.commented.v1", comment("organization", is_commented=False), {}),
]
SHIPPED = {one["code"]: one for catalogue in default_catalogues() for one in catalogue.indicators}


class TestShippedCatalogues:
    def test_hold_58_and_48_indicators_of_100_points_each(self) -> None:
        sizes = {one.subject_kind: len(one.indicators) for one in default_catalogues()}
        sums = {sum(row["annual_cap"] for row in one.indicators) for one in default_catalogues()}

        assert (sizes, sums) == ({"organization": 58, "member": 48}, {Decimal("100.00")})

    def test_have_no_trigger_without_an_indicator_or_an_event(self) -> None:
        with (DATA / "v1" / "triggers.csv").open(encoding="utf-8") as lines:
            rows = list(csv.DictReader(lines))

        assert {row["code"] for row in rows} <= SHIPPED.keys()
        assert {row["event"] for row in rows} <= TOLD.keys()

    def test_leave_nothing_without_a_source(self) -> None:
        assert indicators_without_source() == []

    def test_are_each_earned_in_the_table_of_this_test(self) -> None:
        earned = {code for code, one in SHIPPED.items() if one["earning"] == "event"}

        assert {code for code, _, _, _ in EXPECTED} == earned


class TestAwardsOfAMean:
    """Points of a mean are rounded once: from the votes themselves, not from the two places that are shown."""

    @pytest.mark.parametrize(
        ("code", "event", "counts", "points"),
        [
            ("M40", "scoring.ballot.closed.v1", (0, 29, 1, 0), "0.60"),
            ("O51", "scoring.survey.recorded.v1", (1237, 1263, 0, 0), "4.49"),
        ],
    )
    def test_are_exact_beside_half_a_cent(
        self, code: str, event: str, counts: tuple[int, int, int, int], points: str
    ) -> None:
        """79.33… of a hundred earn 0.595 of 0.75; 89.896, shown as 89.90, earns 4.4948 of 5."""
        mean = surveys.mean(surveys.Counts(*counts), (100, 80, 60, 0))
        subject_kind = "member" if code == "M40" else "organization"
        data = opinion("public", subject_kind, MEMBER, str(as_told(mean)))

        assert earned(code, event, data) == {MEMBER: points}
        assert half_up(Fraction(SHIPPED[code]["points"]) * mean / 100) == Decimal(points)

    @given(st.tuples(*[st.integers(0, 5000)] * 4).filter(any), st.sampled_from(["M40", "M41", "O51", "O52"]))
    def test_equal_the_unrounded_oracle(self, counts: tuple[int, int, int, int], code: str) -> None:
        mean = surveys.mean(surveys.Counts(*counts), (100, 80, 60, 0))
        kind, subject_kind = {"O52": "owner"}.get(code, "public"), "member" if code[0] == "M" else "organization"
        event = "scoring.ballot.closed.v1" if code == "M40" else "scoring.survey.recorded.v1"
        exact = Fraction(SHIPPED[code]["points"]) * mean / 100
        expected = Decimal(math.floor(exact * 100 + Fraction(1, 2))) / 100

        found = earned(code, event, opinion(kind, subject_kind, MEMBER, str(as_told(mean))))

        assert Decimal(found.get(MEMBER, "0")) == expected

    def test_ask_for_the_bound_itself(self) -> None:
        """79.995 shows as 80.00, and is less than 80."""
        mean = surveys.mean(surveys.Counts(0, 3999, 1, 0), (100, 80, 60, 0))
        data = opinion("service_object", "member", MEMBER, str(as_told(mean)))

        assert (mean, half_up(mean)) == (Fraction("79.995"), Decimal("80.00"))
        assert earned("M26", "scoring.survey.recorded.v1", data) == {}

    @given(st.integers(0, 60), st.integers(1, 60))
    def test_of_a_part_of_the_members_equal_the_oracle(self, done: int, more: int) -> None:
        members = [{"member_id": str(MEMBER), "hours": "32" if one < done else "31", "required": "32"}
                   for one in range(done + more)]  # fmt: skip
        exact = Fraction(SHIPPED["O34"]["points"]) * Fraction(done, done + more)

        found = earned("O34", "training.study_year.settled.v1", {**STUDY_YEAR, "members": members})

        assert Decimal(found.get(BRANCH, "0")) == Decimal(math.floor(exact * 100 + Fraction(1, 2))) / 100


class TestAwards:
    @pytest.mark.parametrize(("code", "event", "data", "expected"), EXPECTED)
    def test_of_every_shipped_indicator(
        self, code: str, event: str, data: dict[str, Any], expected: dict[UUID, str]
    ) -> None:
        assert earned(code, event, data) == expected

    def test_of_an_invalid_meeting_are_none(self) -> None:
        data = {**meeting("branch_assembly"), "is_valid": False}

        assert earned("M01", "training.meeting.confirmed.v1", data) == {}

    def test_name_one_cause_for_attendance_and_make_up(self) -> None:
        held = meeting("branch_assembly")
        made_up = {**held, "member_id": str(MEMBER)}

        assert causes("M01", "training.meeting.confirmed.v1", held) == causes(
            "M01", "training.attendance.made_up.v1", made_up
        )

    def test_miss_a_field_loudly(self) -> None:
        data = {name: value for name, value in meeting("branch_assembly").items() if name != "held_on"}

        with pytest.raises(KeyError):
            earned("M01", "training.meeting.confirmed.v1", data)


class TestVersionInForce:
    def test_prefers_the_districts_own_and_then_the_newest(self) -> None:
        root = uuid4()
        default, newer, own, foreign = (
            Version(uuid4(), "member", None, 2025),
            Version(uuid4(), "member", None, 2027),
            Version(uuid4(), "member", root, 2026),
            Version(uuid4(), "member", uuid4(), 2025),
        )
        versions = [newer, foreign, own, default]

        assert in_force(versions, "member", root, 2025) == default
        assert in_force(versions, "member", root, 2028) == own
        assert in_force(versions, "organization", root, 2028) is None


def found(code: str, event: str, data: dict[str, Any]) -> list[Any]:
    triggers = [Trigger.from_record(record) for record in SHIPPED[code]["triggers"] if record["event"] == event]
    return [one for trigger in triggers for one in awards(trigger, code, SHIPPED[code]["points"], data)]


def earned(code: str, event: str, data: dict[str, Any]) -> dict[UUID, str]:
    """The first award of each cause, as the ledger would keep it."""
    first: dict[tuple[str, str], Any] = {}
    for one in found(code, event, data):
        first.setdefault((one.source, one.source_ref), one)
    return {one.subject_id: str(one.points) for one in first.values()}


def causes(code: str, event: str, data: dict[str, Any]) -> set[tuple[str, str]]:
    return {(one.source, one.source_ref) for one in found(code, event, data)}
