from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.kinds import Audience, CadencePeriod, Duration, MakeUpState, MeetingKind
from training.meetings.attendances import rules as check_ins
from training.meetings.cadences import rules as cadences
from training.meetings.make_ups import rules as make_ups
from training.meetings.meetings import rules as meetings
from training.meetings.meetings.rules import Conversion, Votes
from training.studies.rotations import rules as rotations
from training.studies.study_hours import rules as study_hours

DAYS = st.dates(date(2001, 1, 1), date(2098, 12, 31))
MOMENTS = st.integers(0, 90 * 365).map(lambda days: datetime(2001, 1, 1, tzinfo=UTC) + timedelta(days=days))
EIGHT_AND_FOUR = Conversion(Decimal(8), Decimal(4))
HALL = st.integers(0, 1000).flatmap(lambda expected: st.tuples(st.just(expected), st.integers(0, expected)))


class TestQuorum:
    @pytest.mark.feature("T25")
    @pytest.mark.parametrize(
        ("expected", "present", "has_election", "is_quorate"),
        [
            (0, 0, False, False),
            (1, 0, False, False),
            (1, 1, False, True),
            (4, 1, False, False),
            (4, 2, False, True),
            (4, 3, False, True),
            (5, 2, False, False),
            (5, 3, False, True),
            (5, 3, True, False),
            (5, 4, True, True),
            (10, 7, True, False),
            (10, 8, True, True),
        ],
    )
    def test_is_half_or_more_and_four_fifths_for_elections(
        self, expected: int, present: int, has_election: bool, is_quorate: bool
    ) -> None:
        assert meetings.is_quorate(Votes(expected, present), has_election=has_election) is is_quorate

    @given(HALL, st.booleans())
    def test_is_never_lost_by_one_more_vote(self, hall: tuple[int, int], has_election: bool) -> None:
        expected, present = hall
        fewer = meetings.is_quorate(Votes(expected, max(present - 1, 0)), has_election=has_election)
        assert not fewer or meetings.is_quorate(Votes(expected, present), has_election=has_election)

    @given(HALL)
    def test_of_an_election_is_a_quorum_too(self, hall: tuple[int, int]) -> None:
        votes = Votes(*hall)
        assert not meetings.is_quorate(votes, has_election=True) or meetings.is_quorate(votes, has_election=False)

    @given(st.integers(1, 500).map(lambda half: 2 * half), st.sampled_from((-1, 0, 1)))
    def test_begins_at_exactly_half(self, expected: int, beside: int) -> None:
        """n/2 - 1, n/2 and n/2 + 1, against the sentence of rules.md in words: 半数以上, the half included."""
        present = expected // 2 + beside
        absent = expected - present

        assert meetings.is_quorate(Votes(expected, present), has_election=False) is (present >= absent)

    @pytest.mark.parametrize("kind", [one for one in MeetingKind if one is not MeetingKind.JOINT_STUDY])
    @pytest.mark.parametrize(("present", "attended"), [(0, 0), (0, 1), (49, 49), (50, 50), (51, 51)])
    def test_is_asked_of_every_kind_that_votes_and_of_no_lecture_or_theme_day(
        self, kind: MeetingKind, present: int, attended: int
    ) -> None:
        """Of a hundred with a vote; without a quorum it is enough that somebody came."""
        voting = {"branch_assembly", "branch_committee", "group_meeting", "life_meeting", "democratic_appraisal"}

        is_valid = meetings.is_valid(kind, Votes(100, present), attended, has_election=False)

        assert is_valid is (present >= 50 if kind.value in voting else attended >= 1)

    @pytest.mark.parametrize(
        ("kind", "guests", "enterprise_heads", "valid"),
        [
            ("joint_study", 9, 0, False),
            ("joint_study", 9, 1, True),
            ("volunteering", 0, 0, False),
            ("volunteering", 1, 0, True),
        ],
    )
    def test_of_an_activity_is_anybody_and_of_a_joint_study_who_leads_the_enterprise(
        self, kind: str, guests: int, enterprise_heads: int, *, valid: bool
    ) -> None:
        present = 9 if kind == "joint_study" else 0

        found = meetings.is_valid(
            MeetingKind[kind.upper()],
            Votes(9, 9),
            present,
            has_election=False,
            guests=guests,
            enterprise_heads=enterprise_heads,
        )

        assert found is valid

    @given(st.sampled_from(sorted(meetings.WITH_QUORUM)), st.integers(0, 100))
    def test_is_not_helped_by_people_without_a_vote(self, kind: MeetingKind, attended: int) -> None:
        assert not meetings.is_valid(kind, Votes(3, 1), attended, has_election=False)


class TestHours:
    @pytest.mark.feature("T18")
    @pytest.mark.parametrize(
        ("duration", "minutes", "days", "hours"),
        [
            (Duration.FULL_DAY, 420, 1, "8"),
            (Duration.FULL_DAY, 420, 3, "24"),
            (Duration.HALF_DAY, 180, 1, "4"),
            (Duration.BY_CLOCK, 90, 1, "1.50"),
            (Duration.BY_CLOCK, 100, 1, "1.67"),
            (Duration.BY_CLOCK, 90.3, 1, "1.51"),
            (Duration.BY_CLOCK, 90.9, 1, "1.52"),
        ],
    )
    def test_follow_the_conversion(self, duration: Duration, minutes: float, days: int, hours: str) -> None:
        start = datetime(2025, 3, 1, tzinfo=UTC)
        found = meetings.hours_of(duration, start, start + timedelta(minutes=minutes), days, EIGHT_AND_FOUR)
        assert found == Decimal(hours)

    @pytest.mark.parametrize(
        ("ends_at", "day"),
        [("2025-03-02T23:59:00", 2), ("2025-03-03T00:00:00", 2), ("2025-03-03T00:00:01", 3)],
    )
    def test_end_with_the_day_that_is_over_at_midnight(self, ends_at: str, day: int) -> None:
        end = datetime.fromisoformat(f"{ends_at}+08:00")
        assert meetings.last_day(end) == date(2025, 3, day)

    @given(MOMENTS, st.integers(1, 720))
    def test_by_the_clock_are_off_by_less_than_a_minute(self, start: datetime, minutes: int) -> None:
        hours = meetings.hours_of(Duration.BY_CLOCK, start, start + timedelta(minutes=minutes), 1, EIGHT_AND_FOUR)
        assert abs(hours * 60 - minutes) < 1

    @given(DAYS, DAYS, st.sampled_from(Duration), st.sampled_from(MeetingKind))
    def test_never_run_over_the_year_cut(self, first: date, last: date, duration: Duration, kind: MeetingKind) -> None:
        fits = meetings.fits_duration(duration, kind, first, last, timedelta(hours=1))
        assert not fits or first.year == last.year

    @given(st.sampled_from(Duration), st.sampled_from(MeetingKind))
    def test_need_a_length(self, duration: Duration, kind: MeetingKind) -> None:
        day = date(2025, 3, 1)
        assert not meetings.fits_duration(duration, kind, day, day, timedelta(0))


class TestAudience:
    @given(st.sampled_from(MeetingKind), st.sampled_from([*Audience, None]))
    def test_once_settled_fits_the_kind(self, kind: MeetingKind, wanted: Audience | None) -> None:
        audience = meetings.settled_audience(kind, wanted)
        assert audience is None or audience in meetings.audiences_of(kind)

    def test_of_a_class_must_be_named(self) -> None:
        assert meetings.settled_audience(MeetingKind.CLASS, None) is None

    @pytest.mark.parametrize("organization_kind", ["branch", "joint_branch", "project_branch", "party_group"])
    def test_a_class_is_no_branchs_own(self, organization_kind: str) -> None:
        assert not meetings.may_hold(organization_kind, MeetingKind.CLASS)


class TestMakeUp:
    @given(DAYS, st.integers(1, 366), DAYS)
    def test_is_overdue_only_after_its_day(self, held_on: date, days: int, today: date) -> None:
        due_on = make_ups.due_day(held_on, days)
        assert (make_ups.state_on(due_on, None, today) is MakeUpState.OVERDUE) is (today > due_on)

    @given(DAYS, DAYS, DAYS)
    def test_lies_between_the_meeting_and_today(self, held_on: date, made_up_on: date, today: date) -> None:
        assert make_ups.may_be_made_up(held_on, made_up_on, today) is (held_on <= made_up_on <= today)


class TestStudyYear:
    @given(DAYS, st.integers(2001, 2098))
    def test_never_counts_beyond_the_cut_or_today(self, today: date, year: int) -> None:
        last = study_hours.last_counted_day(year, today)
        assert last <= today
        assert last <= date(year, 12, 31)

    @pytest.mark.parametrize(("today", "is_over"), [(date(2025, 12, 31), False), (date(2026, 1, 1), True)])
    def test_is_over_on_new_years_day(self, today: date, is_over: bool) -> None:
        assert study_hours.is_over(2025, today) is is_over

    @pytest.mark.parametrize(("hours", "classes", "is_met"), [("56", 1, True), ("55.99", 1, False), ("80", 0, False)])
    def test_of_a_leader_needs_hours_and_a_superiors_class(self, hours: str, classes: int, is_met: bool) -> None:
        requirement = study_hours.Requirement(Decimal(56), 1)
        assert study_hours.is_met(Decimal(hours), classes, requirement) is is_met


class TestCadence:
    @pytest.mark.feature("T25")
    @pytest.mark.parametrize(
        ("period", "expected"), [(CadencePeriod.MONTH, 12), (CadencePeriod.QUARTER, 4), (CadencePeriod.YEAR, 1)]
    )
    def test_asks_for_one_meeting_a_period(self, period: CadencePeriod, expected: int) -> None:
        found = cadences.check(2025, period, [], date(2026, 1, 1))
        assert (found.expected, found.met, len(found.gaps)) == (expected, 0, expected)

    @given(st.lists(DAYS), st.integers(2001, 2098), st.sampled_from(CadencePeriod), DAYS)
    def test_gaps_and_met_periods_never_exceed_the_year(
        self, held: list[date], year: int, period: CadencePeriod, today: date
    ) -> None:
        found = cadences.check(year, period, held, today)
        assert found.met + len(found.gaps) <= found.expected

    @given(st.lists(DAYS), st.sampled_from(CadencePeriod))
    def test_is_complete_or_shows_the_gap_after_the_year(self, held: list[date], period: CadencePeriod) -> None:
        found = cadences.check(2025, period, held, date(2026, 1, 1))
        assert found.met + len(found.gaps) == found.expected

    def test_lets_no_second_meeting_stand_in_for_the_next_quarter(self) -> None:
        held = [date(2025, 1, 5), date(2025, 2, 5), date(2025, 3, 31)]
        assert cadences.check(2025, CadencePeriod.QUARTER, held, date(2025, 7, 1)).gaps == ("2025-Q2",)

    def test_does_not_miss_what_is_still_running(self) -> None:
        assert cadences.check(2025, CadencePeriod.MONTH, [], date(2025, 2, 28)).gaps == ("2025-01",)


class TestCheckInCode:
    @given(st.integers(0, 31))
    def test_reads_the_same_however_it_is_typed(self, place: int) -> None:
        code = check_ins.new_code(lambda letters: letters[place])
        spoken = f" {code[:4].lower()}-{code[4:]}"
        assert check_ins.hash_of(code) == check_ins.hash_of(spoken)
        assert code.encode() not in check_ins.hash_of(code)

    @given(MOMENTS, st.integers(1, 600), st.integers(0, 1440), st.integers(-2000, 2000))
    def test_opens_and_closes_once(self, start: datetime, minutes: int, opens: int, offset: int) -> None:
        window = check_ins.default_window(start, start + timedelta(minutes=minutes), opens)
        moment = check_ins.moment_in(window, start + timedelta(minutes=offset))
        assert check_ins.is_sound(window, start, start + timedelta(minutes=minutes))
        assert (moment is check_ins.Moment.OPEN) is (-opens <= offset < minutes)


class TestRotation:
    @pytest.mark.feature("T15")
    @given(st.sets(st.integers(0, 50)), st.lists(st.dictionaries(st.integers(0, 50), st.booleans()), max_size=4))
    def test_coverage_adds_up(self, expected: set[int], batches: list[dict[int, bool]]) -> None:
        found = rotations.coverage(expected, batches)
        assert found.called + len(found.missing) == len(expected)
        assert found.attended <= found.called
        assert found.is_complete is (not found.missing and not found.called_twice)
