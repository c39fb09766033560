"""The order of the steps and the stars, on plain values."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.reviews.access.rules import PROCEDURES, StepFacts, Taker
from scoring.reviews.access.rules import STEPS as STEPS_DECLARED
from scoring.reviews.ballots import rules as ballots
from scoring.reviews.ballots.rules import Grade
from scoring.reviews.cycles.rules import SEQUENCES, State, Template
from scoring.reviews.ratings import rules as ratings
from scoring.reviews.ratings.rules import Dimension, Inputs, Scheme
from scoring.reviews.resolutions import rules as resolutions
from scoring.reviews.resolutions.rules import Votes
from scoring.reviews.reviews.schemas import Permissions
from scoring.reviews.surveys import rules as surveys

WEIGHTS = {"attendance": 20, "performance": 40, "ballot": 25, "survey": 15}
BANDS = (Decimal(90), Decimal(80), Decimal(70), Decimal(60))
SCHEME = Scheme(WEIGHTS, (100, 80, 60, 0), BANDS, Decimal(50), Decimal(85), 2)
STEPS = [state for state in State if state is not State.FINAL]
COUNTS = st.tuples(*[st.integers(0, 50)] * 4)
FINISHED = StepFacts(subjects=3, is_period_over=True, valid_ballots=1, is_resolved=True)

HALF_OR_MORE = [
    (2, 6, False),
    (3, 6, True),
    (4, 6, True),
    (2, 7, False),
    (3, 7, False),
    (4, 7, True),
    (5, 7, True),
    (0, 2, False),
    (1, 2, True),
    (0, 1, False),
    (1, 1, True),
    (0, 0, False),
]
"""At n/2 - 1, n/2 and n/2 + 1 of even and odd bodies (rules.md §3: 半数以上, the half included)."""


def inputs(**changes: object) -> Inputs:
    facts = {
        "attended": 10,
        "expected": 10,
        "points": Decimal(100),
        "maximum": Decimal(100),
        "ballot": (5, 0, 0, 0),
        "survey": (5, 0, 0, 0),
    }
    return Inputs(**{**facts, **changes})  # type: ignore[arg-type] # each test changes what it says


class TestTheOrderOfSteps:
    @given(st.sampled_from(STEPS), st.sampled_from(STEPS))
    def test_lets_a_step_be_followed_only_by_the_next(self, left: State, to: State) -> None:
        assert (PROCEDURES[Template.SEVEN_STEPS].after(left) is to) == ((left, to) in set(pairwise(STEPS)))

    @given(st.sampled_from(list(Template)), st.sampled_from(list(State)), st.sampled_from(list(State)))
    def test_never_allows_the_same_move_forwards_and_backwards(
        self, template: Template, left: State, to: State
    ) -> None:
        procedure = PROCEDURES[template]
        assert not (procedure.after(left) is to and procedure.is_earlier(to, left))

    @given(st.sampled_from(list(Template)), st.sampled_from(list(State)), st.sampled_from(list(State)))
    def test_reopens_only_to_an_earlier_step_of_the_template(self, template: Template, left: State, to: State) -> None:
        sequence = SEQUENCES[template]
        known = left in sequence and to in sequence
        assert PROCEDURES[template].is_earlier(to, left) == (known and sequence.index(to) < sequence.index(left))

    def test_ends_with_the_final_state_which_nothing_follows(self) -> None:
        assert all(PROCEDURES[template].after(State.FINAL) is None for template in Template)

    @pytest.mark.parametrize("state", STEPS)
    def test_is_left_when_everything_is_there(self, state: State) -> None:
        assert PROCEDURES[Template.SEVEN_STEPS].step(state).missing(FINISHED) == []

    @pytest.mark.parametrize(
        ("state", "facts", "code"),
        [
            (State.PLEDGE, StepFacts(subjects=3, subjects_without_pledges=1), "pledges-missing"),
            (State.PRACTISE, StepFacts(subjects=3), "period-running"),
            (State.PRACTISE, StepFacts(subjects=3, is_period_over=True, undecided_claims=2), "claims-undecided"),
            (State.REPORT, StepFacts(subjects=3, reports_missing=1), "reports-missing"),
            (State.APPRAISE, StepFacts(subjects=3), "ballot-missing"),
            (State.APPRAISE, StepFacts(subjects=3, valid_ballots=1, open_ballots=1), "ballots-open"),
            (State.APPRAISE, StepFacts(subjects=3, valid_ballots=1, surveys_missing=1), "surveys-missing"),
            (State.COMPARE, StepFacts(subjects=3, subjects_unrated=3), "ratings-missing"),
            (State.PUBLICISE, StepFacts(subjects=3, notices_missing=1), "notices-missing"),
            (State.PUBLICISE, StepFacts(subjects=3, notices_running=1), "notices-running"),
            (State.PUBLICISE, StepFacts(subjects=3, open_objections=1), "objections-open"),
            (State.DELIBERATE, StepFacts(subjects=3), "resolution-missing"),
            (State.DELIBERATE, StepFacts(), "no-subjects"),
        ],
    )
    def test_says_what_is_missing(self, state: State, facts: StepFacts, code: str) -> None:
        assert [one.code for one in PROCEDURES[Template.SEVEN_STEPS].step(state).missing(facts)] == [code]


MAY = """
step        anybody         also who conducts it                also its superior
pledge      submit_pledges  decide_pledges,advance              record_veto
practise    -               advance                             record_veto,reopen
report      report          advance                             record_veto,reopen
appraise    -               open_ballot,record_survey,advance   record_veto,reopen
compare     -               advance                             reopen
publicise   object          decide_objections,advance           reopen
deliberate  -               record_resolution,advance           confirm_resolution,reopen
final       -               -                                   reopen
"""
WHO: tuple[tuple[Taker, ...], ...] = ((), (Taker.CONDUCTOR,), (Taker.CONDUCTOR, Taker.SUPERIOR))
SHOWN = {name.removeprefix("may_") for name in Permissions.model_fields}


def shown(state: State, facts: StepFacts, takers: tuple[Taker, ...]) -> set[str]:
    return set(PROCEDURES[Template.SEVEN_STEPS].allowed(state, facts, takers)) & SHOWN


class TestWhoMay:
    @pytest.mark.parametrize("line", MAY.strip().splitlines()[1:], ids=lambda line: line.split()[0])
    def test_do_what_in_each_step(self, line: str) -> None:
        name, *more = line.split()
        state = next(one for one in State if one.value == name)

        expected: set[str] = set()
        for takers, names in zip(WHO, more, strict=True):
            expected |= set(names.split(",")) - {"-"}
            assert shown(state, FINISHED, takers) == expected

    def test_repeat_a_ballot_once_one_counts_and_open_none_until_then(self) -> None:
        counted = replace(FINISHED, counted_ballots=1)

        assert shown(State.APPRAISE, counted, WHO[2]) == shown(State.APPRAISE, FINISHED, WHO[2]) - {"open_ballot"} | {
            "reopen_ballot"
        }

    def test_is_told_of_acts_that_some_step_has(self) -> None:
        assert {act.name for step in STEPS_DECLARED for act in step.acts} | {"advance", "reopen"} >= SHOWN

    def test_is_the_same_in_three_steps(self) -> None:
        for state in SEQUENCES[Template.THREE_STEPS][1:]:
            few = PROCEDURES[Template.THREE_STEPS].allowed(state, FINISHED, WHO[2])
            assert few == PROCEDURES[Template.SEVEN_STEPS].allowed(state, FINISHED, WHO[2])


class TestTheComposite:
    @pytest.mark.feature("S06")
    def test_leaves_a_missing_part_out_and_shows_the_weights_it_used(self) -> None:
        outcome = ratings.rate(inputs(survey=(0, 0, 0, 0), attended=5), SCHEME)

        assert outcome.parts["survey"] is None
        assert outcome.weights_used == {
            "attendance": Decimal("23.53"),
            "performance": Decimal("47.06"),
            "ballot": Decimal("29.41"),
        }
        assert outcome.composite == Decimal("88.24")

    def test_is_rounded_once_and_half_up(self) -> None:
        """Rounding each part first would give 90.66: 100 × 20 + 83.33 × 40 + 93.33 × 25 + 93.33 × 15."""
        thirds = inputs(points=Decimal(50), maximum=Decimal(60), ballot=(7, 1, 1, 0), survey=(4, 2, 0, 0))
        half = inputs(expected=0, points=Decimal("119.97"), maximum=Decimal(200), ballot=(0,) * 4, survey=(0,) * 4)

        assert ratings.rate(thirds, SCHEME).composite == Decimal("90.67")
        assert ratings.rate(half, SCHEME).composite == Decimal("59.99")

    @given(st.integers(0, 40), st.integers(0, 40), st.decimals(0, 100, places=2), COUNTS, COUNTS, st.booleans())
    def test_stays_between_its_least_and_greatest_part(
        self, attended: int, absent: int, points: Decimal, ballot: tuple, survey: tuple, has_veto: bool
    ) -> None:
        outcome = ratings.rate(
            inputs(
                attended=attended,
                expected=attended + absent,
                points=points,
                ballot=ballot,
                survey=survey,
                has_veto=has_veto,
            ),
            SCHEME,
        )

        present = [part for part in outcome.parts.values() if part is not None]
        assert outcome.composite is not None
        assert min(present) <= outcome.composite <= max(present)
        assert outcome.stars is not None
        assert 0 <= outcome.stars <= (SCHEME.veto_cap if has_veto else 5)

    def test_is_unknown_when_no_part_is_there(self) -> None:
        nothing = inputs(expected=0, attended=0, maximum=Decimal(0), ballot=(0, 0, 0, 0), survey=(0, 0, 0, 0))

        assert ratings.rate(nothing, SCHEME).composite is None
        assert ratings.rate(nothing, SCHEME).stars is None

    @given(st.lists(st.decimals(0, 100, places=1), min_size=1, max_size=12))
    def test_shares_a_rank_among_equals(self, composites: list[Decimal]) -> None:
        places = ratings.ranks(composites)

        assert min(places) == 1
        for one, place in zip(composites, places, strict=True):
            assert place == 1 + sum(other > one for other in composites)


class TestStars:
    @pytest.mark.feature("S11")
    @pytest.mark.parametrize(
        ("composite", "stars"),
        [
            ("90.00", 5),
            ("89.99", 4),
            ("80.00", 4),
            ("70.00", 3),
            ("60.00", 2),
            ("59.99", 1),
            ("50.00", 1),
            ("49.99", 0),
        ],
    )
    def test_follow_the_bands(self, composite: str, stars: int) -> None:
        assert ratings.stars_by_band(Decimal(composite), SCHEME) == stars

    @pytest.mark.feature("S11")
    def test_come_one_for_each_dimension_at_85_percent(self) -> None:
        reached, missed = Dimension(Decimal(17), Decimal(20)), Dimension(Decimal("16.99"), Decimal(20))

        assert ratings.stars_by_dimension([reached, reached, missed, missed, reached], Decimal(85)) == 3

    def test_are_capped_by_a_veto(self) -> None:
        assert ratings.rate(inputs(), SCHEME).stars == 5
        assert ratings.rate(inputs(has_veto=True), SCHEME).stars == 2


class TestABallot:
    @pytest.mark.parametrize(("cast", "entitled", "valid"), HALF_OR_MORE)
    def test_is_valid_with_half_or_more(self, cast: int, entitled: int, valid: bool) -> None:
        assert ballots.is_valid(cast, entitled) is valid

    @pytest.mark.feature("S24")
    @given(st.lists(st.sampled_from(list(Grade)), max_size=30), st.integers(1, 30))
    def test_names_at_most_a_third_excellent(self, grades: list[Grade], subjects: int) -> None:
        excellent = grades.count(Grade.EXCELLENT)
        assert ballots.has_too_many_excellent(grades, subjects) == (3 * excellent > subjects)

    @pytest.mark.parametrize(("excellent", "others", "score"), [(1, 7, "0.13"), (3, 5, "0.38"), (1, 2, "0.33")])
    def test_scores_rounded_half_up(self, excellent: int, others: int, score: str) -> None:
        """An eighth is 0.125: half a cent goes up, also from an even one."""
        counts = dict.fromkeys(Grade, 0) | {Grade.EXCELLENT: excellent, Grade.UNQUALIFIED: others}
        assert ballots.score(counts, dict.fromkeys(Grade, 0) | {Grade.EXCELLENT: 1}) == Decimal(score)

    def test_without_grades_scores_nothing_rather_than_zero(self) -> None:
        assert ballots.score(dict.fromkeys(Grade, 0), dict.fromkeys(Grade, 0)) is None


class TestASurvey:
    def test_of_a_hundred_answers_shows_26_62_and_12_percent(self) -> None:
        assert surveys.shares(surveys.Counts(20, 6, 62, 12)) == surveys.Shares(Decimal(26), Decimal(62), Decimal(12))


class TestAVote:
    def test_needs_more_than_half_of_those_entitled(self) -> None:
        assert not resolutions.is_passed(Votes(3, 1, 2), 6)
        assert resolutions.is_passed(Votes(4, 2, 0), 6)

    def test_leaves_the_concerned_out(self) -> None:
        assert resolutions.unconcerned(people=6, concerned=1) == 5
        assert not resolutions.is_countable(Votes(6, 0, 0), 5)

    @pytest.mark.parametrize(("present", "body", "enough"), HALF_OR_MORE)
    def test_needs_half_or_more_present(self, present: int, body: int, enough: bool) -> None:
        assert resolutions.has_quorum(present, body) is enough
