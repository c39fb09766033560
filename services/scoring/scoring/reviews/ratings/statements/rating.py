"""The rating of the current inputs, with its explanation."""

from sqlalchemy import text

from scoring.reviews.ratings.statements.stars import COMPOSITE, PARTS, STARS

RETIRE_RATINGS = text("""
UPDATE ratings SET is_current = false
WHERE review_id = :review_id AND is_current AND (CAST(:subject_id AS uuid) IS NULL OR subject_id = :subject_id)
""")

STANDING = """
frozen AS (
    SELECT * FROM frozen_inputs
    WHERE review_id = :review_id AND is_current AND (CAST(:subject_id AS uuid) IS NULL OR subject_id = :subject_id)
), schemes AS (SELECT * FROM cycles)"""

EXPLANATION = """
jsonb_build_object(
    'parts', jsonb_build_object(
        'attendance', jsonb_build_object('value', attendance::text, 'weight', weight_attendance,
            'weight_used',
            CASE WHEN attendance IS NOT NULL THEN round(100.0 * weight_attendance / weight_present, 2)::text END,
            'attended', attended, 'expected', expected),
        'performance', jsonb_build_object('value', performance::text, 'weight', weight_performance,
            'weight_used',
            CASE WHEN performance IS NOT NULL THEN round(100.0 * weight_performance / weight_present, 2)::text END,
            'points', points::text, 'maximum', maximum::text),
        'ballot', jsonb_build_object('value', ballot::text, 'weight', weight_ballot,
            'weight_used', CASE WHEN ballot IS NOT NULL THEN round(100.0 * weight_ballot / weight_present, 2)::text END,
            'is_withheld', ballot IS NULL AND votes > 0, 'counts', CASE WHEN ballot IS NOT NULL OR votes = 0
                THEN jsonb_build_array(ballot_excellent, ballot_qualified, ballot_basic, ballot_unqualified) END),
        'survey', jsonb_build_object('value', survey::text, 'weight', weight_survey,
            'weight_used', CASE WHEN survey IS NOT NULL THEN round(100.0 * weight_survey / weight_present, 2)::text END,
            'is_withheld', survey IS NULL AND answers > 0, 'counts', CASE WHEN survey IS NOT NULL OR answers = 0
                THEN jsonb_build_array(survey_good, survey_fairly_good, survey_ordinary, survey_poor) END)),
    'composite', composite::text, 'stars_before_veto', uncapped, 'stars', stars, 'has_veto', has_veto,
    'rule', jsonb_build_object('star_model', star_model,
        'bands', jsonb_build_array(band_five::text, band_four::text, band_three::text, band_two::text),
        'floor', floor::text, 'dimension_share', dimension_share::text, 'veto_cap', veto_cap,
        'fewest_answers', fewest_answers,
        'grade_values', jsonb_build_array(grade_excellent, grade_qualified, grade_basic, grade_unqualified)),
    'catalogue_id', catalogue_id, 'period', jsonb_build_array(period_from, period_to),
    'parts_set_aside', to_jsonb(parts_set_aside),
    'indicators_set_aside', (
        SELECT coalesce(jsonb_agg(jsonb_build_object('code', i.code, 'name', i.name) ORDER BY i.position), '[]')
        FROM indicators i WHERE i.catalogue_id = capped.catalogue_id AND i.code = ANY(indicators_set_aside)),
    'dimensions', dimensions, 'indicators', indicators, 'revision', revision, 'cause', cause)"""

INSERT_RATINGS = f"""
INSERT INTO ratings (
    review_id, subject_id, revision, root_id, cycle_id, superior_id, peer_kind,
    attendance, performance, ballot, survey, composite, proposed_stars, explanation, computed_at, is_current
)
SELECT review_id, subject_id, revision, root_id, cycle_id, superior_id, peer_kind,
       attendance, performance, ballot, survey, composite, stars, {EXPLANATION}, :now, true
FROM capped
"""  # noqa: S608 - put together from the constants above

RATE = text(f"WITH {STANDING}, {PARTS}, {COMPOSITE}, {STARS} {INSERT_RATINGS}")
