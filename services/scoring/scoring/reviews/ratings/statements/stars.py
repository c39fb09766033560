"""From frozen inputs to stars: each part an exact fraction, one rounding half up at the composite (rules §7).

The quotient is cut to whole cents by `div`, which is exact: a division would be rounded before it is rounded to cents.
A part with too few answers to hide who gave which is left out like one that is missing. `frozen` are the inputs that
are rated and `schemes` the rules they are rated by: those that stand, or those of a draft.
"""

PARTS = """
inputs AS (
    SELECT f.*, r.cycle_id, r.superior_id, s.peer_kind, c.star_model, c.catalogue_id, c.period_from, c.period_to,
           c.weight_attendance, c.weight_performance, c.weight_ballot, c.weight_survey,
           c.grade_excellent, c.grade_qualified, c.grade_basic, c.grade_unqualified,
           c.band_five, c.band_four, c.band_three, c.band_two, c.floor, c.dimension_share, c.veto_cap,
           c.fewest_answers,
           ballot_excellent + ballot_qualified + ballot_basic + ballot_unqualified AS votes,
           survey_good + survey_fairly_good + survey_ordinary + survey_poor AS answers
    FROM frozen f
    JOIN reviews r ON r.id = f.review_id
    JOIN schemes c ON c.id = r.cycle_id
    JOIN review_subjects s ON s.review_id = f.review_id AND s.subject_id = f.subject_id
), fractions AS (
    SELECT i.*,
           least(attended, expected) * 100::numeric AS attendance_of, nullif(expected, 0)::numeric AS attendance_in,
           least(points, maximum) * 100 AS performance_of, nullif(maximum, 0) AS performance_in,
           (ballot_excellent * grade_excellent + ballot_qualified * grade_qualified
            + ballot_basic * grade_basic + ballot_unqualified * grade_unqualified)::numeric AS ballot_of,
           CASE WHEN votes >= fewest_answers THEN votes::numeric END AS ballot_in,
           (survey_good * grade_excellent + survey_fairly_good * grade_qualified
            + survey_ordinary * grade_basic + survey_poor * grade_unqualified)::numeric AS survey_of,
           CASE WHEN answers >= fewest_answers THEN answers::numeric END AS survey_in
    FROM inputs i
), parts AS (
    SELECT f.*, round(attendance_of / attendance_in, 2) AS attendance,
           round(performance_of / performance_in, 2) AS performance,
           round(ballot_of / ballot_in, 2) AS ballot, round(survey_of / survey_in, 2) AS survey
    FROM fractions f
)"""

COMPOSITE = """
weighed AS (
    SELECT p.*,
           CASE WHEN attendance IS NULL THEN 0 ELSE weight_attendance END
           + CASE WHEN performance IS NULL THEN 0 ELSE weight_performance END
           + CASE WHEN ballot IS NULL THEN 0 ELSE weight_ballot END
           + CASE WHEN survey IS NULL THEN 0 ELSE weight_survey END AS weight_present,
           coalesce(attendance_in, 1) AS a, coalesce(performance_in, 1) AS p,
           coalesce(ballot_in, 1) AS b, coalesce(survey_in, 1) AS s
    FROM parts p
), summed AS (
    SELECT w.*,
        CASE WHEN attendance IS NULL THEN 0 ELSE attendance_of * weight_attendance * p * b * s END
        + CASE WHEN performance IS NULL THEN 0 ELSE performance_of * weight_performance * a * b * s END
        + CASE WHEN ballot IS NULL THEN 0 ELSE ballot_of * weight_ballot * a * p * s END
        + CASE WHEN survey IS NULL THEN 0 ELSE survey_of * weight_survey * a * p * b END AS numerator,
        nullif(weight_present * a * p * b * s, 0) AS denominator
    FROM weighed w
), composed AS (
    SELECT m.*, round(div(200 * numerator + denominator, 2 * denominator) / 100, 2) AS composite FROM summed m
)"""

STARS = """
starred AS (
    SELECT c.*, CASE
        WHEN star_model = 'dimensions' THEN least(5, (
            SELECT count(*) FROM jsonb_array_elements(dimensions) d
            WHERE 100 * (d ->> 'points')::numeric >= dimension_share * (d ->> 'maximum')::numeric))
        WHEN composite IS NULL THEN NULL
        WHEN composite < floor THEN 0
        ELSE 1 + (composite >= band_five)::int + (composite >= band_four)::int + (composite >= band_three)::int
             + (composite >= band_two)::int
        END::smallint AS uncapped
    FROM composed c
), capped AS (
    SELECT s.*, CASE WHEN has_veto AND uncapped > veto_cap THEN veto_cap ELSE uncapped END AS stars FROM starred s
)"""
